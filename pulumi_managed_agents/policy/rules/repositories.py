"""Rules about repositories: whose they are, what clones them, and whether that was tried."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..mounts import Mount, mounts
from ..rule import Broken, Outcomes, Parameters, StackRule, unchecked
from ..view import JSON, Declared, Stack, Withheld, within

_CLASSIC = "ghp_"
_CREDENTIALS = ("token", "accessToken", "secretValue")


def _classic_tokens(stack: Stack, parameters: Parameters) -> Outcomes:
    del parameters
    for mount in mounts(stack):
        yield from _classic(mount.declared, mount.token, f"{mount.its} is cloned with a classic token")
    for declared in stack.of_kind("Credential"):
        for name in _CREDENTIALS:
            yield from _classic(declared, within(declared.get("auth"), name), "holds a classic GitHub token")


def _classic(subject: Declared, token: JSON, sentence: str) -> Outcomes:
    yield from unchecked(subject, "its token", token)
    if isinstance(token, str) and token.startswith(_CLASSIC):
        yield Broken(subject, sentence)


CLASSIC_TOKEN = StackRule(
    name="classic-token",
    sentence="GitHub tokens are fine-grained, or belong to an installation of a GitHub app.",
    severity="high",
    fix="Make a fine-grained token for this repository alone: Contents: Read, and write to push.",
    level="advisory",
    parameters=Parameters,
    notes="A classic token begins with `ghp_` and opens every repository of its owner. Tokens of repositories, whether "
    "declared on their own or in a session or deployment, and of credentials are looked at.",
    check=_classic_tokens,
)


def _shared_tokens(stack: Stack, parameters: Parameters) -> Outcomes:
    del parameters
    by_token: dict[str, list[Mount]] = {}
    for mount in mounts(stack):
        yield from unchecked(mount.declared, "its token", mount.token)
        if isinstance(mount.token, str) and mount.owner is not None:
            by_token.setdefault(mount.token, []).append(mount)
    for sharing in by_token.values():
        first = sharing[0]
        other = next((mount for mount in sharing if mount.owner != first.owner), None)
        if other is not None:
            yield Broken(other.declared, f"{other.its} is cloned with the token of another owner's: {first.title}")


TOKEN_OF_SEVERAL_OWNERS = StackRule(
    name="token-of-several-owners",
    sentence="A token clones repositories of one owner.",
    severity="high",
    fix="Give each owner's repositories a token of their own.",
    level="advisory",
    parameters=Parameters,
    notes="A fine-grained token belongs to one owner, so a token that opens repositories of several is one that can do "
    "too much, and a session that leaks it opens them all.",
    check=_shared_tokens,
)


def _unverified(stack: Stack, parameters: Parameters) -> Outcomes:
    del parameters
    for mount in mounts(stack):
        verified = mount.entry.get("verifyAccess")
        if mount.place:
            yield Broken(mount.declared, f"{mount.its} nobody verifies: declare it as a RepositoryResource")
        elif not isinstance(verified, Withheld) and not verified:
            yield Broken(mount.declared, "is cloned without asking GitHub first whether it can be")


VERIFIED_ACCESS = StackRule(
    name="verified-access",
    sentence="GitHub is asked whether a repository can be cloned before a session needs it.",
    severity="low",
    fix="Set `verifyAccess` on the repository.",
    level="disabled",
    parameters=Parameters,
    notes="Only a RepositoryResource can be verified, so one that is declared within a session or a deployment breaks "
    "the rule.",
    check=_unverified,
)


class Owners(Parameters):
    """Whose repositories may be mounted."""

    allowed_owners: Annotated[
        list[Annotated[str, Field(pattern=r"^([A-Za-z0-9.:-]+/)?[A-Za-z0-9._-]+$")]],
        Field(description="Owners on GitHub, or `host/owner` elsewhere; capitals make no difference."),
    ]


def _strangers(stack: Stack, parameters: Owners) -> Outcomes:
    allowed = {owner.lower() for owner in parameters.allowed_owners}
    for mount in mounts(stack):
        yield from unchecked(mount.declared, "its address", mount.entry.get("url"))
        if mount.owner is not None and mount.owner not in allowed:
            yield Broken(mount.declared, f"{mount.its} belongs to none of the allowed owners")


ALLOWED_OWNERS = StackRule(
    name="allowed-owners",
    sentence="Repositories belong to the allowed owners.",
    severity="high",
    fix="Mount a repository of theirs, or allow its owner in `allowedOwners`.",
    level="disabled",
    parameters=Owners,
    check=_strangers,
)

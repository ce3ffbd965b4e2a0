"""Rules about repositories: whose they are, what clones them, and whether that was tried."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...declaration.addresses import owner_name
from ...declaration.secret_forms import is_classic
from ..mounts import MOUNTING, Mount, mounts
from ..rule import Broken, Outcomes, Parameters, StackRule, unchecked
from ..secrets import secrets_of, variables
from ..view import JSON, Declared, Stack, Withheld


def _classic_tokens(stack: Stack, parameters: Parameters) -> Outcomes:
    del parameters
    for mount in mounts(stack):
        sentence = f"{mount.its} is cloned with a classic token"
        for token in mount.credentials:
            yield from _classic(mount.declared, token, mount.which("token"), sentence)
    for declared in stack.of_kind("Credential"):
        for token in secrets_of(declared, "auth"):
            yield from _classic(declared, token, "its secret", "holds a classic GitHub token")
    for declared in stack.of_kind(*MOUNTING):
        for name, said in variables(declared.get("environmentVariables")):
            yield from _classic(declared, said, "a variable", "has a classic GitHub token among its variables", name)


def _classic(subject: Declared, token: JSON, what: str, sentence: str, name: str = "") -> Outcomes:
    yield from unchecked(subject, what, token)
    if isinstance(token, str) and is_classic(token, name):
        yield Broken(subject, sentence)


CLASSIC_TOKEN = StackRule(
    name="classic-token",
    sentence="GitHub tokens are fine-grained, or belong to an installation of a GitHub app.",
    severity="high",
    fix="Make a fine-grained token for this repository alone: Contents: Read, and write to push.",
    level="advisory",
    parameters=Parameters,
    notes="Classic tokens (`ghp_`, and 40 hex digits of old), those of OAuth apps (`gho_`), of users (`ghu_`) and what "
    "renews them (`ghr_`) open every repository of their owner. Tokens of repositories, whether declared on their own "
    "or in a session or deployment, users and passwords in their addresses, the secrets of credentials, and the "
    "variables of sessions and deployments are looked at. 40 hex digits that are called a commit or "
    "a checksum are one.",
    check=_classic_tokens,
)


def _shared_tokens(stack: Stack, parameters: Parameters) -> Outcomes:
    del parameters
    by_token: dict[str, list[Mount]] = {}
    for mount in mounts(stack):
        yield from unchecked(mount.declared, mount.which("token"), mount.token)
        if isinstance(mount.token, str):
            yield from unchecked(mount.declared, mount.which("address"), mount.owner)
            by_token.setdefault(mount.token.strip(), []).append(mount)
    for sharing in by_token.values():
        known = [mount for mount in sharing if isinstance(mount.owner, str)]
        other = next((mount for mount in known if mount.owner != known[0].owner), None)
        if other is not None:
            yield Broken(other.declared, f"{other.its} is cloned with the token of another owner's: {known[0].title}")


TOKEN_OF_SEVERAL_OWNERS = StackRule(
    name="token-of-several-owners",
    sentence="A token clones repositories of one owner.",
    severity="high",
    fix="Give each owner's repositories a token of their own.",
    level="advisory",
    parameters=Parameters,
    notes="A fine-grained token belongs to one owner, so a token that opens repositories of several is one that can do "
    "too much, and a session that leaks it opens them all.",
    across=True,
    check=_shared_tokens,
)


def _unverified(stack: Stack, parameters: Parameters) -> Outcomes:
    del parameters
    for mount in mounts(stack):
        verified = mount.entry.get("verifyAccess")
        if mount.hidden:
            yield from unchecked(mount.declared, f"`{mount.place}`", mount.hidden)
        elif mount.place:
            yield Broken(mount.declared, f"{mount.its} nobody verifies: declare it as a RepositoryResource")
        elif isinstance(verified, Withheld):
            yield from unchecked(mount.declared, "its `verifyAccess`", verified)
        elif verified is not True:
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
        list[Annotated[str, Field(pattern=r"^([A-Za-z0-9._:-]+/)?[A-Za-z0-9._~-]+$")]],
        Field(description="Owners on GitHub, or `host/owner` elsewhere; capitals make no difference."),
    ]


def _strangers(stack: Stack, parameters: Owners) -> Outcomes:
    allowed = {owner_name(owner) for owner in parameters.allowed_owners}
    for mount in mounts(stack):
        yield from unchecked(mount.declared, mount.which("address"), mount.owner)
        if isinstance(mount.owner, str) and mount.owner not in allowed:
            yield Broken(mount.declared, f"{mount.its} belongs to none of the allowed owners")


ALLOWED_OWNERS = StackRule(
    name="allowed-owners",
    sentence="Repositories belong to the allowed owners.",
    severity="high",
    fix="Mount a repository of theirs, or allow its owner in `allowedOwners`.",
    level="disabled",
    parameters=Owners,
    notes="An address that different programs may read differently breaks the rule: one with `..`, an empty part, an "
    "escaped slash, a backslash, a blank, a query, or letters beyond ASCII in its host.",
    check=_strangers,
)

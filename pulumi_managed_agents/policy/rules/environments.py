"""A rule about where tokens are used: one token in two environments leaves no trail that says which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..mounts import MOUNTING, Mount, mounted_by, mounts
from ..rule import Broken, Outcomes, Parameters, StackRule, Unchecked, unchecked
from ..view import JSON, Declared, Stack, Withheld, text


@dataclass(frozen=True)
class Use:
    """A repository that is cloned in an environment."""

    subject: Declared
    mount: Mount
    environment: JSON
    """Which one, by a text that no other has; or why that cannot be told."""


def _uses(stack: Stack) -> Iterator[Use | Unchecked]:
    for declared in stack.of_kind(*MOUNTING):
        for mount in mounted_by(stack, declared):
            yield Use(declared, mount, _environment(stack, declared))
    for mount in mounts(stack):
        if not mount.place and mount.declared.get("sessionId") is not None:
            yield _looked_after(stack, mount)


def _looked_after(stack: Stack, mount: Mount) -> Use | Unchecked:
    """What a RepositoryResource rotates on a session that something else mounts."""
    session = _one(stack, mount.declared, "sessionId", "Session")
    if session is None:
        return Unchecked(mount.declared, "its session is not declared in what is looked at")
    return Use(mount.declared, mount, _environment(stack, session))


def _environment(stack: Stack, declared: Declared) -> JSON:
    found = _one(stack, declared, "environmentId", "Environment")
    if found is not None:
        return f"{found.urn} {found.id}"
    return text(declared.get("environmentId")) or ""


def _one(stack: Stack, by: Declared, wire: str, kind: str) -> Declared | None:
    """The resource whose id is meant, where it is declared too."""
    named = by.get(wire)
    found = [each for each in stack.of_kind(kind) if each.id is not None and each.id == named]
    found = found or stack.referenced(by, wire, kind)
    return found[0] if len(found) == 1 else None


def _shared(stack: Stack, parameters: Parameters) -> Outcomes:
    del parameters
    found = list(_uses(stack))
    uses = [use for use in found if isinstance(use, Use)]
    if not _may_differ([use.environment for use in uses], more=len(uses) < len(found)):
        return
    yield from (use for use in found if isinstance(use, Unchecked))
    by_token: dict[str, list[Use]] = {}
    for use in uses:
        yield from unchecked(use.subject, use.mount.which("token") if use.mount.place else "a token", use.mount.token)
        if isinstance(use.mount.token, str):
            yield from unchecked(use.subject, "its environment", use.environment)
            by_token.setdefault(use.mount.token.strip(), []).append(use)
    for sharing in by_token.values():
        yield from _broken([use for use in sharing if isinstance(use.environment, str)])


def _may_differ(environments: list[JSON], *, more: bool) -> bool:
    """Whether there are two environments, or may be: with one there is nothing to keep apart."""
    hidden = more or any(isinstance(environment, Withheld) for environment in environments)
    return len(set(environments)) > 1 or (hidden and len(environments) + more > 1)


def _broken(uses: list[Use]) -> Iterator[Broken]:
    other = next((use for use in uses if use.environment != uses[0].environment), None)
    if other is not None:
        first = uses[0].subject
        stack = "" if first.stack == other.subject.stack else f" of stack {first.stack}"
        yield Broken(other.subject, f"uses the token of `{first.name}`{stack}, which runs in another environment")


TOKEN_OF_SEVERAL_ENVIRONMENTS = StackRule(
    name="token-of-several-environments",
    sentence="A token clones repositories in one environment.",
    severity="medium",
    fix="Give each environment a token of its own, so that GitHub's audit log says which one used it.",
    level="advisory",
    parameters=Parameters,
    across=True,
    notes="Sessions and deployments in different environments of a stack are compared; and those of different stacks, "
    "as development and production, where their exported states are looked at together: "
    "`managed-agents policy dev.json production.json`. Tokens are encrypted in exported states, so export with "
    "`--show-secrets` to compare them. A policy pack sees one stack.",
    check=_shared,
)

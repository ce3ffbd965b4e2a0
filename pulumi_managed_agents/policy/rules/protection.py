"""The rule about what must not be removed by accident."""

from __future__ import annotations

from pydantic import Field

from ..kinds import NAMES, KindName
from ..rule import Broken, Outcomes, Parameters, ResourceRule
from ..view import Declared


class Kinds(Parameters):
    """What is worth protecting."""

    protected_kinds: list[KindName] = Field(
        default=["MemoryStore", "Vault"], description="Kinds of which every resource is protected."
    )


def _unprotected(declared: Declared, parameters: Kinds) -> Outcomes:
    if declared.kind in parameters.protected_kinds and not declared.protect:
        yield Broken(declared, "is not protected")


PROTECTED_KINDS = ResourceRule(
    name="protected-kinds",
    sentence="What cannot be brought back is protected from removal.",
    severity="medium",
    fix="Give it the resource option `protect`.",
    level="advisory",
    parameters=Kinds,
    notes="Removing a vault erases its secrets, and removing a memory store ends it for all sessions.",
    kinds=NAMES,
    check=_unprotected,
)

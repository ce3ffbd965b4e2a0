"""Resources as a reader of a platform hands them on, for tests of what is made of them."""

from __future__ import annotations

from typing import Any

from pulumi_managed_agents.importing.program import Declared
from pulumi_managed_agents.resources.registry import KINDS


def declared(kind: str, name: str, id_: str = "", **inputs: Any) -> Declared:
    """A resource with inputs by wire name."""
    return Declared(KINDS[kind], name, id_ or f"{name}_1", inputs)

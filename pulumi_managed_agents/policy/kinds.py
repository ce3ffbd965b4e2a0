"""Names of the declarations: the kinds, their type tokens in each front end, and the platform's own tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, get_args

from pydantic import AfterValidator, Field

from ..resources.parts import tools
from ..resources.registry import KINDS

NAMES = tuple(KINDS)
TOOLS: tuple[str, ...] = get_args(get_args(tools.ToolName)[0])

FAMILIES = ("managed-agents:index:", "pulumi-python:dynamic/managedagents:")
"""What the tokens begin with: those of the plugin and those of the Python classes."""


def _one_of(names: tuple[str, ...], noun: str) -> Callable[[str], str]:
    def checked(name: str) -> str:
        if name not in names:
            message = f"is no {noun}: there are {', '.join(names)}"
            raise ValueError(message)
        return name

    return checked


KindName = Annotated[str, AfterValidator(_one_of(NAMES, "kind")), Field(json_schema_extra={"enum": list(NAMES)})]
ToolName = Annotated[str, AfterValidator(_one_of(TOOLS, "tool")), Field(json_schema_extra={"enum": list(TOOLS)})]


def kind_of(token: str) -> str | None:
    """The kind that a type token stands for; None for a resource of another provider."""
    for family in FAMILIES:
        name = token.removeprefix(family)
        if name != token and name in NAMES:
            return name
    return None


def platform_of(settings: object) -> str:
    """The platform that the settings of a provider's instance name; the classes' have the namespace before it."""
    given = settings if isinstance(settings, dict) else {}
    named = given.get("platform") or given.get("managed-agents:platform")
    return named if isinstance(named, str) else "claude"

"""Names of the declarations: the kinds, and the platform's own tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, get_args

from pydantic import AfterValidator, Field

from ..declaration.platform import UNSAID
from ..declaration.tokens import PACKAGE
from ..resources.parts import tools
from ..resources.registry import KINDS, kind_of

NAMES = tuple(KINDS)
TOOLS: tuple[str, ...] = get_args(get_args(tools.ToolName)[0])


def _one_of(names: tuple[str, ...], noun: str) -> Callable[[str], str]:
    def checked(name: str) -> str:
        if name not in names:
            message = f"is no {noun}: there are {', '.join(names)}"
            raise ValueError(message)
        return name

    return checked


KindName = Annotated[str, AfterValidator(_one_of(NAMES, "kind")), Field(json_schema_extra={"enum": list(NAMES)})]
ToolName = Annotated[str, AfterValidator(_one_of(TOOLS, "tool")), Field(json_schema_extra={"enum": list(TOOLS)})]


def kind_name(token: str) -> str | None:
    """The kind that a type token stands for; None for a resource of another provider."""
    kind = kind_of(token)
    return kind.name if kind else None


def platform_of(settings: object) -> str:
    """The platform that the settings of a provider's instance name; the classes' have the namespace before it."""
    given = settings if isinstance(settings, dict) else {}
    named = given.get("platform") or given.get(f"{PACKAGE}:platform")
    return named if isinstance(named, str) else UNSAID

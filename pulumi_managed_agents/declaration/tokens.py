"""Type tokens: what the engine calls kinds and functions in each front end. In states for ever."""

from __future__ import annotations

import re
from typing import Final

PACKAGE: Final = "managed-agents"
"""The plugin's package, and the namespace of the stack config of both front ends."""

DYNAMIC_MODULE: Final = "managedagents"
"""The module of the Python classes' type tokens."""

PLUGIN_FAMILY: Final = f"{PACKAGE}:index:"
DYNAMIC_FAMILY: Final = f"pulumi-python:dynamic/{DYNAMIC_MODULE}:"

ANY_DYNAMIC: Final = "pulumi-python:"
"""What the type tokens of all Python classes over dynamic providers begin with."""

_OURS = re.compile(rf"(?:{PACKAGE}|{DYNAMIC_FAMILY.removesuffix(':')})(?![\w.-])", re.IGNORECASE)
_SEPARATORS = re.compile(r"[:/$]")


def name_of(token: str) -> str | None:
    """The name in a type token of ours; None for a token of another provider."""
    if token.startswith(DYNAMIC_FAMILY):
        return token.removeprefix(DYNAMIC_FAMILY)
    package, _, rest = token.partition(":")
    module, _, name = rest.rpartition(":")
    # The module may be left out, or be written as a file of its own: Pulumi takes these for one.
    is_ours = package == PACKAGE and module in ("", "index", f"index/{name[:1].lower()}{name[1:]}")
    return name if is_ours and name else None


def token_in(urn: str) -> str:
    """The type token of the resource that a URN names, without those of the components around it."""
    _, _, token, *_ = [*urn.split("::"), "", ""]
    return token.rpartition("$")[2]


def project_in(urn: str) -> str:
    """The project of the resource that a URN names."""
    _, project, *_ = [*urn.split("::"), "", ""]
    return project


def is_like_ours(token: str) -> bool:
    """Whether a type token, right or wrong, is of our package or of the classes' module."""
    return any(_OURS.match(part) for part in token.split("$"))


def parts_of(token: str) -> list[str]:
    """The words of a type token, the last one first."""
    return [part for part in reversed(_SEPARATORS.split(token)) if part]

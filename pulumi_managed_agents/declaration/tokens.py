"""Type tokens: what the engine calls kinds and functions in each front end. In states for ever."""

from __future__ import annotations

from typing import Final

PACKAGE: Final = "managed-agents"
"""The plugin's package, and the namespace of the stack config of both front ends."""

DYNAMIC_MODULE: Final = "managedagents"
"""The module of the Python classes' type tokens."""

PLUGIN_FAMILY: Final = f"{PACKAGE}:index:"
DYNAMIC_FAMILY: Final = f"pulumi-python:dynamic/{DYNAMIC_MODULE}:"


def name_of(token: str) -> str | None:
    """The name in a type token of ours; None for a token of another provider."""
    family = next((family for family in (PLUGIN_FAMILY, DYNAMIC_FAMILY) if token.startswith(family)), None)
    return token.removeprefix(family) if family else None


def token_in(urn: str) -> str:
    """The type token of the resource that a URN names, without those of the components around it."""
    return urn.split("::")[2].rpartition("$")[2]

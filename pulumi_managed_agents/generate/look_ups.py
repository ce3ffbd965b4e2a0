"""The reference page of the functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.sentences import whole_sentence
from ..declaration.shape import Object, shape_of
from .properties import public, table, type_of, with_itself

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..functions.function import Function

_ABOUT = """They ask the platform and manage nothing; no secret is among what they give. The Python classes have them by
their snake_case names, and what they find has its properties as attributes (`ma.get_agent(id).name`); every other
language, and YAML's `fn::invoke`, as `managed-agents:index:NAME`.
"""


def functions_page(functions: Mapping[str, Function]) -> str:
    """What each function takes and gives."""
    parts, explained = ["# Functions\n", _ABOUT], dict[str, Object]()
    for function in functions.values():
        parts += [
            f"## {function.name}\n",
            f"{whole_sentence(function.doc, function.not_in)}\n",
            _arguments(shape_of(function.inputs)),
        ]
        parts += ["Result:\n", table(function.outputs, f"{function.of}.md" if function.of else "")]
        own = {name: shape for name, shape in _objects(function).items() if name not in explained}
        parts += [f"### {name}\n\n{shape.model.__doc__}\n\n{table(public(shape))}" for name, shape in own.items()]
        explained |= own
    return "\n".join(parts)


def _objects(function: Function) -> dict[str, Object]:
    """What is explained here and not on the page of a kind."""
    properties = () if function.of else function.outputs
    return {name: shape for prop in properties for name, shape in with_itself(prop.shape).items()}


def _arguments(shape: Object) -> str:
    rows = [
        f"| `{prop.name}` | {type_of(prop.shape)} | {'required' if prop.required else ''} | {prop.doc} |"
        for prop in public(shape)
    ]
    heading = ["Arguments:\n", "| argument | type | | |", "| --- | --- | --- | --- |"]
    return "\n".join([*heading, *rows, ""]) if rows else "No arguments.\n"

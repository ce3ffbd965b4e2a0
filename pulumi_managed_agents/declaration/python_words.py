"""Sentences in a Python program's words: whoever writes `wait_for_ready` reads it so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from .secrecy import shape_below
from .shape import ListOf, Shape, object_at, objects_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .shape import Object
    from .values import JSON, Path

Words: TypeAlias = "Mapping[str, str]"
"""Names on Pulumi's wire with what Python programs call the same."""

_QUOTED = re.compile(r"`[^`]*`")
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|managed-agents:\w+|[A-Za-z][A-Za-z0-9]*')


def words_of(shapes: Iterable[Object]) -> dict[str, str]:
    """The names of all properties in the shapes, where the two differ."""
    properties = (prop for shape in shapes for each in objects_below(shape) for prop in each.properties.values())
    return {prop.wire: prop.name for prop in properties if prop.wire != prop.name}


def snake_case(name: str) -> str:
    """A name of a function, or of one of Pulumi's options, as Python has it."""
    return re.sub(r"(?=[A-Z])", "_", name).lower()


def in_python(text: str, words: Words) -> str:
    """The text with names in Python's form, where they are marked as names; a text in quotes is somebody's own."""
    return _QUOTED.sub(lambda quoted: _WORD.sub(lambda found: words.get(found[0], found[0]), quoted[0]), text)


def python_path(shape: Shape, value: JSON, path: Path) -> Path:
    """A property's path in Python's names; the keys of a user's own map are the user's."""
    made: list[str | int] = []
    for part in path:
        declared = object_at(shape, value)
        known = declared.properties.get(str(part)) if declared else None
        made.append(known.name if known else part)
        shape = shape.item if isinstance(shape, ListOf) else shape_below(shape, value, str(part))
        value = _below(value, part)
    return tuple(made)


def _below(value: JSON, part: str | int) -> JSON:
    if isinstance(value, dict):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None

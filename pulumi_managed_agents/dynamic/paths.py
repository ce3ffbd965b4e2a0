"""Property paths as a Python program writes them: `tools[0].default_config`, `metadata["my_key"]`, `*`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..declaration.shape import ListOf, MapOf, Object, Property, Shape, Tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..comparison.change import Change
    from ..declaration.values import JSON, Path

ANY = "*"
"""Stands for every name, and for every position in a list."""

_PART = re.compile(r"""\[\s*"(?P<quoted>(?:[^"\\]|\\.)*)"\s*\]|\[\s*(?P<index>[^\]"]*?)\s*\]|(?P<name>[^.\[\]]+)""")


def wire_path(shape: Shape, path: str) -> str:
    """The path in wire names; what stands below a user's own map is the user's."""
    made, end, shapes = "", 0, [shape]
    for found in _PART.finditer(path):
        part = _part(found)
        named = [prop for each in shapes for prop in _properties(each, part)]
        made += path[end : found.start()] + (_renamed(found, named[0]) if named else found.group())
        below = [prop.shape for prop in named] or [item for each in shapes for item in _items(each)]
        end, shapes = found.end(), below
    return made + path[end:]


def parts_of(path: str) -> Path:
    """The names and positions in a path."""
    return tuple(_part(found) for found in _PART.finditer(path))


def names_any(patterns: Iterable[str], change: Change) -> bool:
    """Whether what one of the patterns names has changed."""
    return any(_names(parts_of(pattern), change) for pattern in patterns)


def _names(pattern: Path, change: Change) -> bool:
    if any(ANY not in (one, other) and one != other for one, other in zip(pattern, change.path, strict=False)):
        return False
    # What changed as a whole may have changed elsewhere.
    inside = pattern[len(change.path) :]
    return not inside or list(_found(change.old, inside)) != list(_found(change.new, inside))


def _found(value: JSON, path: Path) -> Iterator[JSON]:
    """The values at a path."""
    if not path:
        yield value
        return
    head, *rest = path
    if isinstance(value, dict):
        for item in value.values() if head == ANY else (value.get(head),):
            yield from _found(item, tuple(rest))
    elif isinstance(value, list):
        for item in value if head == ANY else value[head : head + 1] if isinstance(head, int) else ():
            yield from _found(item, tuple(rest))


def _part(found: re.Match[str]) -> str | int:
    if found["quoted"] is not None:
        return re.sub(r"\\(.)", r"\1", found["quoted"])
    text = found["index"] if found["index"] is not None else found["name"]
    return int(text) if found["index"] is not None and text.isdecimal() else text


def _renamed(found: re.Match[str], prop: Property) -> str:
    return f'["{prop.wire}"]' if found["quoted"] is not None else prop.wire


def _properties(shape: Shape, part: str | int) -> Iterator[Property]:
    """The properties that a name may mean; a program that names a part of a union does not say of which arm."""
    arms: Sequence[Shape] = list(shape.variants.values()) if isinstance(shape, Tagged) else [shape]
    for arm in arms:
        if isinstance(arm, Object) and part in arm.by_either_name:
            yield arm.by_either_name[str(part)]


def _items(shape: Shape) -> Iterator[Shape]:
    if isinstance(shape, ListOf):
        yield shape.item
    elif isinstance(shape, MapOf):
        yield shape.value

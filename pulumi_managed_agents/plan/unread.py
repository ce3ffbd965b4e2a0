"""What no platform shows of an object and nobody has declared yet, as after an import: what is there stays there.

A secret or a folder that has to be declared may be missing where it was missing in the last run: nothing is sent for it
until it is declared. `pulumi import` writes an empty text for whatever is required, which says as much.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..comparison.pairs import by_position, paired
from ..declaration.marks import ByDigest, Needed, Unordered, WriteOnly
from ..declaration.shape import ListOf, Object, Property, Shape, nodes_below, object_at
from ..declaration.values import JSON, Bag, Path

if TYPE_CHECKING:
    from collections.abc import Container, Iterator


def undeclared(shape: Shape, old: JSON, new: JSON, path: Path = ()) -> Iterator[Path]:
    """Where in `new` something is left out that nobody can read back, as it was in `old`."""
    if isinstance(shape, ListOf) and isinstance(old, list) and isinstance(new, list):
        unordered = shape.mark(Unordered)
        pairs = paired(unordered, shape.item, old, new) if unordered else by_position(old, new)
        for before, after in pairs:
            if before is not None and after is not None:
                yield from undeclared(shape.item, before[0], after[0], (*path, after[1]))
    declared = object_at(shape, new)
    if declared is None or not isinstance(old, dict) or not isinstance(new, dict) or object_at(shape, old) != declared:
        return
    for wire, prop in declared.properties.items():
        if _is_unreadable(prop) and old.get(wire) in (None, "") and new.get(wire) in (None, ""):
            yield (*path, wire)
        elif old.get(wire) is not None and new.get(wire) is not None:
            yield from undeclared(prop.shape, old[wire], new[wire], (*path, wire))


@cache
def holds_unreadable(shape: Shape) -> bool:
    """Whether anything has to be declared that nobody can read back."""
    objects = (node for node in nodes_below(shape) if isinstance(node, Object))
    return any(_is_unreadable(prop) for each in objects for prop in each.properties.values())


def _is_unreadable(prop: Property) -> bool:
    has_to_be_there = prop.required or prop.mark(Needed)
    return bool(has_to_be_there and (prop.mark(WriteOnly) or prop.mark(ByDigest)))


def left_out(value: JSON, places: Container[Path], path: Path = ()) -> JSON:
    """The value without what stands at the places."""
    if isinstance(value, list):
        return [left_out(item, places, (*path, index)) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    kept: Bag = {key: item for key, item in value.items() if (*path, key) not in places}
    return {key: left_out(item, places, (*path, key)) for key, item in kept.items()}

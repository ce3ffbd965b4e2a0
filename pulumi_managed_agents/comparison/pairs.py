"""Which items of two lists are each other's counterparts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.marks import Unordered
from ..declaration.secrecy import shape_below
from ..declaration.shape import Shape
from ..declaration.values import JSON, UNKNOWN
from .meaning import compared, written_out

if TYPE_CHECKING:
    from collections.abc import Sequence


Placed = tuple[JSON, int]


def paired(
    unordered: Unordered, item: Shape, old: Sequence[JSON], new: Sequence[JSON]
) -> list[tuple[Placed | None, Placed | None]]:
    """The items of two lists that are each other's counterparts, each with its position; None where one has none."""
    left = [(value, index) for index, value in enumerate(old)]
    pairs: list[tuple[Placed | None, Placed | None]] = []
    undecided: list[Placed] = []
    for index, value in enumerate(new):
        identity = _identity(unordered, item, value)
        match = next((entry for entry in left if _identity(unordered, item, entry[0]) == identity), None)
        if match is None and identity is not None:
            match = next(
                (entry for entry in left if _fits(unordered, _identity(unordered, item, entry[0]), identity)), None
            )
        if identity is None or (match is None and UNKNOWN in identity):
            undecided.append((value, index))
            continue
        if match is not None:
            left.remove(match)
        pairs.append((match, (value, index)))
    pairs.extend((left.pop(0) if left else None, entry) for entry in undecided)
    return [*pairs, *((entry, None) for entry in left)]


def _identity(unordered: Unordered, item: Shape, value: JSON) -> tuple[JSON, ...] | None:
    if value is UNKNOWN:
        return None
    value = written_out(item, value)
    if isinstance(value, dict) and unordered.by:
        return tuple(compared(shape_below(item, value, key), value.get(key)) for key in unordered.by)
    return (value,)


def _fits(unordered: Unordered, one: tuple[JSON, ...] | None, other: tuple[JSON, ...]) -> bool:
    """Whether two identities are one where the platform has filled what either leaves out."""
    if one is None or not unordered.filled:
        return False
    fields = zip(unordered.by, one, other, strict=True)
    return all(mine == theirs or (name in unordered.filled and None in (mine, theirs)) for name, mine, theirs in fields)


def by_position(old: list[JSON], new: list[JSON]) -> list[tuple[Placed | None, Placed | None]]:
    """The items of two lists whose order means something."""
    length = max(len(old), len(new))
    return [
        ((old[index], index) if index < len(old) else None, (new[index], index) if index < len(new) else None)
        for index in range(length)
    ]

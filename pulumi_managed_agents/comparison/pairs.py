"""Which items of two lists are each other's counterparts."""

from __future__ import annotations

from collections import deque
from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias

from ..declaration.marks import Unordered
from ..declaration.secrecy import shape_below
from ..declaration.shape import Shape
from ..declaration.values import JSON, UNKNOWN, Secret
from .meaning import compared, written_out

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

Identity: TypeAlias = tuple[JSON, ...]
"""What tells an item from others: the fields that identify it, or the item itself."""

Placed = tuple[JSON, int]


def paired(
    unordered: Unordered, item: Shape, old: Sequence[JSON], new: Sequence[JSON]
) -> list[tuple[Placed | None, Placed | None]]:
    """The items of two lists that are each other's counterparts, each with its position; None where one has none."""
    left = _Left(unordered, item, old)
    pairs: list[tuple[Placed | None, Placed | None]] = []
    undecided: list[Placed] = []
    for index, value in enumerate(new):
        identity = _identity(unordered, item, value)
        match = left.taken(identity) if identity is not None else None
        if match is None and (identity is None or UNKNOWN in identity):
            undecided.append((value, index))
        else:
            pairs.append((match, (value, index)))
    rest = left.rest()
    pairs.extend((next(rest, None), entry) for entry in undecided)
    return [*pairs, *((entry, None) for entry in rest)]


class _Left:
    """The old items that have no counterpart yet. Each is found by its identity, however many there are."""

    def __init__(self, unordered: Unordered, item: Shape, old: Sequence[JSON]) -> None:
        self._filled = [name in unordered.filled for name in unordered.by]
        self._items = dict(enumerate(old))
        self._places: dict[Hashable, deque[int]] = {}
        for index, value in self._items.items():
            identity = _identity(unordered, item, value)
            for key in self._ways(identity, lambda value: (value, _ANY)) if identity is not None else ():
                self._places.setdefault(key, deque()).append(index)

    def taken(self, identity: Identity) -> Placed | None:
        """The first item with that identity, or else the first that fits; it is left no more."""
        first = self._first(keyed(identity))
        if first is None:
            # What either of two items leaves out fits any value.
            fitting = self._ways(identity, lambda value: (_ANY,) if value is None else (value, None))
            first = min((index for key in fitting if (index := self._first(key)) is not None), default=None)
        return None if first is None else (self._items.pop(first), first)

    def rest(self) -> Iterator[Placed]:
        """The items that are left, in their order."""
        return ((value, index) for index, value in self._items.items())

    def _first(self, key: Hashable) -> int | None:
        places = self._places.get(key, deque())
        while places and places[0] not in self._items:
            places.popleft()
        return places[0] if places else None

    def _ways(self, identity: Identity, ways: Callable[[JSON], Sequence[JSON]]) -> Iterator[Hashable]:
        """The keys of an identity with each field that the platform fills in the `ways` in which it can be."""
        if len(identity) != len(self._filled):  # an item that is no object stands for itself
            yield keyed(identity)
            return
        parts = zip(identity, self._filled, strict=True)
        yield from map(keyed, product(*(ways(value) if filled else (value,) for value, filled in parts)))


_ANY: Final = object()
"""Stands for any value of a field."""


def keyed(value: JSON) -> Hashable:
    """What two values have in common exactly if they are equal, in a form that can be looked up."""
    if isinstance(value, list | tuple):
        return tuple(map(keyed, value))
    if isinstance(value, dict):
        return frozenset((key, keyed(item)) for key, item in value.items())
    if isinstance(value, Secret):
        return Secret(keyed(value.value))
    found: Hashable = value
    return found


def _identity(unordered: Unordered, item: Shape, value: JSON) -> Identity | None:
    if value is UNKNOWN:
        return None
    value = written_out(item, value)
    if isinstance(value, dict) and unordered.by:
        return tuple(compared(shape_below(item, value, key), value.get(key)) for key in unordered.by)
    return (value,)


def by_position(old: list[JSON], new: list[JSON]) -> list[tuple[Placed | None, Placed | None]]:
    """The items of two lists whose order means something."""
    length = max(len(old), len(new))
    return [
        ((old[index], index) if index < len(old) else None, (new[index], index) if index < len(new) else None)
        for index in range(length)
    ]

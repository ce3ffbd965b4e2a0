"""What an object has become that its state does not know, in words. Values are never told: they may be anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..comparison.changes import changes
from ..declaration.marks import Local
from ..declaration.values import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind

_WORDS: Final = {"add": "was added", "update": "was changed", "delete": "was taken away"}


def drift(kind: Kind, before: Bag, now: Bag) -> tuple[str, ...]:
    """How it differs in what its program declares, property by property."""
    return tuple(dict.fromkeys(_words(kind, before, now)))


def _words(kind: Kind, before: Bag, now: Bag) -> Iterator[str]:
    for wire, prop in kind.shape.properties.items():
        if wire not in before or prop.mark(Local):
            # What is left out of a state that can be read is a secret, or was never said.
            continue
        for change in changes(prop.shape, before[wire], now.get(wire), (wire,)):
            yield f"`{render(change.path)}` {_WORDS.get(change.action, 'was changed')}"

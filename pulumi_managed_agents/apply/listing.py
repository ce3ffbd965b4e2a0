"""Many objects read at once: when a refresh asks for more than a few of a collection, its list answers.

A page of 100 costs one request, as a single object does. Nobody tells how many objects will be asked for, nor how far
down the pages they stand: an engine asks for the oldest first, and pages begin with the newest. So about as many pages
are turned as objects were asked for. That finds a hundred objects a page in any order, and a few objects in a large
workspace cost about twice as much as each by itself, never all of its pages.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import CallFailed
from ..lifecycle.pages import Turns, page_at
from ..lifecycle.steps import Call, Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..declaration.values import Bag
    from ..platforms.service import Backend

SINGLES = 3
"""Objects of a collection that are read one by one before its list is asked."""

FRESH_SECONDS = 30.0
"""How long a page counts as what the platform says now."""

AHEAD = 6
"""Pages that may be turned beyond the number of objects asked for."""


@dataclass
class _Pages:
    """The pages of one reading of a list."""

    since: float
    turns: Turns
    cursor: str | None = None
    ended: bool = False
    held: dict[str, Bag] = field(default_factory=dict)
    given: set[tuple[str, str]] = field(default_factory=set)
    """What was handed out, and for whom: who looks twice wants to see what is new."""


@dataclass
class _Collection:
    list: Call
    asked: int = 0
    turned: int = 0
    pages: _Pages | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fresh(self, now: float) -> _Pages:
        """The pages, begun anew where they are no longer fresh."""
        if self.pages is None or now - self.pages.since >= FRESH_SECONDS:
            self.pages = _Pages(now, Turns(self.list))
        return self.pages

    @property
    def is_worth_a_page(self) -> bool:
        """Whether no more pages were turned than pay."""
        return self.turned < self.asked + AHEAD


class Listing:
    """The pages read so far, by collection. Each is handed out once to each who looks.

    Safe to share between threads.
    """

    def __init__(self, backend: Backend, clock: Callable[[], float] = time.monotonic) -> None:
        self._backend = backend
        self._clock = clock
        self._collections: dict[str, _Collection] = {}
        self._lock = threading.Lock()

    def find(self, call: Call) -> Bag | None:
        """The answer to a call that retrieves one object, if the collection's list gives it."""
        name = call.operation.collection
        if not self._backend.has(Operation(name, "list")) or len(call.ids) != 1:
            return None
        with self._lock:
            collection = self._collections.setdefault(name, _Collection(Call(Operation(name, "list"))))
            # Those who wait for the pages count at once: they tell that many are asked for.
            collection.asked += 1
            if collection.asked <= SINGLES:
                return None
        with collection.lock:
            return self._take(collection, next(iter(call.ids.values())), call.shared)

    def forget(self, operation: Operation) -> None:
        """Something of the collection changes, or just did: what its pages said no longer counts."""
        with self._lock:
            self._collections.pop(operation.root, None)

    def _take(self, collection: _Collection, id: str, whose: str) -> Bag | None:
        pages = collection.fresh(self._clock())
        while id not in pages.held and not pages.ended and collection.is_worth_a_page:
            collection.turned += 1
            self._turn(collection.list, pages)
        if (id, whose) in pages.given:
            return None
        pages.given.add((id, whose))
        return pages.held.get(id)

    def _turn(self, list: Call, pages: _Pages) -> None:
        try:
            answer = self._backend.send(page_at(list, pages.cursor))
            pages.held.update({item["id"]: item for item in answer["data"] if isinstance(item.get("id"), str)})
            pages.cursor = pages.turns.after(answer)
        except CallFailed:
            # Each object can still be read by itself, and whatever is wrong is told there.
            pages.cursor = None
        pages.ended = pages.cursor is None

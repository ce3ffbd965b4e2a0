"""Many objects read at once: when a refresh asks for more than a few of a collection, its list answers.

A page of 100 costs one request, as a single object does. Objects that the pages do not hold are read one by one, and no
more pages are turned than have proved useful, so that a large workspace costs no more than reading each object.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import CallFailed
from ..lifecycle.pages import cursor_after, page_at
from ..lifecycle.steps import Call, Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..declaration.values import Bag
    from ..platforms.service import Backend

SINGLES = 3
"""Objects of a collection that are read one by one before its list is asked."""

FRESH_SECONDS = 30.0
"""How long a page counts as what the platform says now."""

WORTH = 10
"""Objects found on the pages so far that make turning another one worth while."""


@dataclass
class _Collection:
    reads: int = 0
    pages: int = 0
    found: int = 0
    cursor: str | None = None
    ended: bool = False
    held: dict[str, tuple[float, Bag]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Listing:
    """The pages read so far, by collection. Each object is handed out once. Safe to share between threads."""

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
            collection = self._collections.setdefault(name, _Collection())
        with collection.lock:
            collection.reads += 1
            if collection.reads <= SINGLES:
                return None
            return self._take(name, collection, next(iter(call.ids.values())))

    def forget(self, operation: Operation) -> None:
        """Something of the collection is about to change: what its pages said no longer counts."""
        with self._lock:
            self._collections.pop(operation.root, None)

    def _take(self, name: str, collection: _Collection, id: str) -> Bag | None:
        while id not in collection.held:
            if collection.ended or collection.pages > collection.found / WORTH:
                return None
            self._turn(name, collection)
        moment, answer = collection.held.pop(id)
        collection.found += 1
        return answer if self._clock() - moment < FRESH_SECONDS else None

    def _turn(self, name: str, collection: _Collection) -> None:
        try:
            answer = self._backend.send(page_at(Call(Operation(name, "list")), collection.cursor))
        except CallFailed:
            # Each object can still be read by itself, and whatever is wrong is told there.
            collection.ended = True
            return
        now = self._clock()
        collection.held.update({item["id"]: (now, item) for item in answer["data"] if isinstance(item.get("id"), str)})
        collection.pages += 1
        collection.cursor = cursor_after(answer)
        collection.ended = collection.cursor is None

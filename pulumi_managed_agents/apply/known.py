"""What this process knows of things that only their ids tell apart: events, runs, versions."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..lifecycle.steps import Known


class KnownIds:
    """The ids seen so far, by the object in which they were made. Safe to share between threads."""

    def __init__(self) -> None:
        self._ids: dict[str, set[str]] = {}
        self._complete: set[str] = set()
        self._turns: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, at: str) -> Iterator[None]:
        """While it lasts, nobody else of this process makes anything there: what comes new is one's own."""
        with self._lock:
            turn = self._turns.setdefault(at, threading.Lock())
        with turn:
            yield

    def ids(self, at: str) -> Known:
        """What is known there."""
        with self._lock:
            return frozenset(self._ids.get(at, ()))

    def is_complete(self, at: str) -> bool:
        """Whether all was known there at a moment before now: the object is of this process, or was asked."""
        with self._lock:
            return at in self._complete

    def add(self, at: str, ids: Iterable[str], *, complete: bool = False) -> None:
        """More is known there; `complete` if that was all."""
        with self._lock:
            self._ids.setdefault(at, set()).update(ids)
            if complete:
                self._complete.add(at)

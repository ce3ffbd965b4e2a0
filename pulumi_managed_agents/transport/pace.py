"""Keeps requests to the rate that the user set, and to the limits that the platform turns out to have.

A platform counts creates, reads and other changes by themselves, so each group has a limit of its own: a create that
is refused keeps no read waiting.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .delays import is_passing, remaining, retry_after
from .limit import Limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .exchange import Answer

TOO_MANY_REQUESTS: Final = 429


@dataclass
class Turn:
    """A request that may go now."""

    sent: float
    answer: Answer | None = None
    unsent: bool = False
    """Whether the platform cannot have seen it."""
    is_held: bool = False
    """Afterwards: whether it was refused for haste alone, and goes again as if it had not gone."""


class Pace:
    """Shared by the threads of one provider."""

    def __init__(self, per_minute: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._set: tuple[Limit, ...] = (Limit(per_minute),) if per_minute else ()
        self._limits: dict[str, Limit] = defaultdict(Limit)
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, group: str, sleep: Callable[[float], None]) -> Iterator[Turn]:
        """Waits until a request of the group may go, which is under way for as long as the context lasts."""
        while isinstance(turn := self._asked(group), float):
            sleep(turn)
        try:
            yield turn
        finally:
            with self._lock:
                self._end(turn, self._limits[group])

    def _asked(self, group: str) -> Turn | float:
        """A turn that has begun, or the seconds after which to ask again."""
        with self._lock:
            limits, now = (*self._set, self._limits[group]), self._clock()
            delay = max(limit.delay(now) for limit in limits)
            if delay > 0:
                return delay
            for limit in limits:
                limit.begin(now)
            return Turn(now)

    def _end(self, turn: Turn, limit: Limit) -> None:
        now, answer = self._clock(), turn.answer
        refused = answer is not None and answer.status == TOO_MANY_REQUESTS
        for each in (*self._set, limit):
            each.end(turn.sent, now, counted=not (refused or turn.unsent))
        if answer is None:
            return
        if not refused:
            limit.accept(turn.sent, now)
        elif is_passing(answer):
            turn.is_held = limit.refuse(turn.sent, now, retry_after(answer.headers))
        limit.tell(now, *remaining(answer.headers))

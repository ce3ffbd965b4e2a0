"""Keeps requests to a rate, and holds all of them back when the platform asks one to wait."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Pace:
    """Shared by the threads of one provider."""

    def __init__(self, per_minute: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self, sleep: Callable[[float], None]) -> None:
        """Returns when the next request may go."""
        with self._lock:
            now = self._clock()
            start = max(now, self._next)
            self._next = start + self._interval if self._interval else max(self._next, 0.0)
        if start > now:
            sleep(start - now)

    def hold(self, seconds: float) -> None:
        """Lets no request go for that long."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)

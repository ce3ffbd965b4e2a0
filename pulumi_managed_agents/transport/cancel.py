"""Ends waits: when the user cancels, which reaches a provider as a request and not as a signal, and with the engine.

An engine that was killed hears no answer any more. Whatever its provider would still make, nobody would know of.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..errors import CallFailed

LOOK_SECONDS = 0.5
"""How often a wait looks whether the engine is still there."""

GRACE_SECONDS = 0.6
"""How long an answer is still waited for after the end: most come at once, and what they tell is not lost."""


class CancelledError(CallFailed):
    """The user cancelled, or the engine is gone, while something was waited for."""

    def __init__(self, reason: str = "cancelled") -> None:
        super().__init__("Waiting", reason, "What exists is kept; the next `pulumi up` goes on from there.")


class TimeUp(CancelledError):
    """The time that the program gives an operation has passed, while something was waited for."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the time that `customTimeouts` gives it is over ({seconds:g} s)")


def _has_no_engine_to_lose() -> bool:
    return False


class Cancellation:
    """Shared by the threads of one provider. `is_orphaned` says whether the engine that it works for is gone."""

    def __init__(self, is_orphaned: Callable[[], bool] = _has_no_engine_to_lose) -> None:
        self._event = threading.Event()
        self._ended_at = 0.0
        self._bounds = threading.local()
        self.is_orphaned = is_orphaned

    @contextmanager
    def within(self, seconds: float | None) -> Iterator[None]:
        """Bounds what this thread waits for meanwhile; what it does is not cut off."""
        self._bounds.given = (time.monotonic() + seconds, seconds) if seconds else None
        try:
            yield
        finally:
            self._bounds.given = None

    def cancel(self) -> None:
        """Ends every wait, those under way and those to come."""
        if not self._event.is_set():
            self._ended_at = time.monotonic()
            self._event.set()

    def sleep(self, seconds: float) -> None:
        """Waits that long, or raises as soon as there is nothing to wait for.

        Raises:
            CancelledError: the user cancelled, the engine is gone, or the time for the operation is over.
        """
        until = time.monotonic() + seconds
        end, allowed = getattr(self._bounds, "given", None) or (until, 0.0)
        while not self._event.is_set():
            self.check()
            left = min(until, end) - time.monotonic()
            if left <= 0:
                if end < until:
                    raise TimeUp(allowed)
                return
            self._event.wait(min(left, LOOK_SECONDS))
        raise CancelledError

    def check(self) -> None:
        """Nothing is sent for an engine that is gone.

        Raises:
            CancelledError: it is gone.
        """
        if self.is_orphaned():
            self.cancel()
            raise CancelledError

    def gives_up(self, since: float) -> bool:
        """Whether an answer, waited for since that moment of the monotonic clock, is not waited for any longer."""
        if not self._event.is_set():
            if not self.is_orphaned():
                return False
            self.cancel()
        return time.monotonic() - max(since, self._ended_at) > GRACE_SECONDS

"""Ends waits: when the user cancels, which reaches a provider as a request and not as a signal, and with the engine.

An engine that was killed hears no answer any more. Whatever its provider would still make, nobody would know of.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ..errors import CallFailed

LOOK_SECONDS = 0.5
"""How often a wait looks whether the engine is still there."""

GRACE_SECONDS = 0.6
"""How long an answer is still waited for after the end: most come at once, and what they tell is not lost."""


class CancelledError(CallFailed):
    """The user cancelled, or the engine is gone, while something was waited for."""

    def __init__(self) -> None:
        super().__init__("Waiting", "cancelled", "What exists is kept; the next `pulumi up` goes on from there.")


def _has_no_engine_to_lose() -> bool:
    return False


class Cancellation:
    """Shared by the threads of one provider. `is_orphaned` says whether the engine that it works for is gone."""

    def __init__(self, is_orphaned: Callable[[], bool] = _has_no_engine_to_lose) -> None:
        self._event = threading.Event()
        self._ended_at = 0.0
        self.is_orphaned = is_orphaned

    def cancel(self) -> None:
        """Ends every wait, those under way and those to come."""
        if not self._event.is_set():
            self._ended_at = time.monotonic()
            self._event.set()

    def sleep(self, seconds: float) -> None:
        """Waits that long, or raises as soon as there is nothing to wait for.

        Raises:
            CancelledError: the user cancelled, or the engine is gone.
        """
        until = time.monotonic() + seconds
        while not self._event.is_set():
            self.check()
            left = until - time.monotonic()
            if left <= 0:
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

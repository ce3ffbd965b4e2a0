"""Ends waits when the user cancels: Ctrl-C reaches a provider as a request, not as a signal."""

from __future__ import annotations

import threading

from ..errors import CallFailed


class CancelledError(CallFailed):
    """The user cancelled while something was waited for."""

    def __init__(self) -> None:
        super().__init__("Waiting", "cancelled", "What exists is kept; the next `pulumi up` goes on from there.")


class Cancellation:
    """Shared by the threads of one provider."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ends every wait, those under way and those to come."""
        self._event.set()

    def sleep(self, seconds: float) -> None:
        """Waits that long, or raises as soon as the user cancels.

        Raises:
            CancelledError: the user cancelled.
        """
        if self._event.wait(seconds):
            raise CancelledError

"""Whether the engine that a provider works for is still there."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time

REACHED_SECONDS = 3.0
"""A listener on this machine that is alive takes a connection at once."""

FRESH_SECONDS = 0.1
"""For how long a look is good, however many ask: each is a connection, and a machine has only so many ports."""


class Engine:
    """The engine at an address, as its providers were told it; one that was never reached is not missed."""

    def __init__(self, address: str | None) -> None:
        self._address = _split(address)
        self._was_there = self._address is not None and _listens(self._address) is True
        self._looked_at = time.monotonic()
        self._gone = False
        self._lock = threading.Lock()

    def is_gone(self) -> bool:
        """Whether nobody listens any more where the engine did."""
        if self._address is None or not self._was_there:
            return False
        with self._lock:
            if not self._gone and time.monotonic() - self._looked_at > FRESH_SECONDS:
                self._gone = _listens(self._address) is False
                self._looked_at = time.monotonic()
            return self._gone


class Parent:
    """The process that started this one. Its end is seen at once, but a launcher may outlive the engine."""

    def __init__(self) -> None:
        self._id = os.getppid()

    def is_gone(self) -> bool:
        """Whether another one has taken its place."""
        return os.getppid() != self._id


def main_thread_ended() -> bool:
    """Whether this process is about to end, and only waits for those who still work."""
    return not threading.main_thread().is_alive()


def _split(address: str | None) -> tuple[str, int] | None:
    host, _, port = (address or "").rpartition(":")
    return (host.strip("[]"), int(port)) if host and port.isdecimal() else None


def _listens(address: tuple[str, int]) -> bool | None:
    """Whether a connection is taken; None where this machine cannot tell, for want of a port or a file.

    One that only takes long counts, since a busy engine is no dead one.
    """
    try:
        with contextlib.closing(socket.create_connection(address, REACHED_SECONDS)):
            return True
    except TimeoutError:
        return True
    except ConnectionError:
        return False
    except (OSError, OverflowError):
        return None

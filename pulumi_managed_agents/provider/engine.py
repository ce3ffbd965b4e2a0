"""Whether the engine that a provider works for is still there."""

from __future__ import annotations

import contextlib
import os
import socket
import threading

REACHED_SECONDS = 1.0
"""A listener on this machine that is alive takes a connection at once."""


class Engine:
    """The engine at an address, as its providers were told it; one that was never reached is not missed."""

    def __init__(self, address: str | None) -> None:
        self._address = _split(address)
        self._was_there = self._address is not None and _listens(self._address)

    def is_gone(self) -> bool:
        """Whether nobody listens any more where the engine did."""
        return self._was_there and self._address is not None and not _listens(self._address)


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


def _listens(address: tuple[str, int]) -> bool:
    """Whether a connection is taken; one that only takes long counts, since a busy engine is no dead one."""
    with contextlib.closing(socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET)) as probe:
        probe.settimeout(REACHED_SECONDS)
        try:
            probe.connect(address)
        except TimeoutError:
            return True
        except OSError:
            return False
        return True

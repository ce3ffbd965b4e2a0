"""Whether the engine is still there: seen soon, asked seldom, and never concluded from a want of one's own."""

from __future__ import annotations

import resource
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from pulumi_managed_agents.provider.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator


class Listener:
    """What stands in the engine's place, and counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.calls = 0
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def end(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                self._socket.accept()[0].close()
                self.calls += 1


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.end()


@contextmanager
def no_file_free() -> Iterator[None]:
    """While it lasts, the process can open no file and no socket."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_an_engine_that_ended_is_gone(listener: Listener) -> None:
    engine = Engine(listener.address)
    assert not engine.is_gone()

    listener.end()

    time.sleep(0.2)
    assert engine.is_gone()


def test_however_many_ask_the_engine_is_seldom_asked(listener: Listener) -> None:
    engine = Engine(listener.address)
    until = time.monotonic() + 0.5

    while time.monotonic() < until:
        assert not engine.is_gone()

    assert listener.calls < 20


def test_a_process_without_a_free_file_does_not_take_its_engine_for_gone(listener: Listener) -> None:
    engine = Engine(listener.address)
    time.sleep(0.2)

    with no_file_free():
        gone = engine.is_gone()

    assert not gone


@pytest.mark.parametrize("address", [None, "", "nonsense", "127.0.0.1:1", "[::1]:1", "127.0.0.1:99999"])
def test_an_engine_that_was_never_reached_is_not_missed(address: str | None) -> None:
    assert not Engine(address).is_gone()

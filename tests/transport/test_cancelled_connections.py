"""A cancel ends what is under way on a connection, however far it has come: opened, agreed on, written to."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import pytest

from pulumi_managed_agents.declaration.content import Content
from pulumi_managed_agents.errors import CallFailed
from pulumi_managed_agents.lifecycle.steps import Call, Operation, Upload
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.transport.cancel import Cancellation

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGE = b"x" * 50_000_000
"""More than two machines keep for each other between them."""


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port that takes a connection and never reads from it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def full() -> Iterator[int]:
    """A port whose queue is full, as one behind a firewall that drops everything."""
    with ExitStack() as opened:
        server = opened.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(4):
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            with suppress(BlockingIOError):
                waiting.connect(server.getsockname())
        time.sleep(0.1)
        yield server.getsockname()[1]


def seconds_to_end(url: str, call: Call) -> float:
    """How long after a cancel the call ends."""
    cancellation = Cancellation()
    backend = connect(configure({"apiKey": "key-of-nobody", "baseUrl": url}, {}), ".", cancellation)
    threading.Timer(0.5, cancellation.cancel).start()
    began = time.monotonic()
    with pytest.raises(CallFailed):
        backend.send(call)
    backend.close()
    return time.monotonic() - began - 0.5


LIST = Call(Operation("agents", "list"))
UPLOAD = Call(Operation("files", "create"), files=(Upload("file", "large.bin", Content.of(LARGE)),))


def test_a_connection_that_is_being_opened(full: int) -> None:
    assert seconds_to_end(f"http://127.0.0.1:{full}", LIST) < 3


def test_a_handshake_of_tls(deaf: int) -> None:
    assert seconds_to_end(f"https://localhost:{deaf}", LIST) < 3


def test_a_body_that_nobody_reads(deaf: int) -> None:
    assert seconds_to_end(f"http://127.0.0.1:{deaf}", UPLOAD) < 3

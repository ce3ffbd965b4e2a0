"""The configured platform over real connections, on this machine."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.errors import GarbledAnswer, LostAnswer, Refused, Unreachable
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.settings import configure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_managed_agents.platforms.rest import RestBackend

KEY = "key-of-the-account"
LIST = Call(Operation("agents", "list"))
CREATE = Call(Operation("agents", "create"), body={"name": "worker", "model": "claude-opus-5-5"})


@contextmanager
def connected(url: str, **settings: str) -> Iterator[RestBackend]:
    """The platform at the address."""
    backend = connect(configure({"apiKey": KEY, "baseUrl": url, "maxRetries": "0", **settings}, {}))
    yield backend
    backend.close()


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    with Emulator(tmp_path / "world.emulator") as found:
        yield found


def test_an_object_is_made_and_listed(emulator: Emulator) -> None:
    with emulator.serve() as server, connected(server.url) as backend:
        made = backend.send(CREATE)

        assert [item["id"] for item in backend.send(LIST)["data"]] == [made["id"]]


FAULTS = {
    "a reset before the commit": {"drop": "before"},
    "a reset after the commit": {"drop": "after"},
    "half an answer": {"body": "truncated"},
    "a page of a proxy": {"body": "garbage"},
    "an answer that comes too late": {"latency_seconds": 1.0},
}


@pytest.mark.parametrize("case", FAULTS)
def test_an_answer_that_does_not_come_is_lost(case: str, emulator: Emulator) -> None:
    emulator.control.faults([{"operation": "agents.create", **FAULTS[case]}])

    with emulator.serve() as server, connected(server.url, timeoutSeconds="0.3") as backend, pytest.raises(LostAnswer):
        backend.send(CREATE)

    assert len(emulator.control.objects("agents")) == (0 if "before" in case else 1)


def test_a_connection_that_broke_is_replaced(emulator: Emulator) -> None:
    emulator.control.faults([{"operation": "agents.list", "nth": 2, "drop": "before"}])

    with emulator.serve() as server, connected(server.url, maxRetries="2") as backend:
        answers = [backend.send(LIST) for _ in range(4)]

    assert len(answers) == 4


def test_nobody_at_home_is_told_as_safe_to_repeat() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with connected(url) as backend, pytest.raises(Unreachable) as caught:
            backend.send(CREATE)

    assert "POST /v1/agents: no answer from " in str(caught.value)


@contextmanager
def speaking(*pieces: bytes, pause: float = 0.0) -> Iterator[tuple[str, list[bytes]]]:
    """A server that says the pieces to everybody who asks, and keeps what it heard."""
    heard: list[bytes] = []
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                heard.append(connection.recv(65536))
                for piece in pieces:
                    try:
                        connection.sendall(piece)
                    except OSError:
                        break
                    if over.wait(pause):
                        break

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", heard
    finally:
        over.set()
        thread.join(timeout=60)
        listener.close()


def test_a_redirect_tells_nobody_else_the_key() -> None:
    with speaking(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") as (elsewhere, heard_elsewhere):
        moved = f"HTTP/1.1 307 Moved\r\nlocation: {elsewhere}/v1/agents\r\ncontent-length: 0\r\n\r\n".encode()
        with speaking(moved) as (url, heard), connected(url) as backend, pytest.raises(GarbledAnswer, match="redirect"):
            backend.send(LIST)

    assert KEY.encode() in heard[0]
    assert heard_elsewhere == []


def test_a_proxy_of_the_environment_does_not_hear_what_is_meant_for_this_machine(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speaking(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") as (proxy, heard):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        with emulator.serve() as server, connected(server.url) as backend:
            assert backend.send(LIST)["data"] == []

    assert heard == []


def test_a_body_that_drips_is_given_up() -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n"

    with speaking(head, *[b" "] * 1000, pause=0.05) as (url, _), connected(url, timeoutSeconds="0.4") as backend:
        began = time.monotonic()
        with pytest.raises(LostAnswer):
            backend.send(LIST)
        assert time.monotonic() - began < 3


HEADS = {
    "headers that drip": (b"HTTP/1.1 200 OK\r\n", *[b"x-a: b\r\n"] * 1000),
    "one header that drips": (b"HTTP/1.1 200 OK\r\nx-a: ", *[b"b"] * 1000),
    "interim answers without end": (*[b"HTTP/1.1 102 Processing\r\n\r\n"] * 1000,),
}


@pytest.mark.parametrize("case", HEADS)
def test_a_head_that_drips_is_given_up(case: str) -> None:
    with speaking(*HEADS[case], pause=0.05) as (url, _), connected(url, timeoutSeconds="0.4") as backend:
        began = time.monotonic()
        with pytest.raises(LostAnswer):
            backend.send(LIST)
        assert time.monotonic() - began < 3


NO_HTTP = {
    "nothing": (b"",),
    "another protocol": (b"220 mail.example.com ESMTP\r\n",),
    "a status that is none": (b"HTTP/1.1 abc OK\r\n\r\n",),
    "a length that is none": (b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}",),
    "two lengths": (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",),
    "headers without end": (b"HTTP/1.1 200 OK\r\n", *[b"x-a: " + b"b" * 60000 + b"\r\n"] * 10),
    "a chunk that is none": (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n",),
}


@pytest.mark.parametrize("case", NO_HTTP)
def test_what_is_no_http_is_a_lost_answer(case: str) -> None:
    with speaking(*NO_HTTP[case]) as (url, _), connected(url) as backend, pytest.raises(LostAnswer) as caught:
        backend.send(LIST)

    assert str(caught.value).startswith("GET /v1/agents: no answer from 127.0.0.1:")
    assert len(str(caught.value)) < 300


def test_a_mounted_emulator_needs_no_connection(tmp_path: Path) -> None:
    backend = connect(configure({"emulator": "world.emulator"}, {}), tmp_path)

    made = backend.send(CREATE)

    assert [item["id"] for item in backend.send(LIST)["data"]] == [made["id"]]
    backend.close()


def test_a_mounted_emulator_keeps_its_world_between_runs(tmp_path: Path) -> None:
    ids = []
    for _ in range(2):
        backend = connect(configure({"emulator": "world.emulator"}, {}), tmp_path)
        backend.send(CREATE)
        ids.append([item["id"] for item in backend.send(LIST)["data"]])
        backend.close()

    assert [len(found) for found in ids] == [1, 2]


@pytest.mark.parametrize("workspace", ["wrkspc_01emulator", "wrkspc_another"])
def test_the_workspace_is_asked_for(workspace: str, emulator: Emulator) -> None:
    with emulator.serve() as server, connected(server.url, workspaceId=workspace) as backend:
        if workspace == "wrkspc_another":
            with pytest.raises(Refused, match="403"):
                backend.send(LIST)
        else:
            assert backend.send(LIST)["data"] == []

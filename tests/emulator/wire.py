"""Bytes to a served emulator, as no client would send them, and what comes back."""

from __future__ import annotations

import json
import re
import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_managed_agents.emulator import Control, Server

SECONDS = 20.0
KEY = {"x-api-key": "test-key", "anthropic-version": "2023-06-01", "anthropic-beta": "managed-agents-2026-04-01"}
STATUS = re.compile(rb"(?:\A|\n|\})HTTP/1\.1 (\d{3}) ")


def request(method: str, path: str, body: bytes = b"", version: str = "1.1", **headers: str) -> bytes:
    """One request; a header that is given replaces the usual one, and an empty one goes without."""
    usual = {"Host": "127.0.0.1", "Content-Length": str(len(body)) if body else ""}
    named = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in named.items() if value]
    return "\r\n".join([f"{method} {path} HTTP/{version}", *lines, "", ""]).encode("latin-1") + body


def creation(name: str = "smuggled", **headers: str) -> bytes:
    """A request that makes an agent."""
    body = json.dumps({"name": name, "model": "claude-opus-5-5"}).encode()
    return request("POST", "/v1/agents", body, **{**KEY, **headers})


def fault() -> bytes:
    """A request that makes a rule about faults."""
    return request("POST", "/_emulator/faults", b'[{"operation": "agents.list", "status": 500}]')


def chunked(*parts: bytes) -> bytes:
    """A body in chunks."""
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def answers(server: Server, *parts: bytes) -> bytes:
    """All that comes back until the server has nothing more to say."""
    came = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the server has hung up: what it said is there
        while True:
            try:
                more = connection.recv(65536)
            except ConnectionResetError:
                return came
            if not more:
                return came
            came += more


def statuses(server: Server, *parts: bytes) -> list[int]:
    """The statuses of the answers, in their order."""
    return [int(status) for status in STATUS.findall(answers(server, *parts))]


def told(server: Server, sent: bytes) -> tuple[int, Any]:
    """Status and JSON of the one answer."""
    head, _, body = answers(server, sent).partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def made(control: Control) -> list[str]:
    """The names of the agents in the world."""
    return [agent["name"] for agent in control.objects("agents")]


def untouched(control: Control) -> bool:
    """Whether nobody made, changed or asked for anything."""
    objects = [
        control.on(platform).objects(kind) for platform in ("claude", "qoder") for kind in ("agents", "sessions")
    ]
    return not any((*objects, control.requests(), control.fault_rules(), control.counters()))

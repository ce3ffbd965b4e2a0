"""A transport in front of a plain function, and a clock that only moves when somebody sleeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from pulumi_managed_agents.transport.exchange import Request
from pulumi_managed_agents.transport.pace import Pace
from pulumi_managed_agents.transport.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GET = Request("GET", "/v1/agents/agent_1", "GET /v1/agents/agent_1", group="read")
POST = Request("POST", "/v1/agents/agent_1", "POST /v1/agents/agent_1", {"name": "a"}, group="write")
CREATE = Request("POST", "/v1/agents", "POST /v1/agents", {"name": "a"}, repeatable=False, group="create")

Reply = httpx.Response | Exception


@dataclass
class Clock:
    """Time that passes while somebody sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class Script:
    """A server that gives its replies one after the other, the last one for ever, and keeps what it was asked."""

    replies: list[Reply]
    asked: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
        if isinstance(reply, Exception):
            raise reply
        return reply


def answer(status: int = 200, document: Any = None, **headers: str) -> httpx.Response:
    """A reply in JSON."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, json={"id": "agent_1"} if document is None else document)


def transport(
    server: Callable[[httpx.Request], httpx.Response],
    *,
    retries: int = 4,
    clock: Clock | None = None,
    per_minute: int | None = None,
    timeout: float = 5.0,
) -> Transport:
    """A transport in front of the server."""
    clock = clock or Clock()
    client = httpx.Client(
        base_url="https://api.example.com", transport=httpx.MockTransport(server), timeout=httpx.Timeout(timeout)
    )
    return Transport(client, retries=retries, pace=Pace(per_minute, clock), sleep=clock.sleep)


def stream(pieces: Iterator[bytes], status: int = 200, **headers: str) -> httpx.Response:
    """A reply that arrives piece by piece."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, content=pieces)

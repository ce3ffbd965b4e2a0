"""Which requests are repeated, after how long, and what is reported when none of them led anywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from pulumi_managed_agents.errors import GarbledAnswer, LostAnswer, Unreachable
from pulumi_managed_agents.pace import Pace
from pulumi_managed_agents.transport import Request, Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Outcome = httpx.Response | Exception


class Server:
    """Gives one outcome after another; the last one for good."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.seen: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        outcome = self.outcomes[min(len(self.seen), len(self.outcomes)) - 1]
        if isinstance(outcome, Exception):
            raise outcome
        return httpx.Response(outcome.status_code, headers=outcome.headers, content=outcome.content)


def transport(server: Callable[[httpx.Request], httpx.Response], slept: list[float], *, retries: int = 2) -> Transport:
    client = httpx.Client(base_url="https://platform.example", transport=httpx.MockTransport(server))
    return Transport(client, retries=retries, sleep=slept.append, pace=Pace(clock=lambda: 0.0))


def ask(*, repeatable: bool = True) -> Request:
    return Request("POST", "/v1/things", "POST /v1/things", body={"name": "x"}, repeatable=repeatable)


def answer(status: int, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, json={"status": status})


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 529])
def test_a_passing_refusal_of_a_repeatable_request_is_repeated(status: int) -> None:
    server = Server(answer(status), answer(200))

    assert transport(server, []).send(ask()).status == 200
    assert len(server.seen) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413])
def test_a_lasting_refusal_is_not_repeated(status: int) -> None:
    server = Server(answer(status))

    assert transport(server, []).send(ask()).status == status
    assert len(server.seen) == 1


@pytest.mark.parametrize(("status", "times"), [(429, 3), (500, 1), (503, 1)])
def test_a_create_is_repeated_only_when_it_was_certainly_not_made(status: int, times: int) -> None:
    server = Server(answer(status))

    assert transport(server, []).send(ask(repeatable=False)).status == status
    assert len(server.seen) == times


@pytest.mark.parametrize(
    ("problem", "reported", "times"),
    [
        (httpx.ConnectError("refused"), Unreachable, 3),
        (httpx.ConnectTimeout("slow"), Unreachable, 3),
        (httpx.ReadError("reset"), LostAnswer, 1),
        (httpx.ReadTimeout("slow"), LostAnswer, 1),
        (httpx.RemoteProtocolError("cut"), LostAnswer, 1),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_create_without_an_answer_is_unreachable_or_lost(
    problem: Exception, reported: type[Exception], times: int
) -> None:
    server = Server(problem)

    with pytest.raises(reported):
        transport(server, []).send(ask(repeatable=False))

    assert len(server.seen) == times


def test_no_retries_means_none() -> None:
    server = Server(answer(429))

    transport(server, [], retries=0).send(ask())

    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"retry_after": "7"}, 7.0), ({"retry_after_ms": "250"}, 0.25), ({"retry_after": "0"}, 0.0)],
    ids=["seconds", "milliseconds", "at once"],
)
def test_the_platform_says_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    slept: list[float] = []

    transport(Server(answer(503, **headers), answer(200)), slept).send(ask())

    assert slept == [seconds]


def test_a_date_to_wait_for_is_understood() -> None:
    slept: list[float] = []
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)

    transport(Server(answer(503, retry_after=soon), answer(200)), slept).send(ask())

    assert 20 < slept[0] <= 30


def test_waits_grow_when_nothing_is_said() -> None:
    slept: list[float] = []

    transport(Server(answer(503)), slept, retries=4).send(ask())

    bounds = [0.5, 1.0, 2.0, 4.0]
    assert all(0.75 * bound <= waited <= bound for waited, bound in zip(slept, bounds, strict=True))


def test_the_platform_may_forbid_a_repetition() -> None:
    server = Server(answer(503, x_should_retry="false"))

    transport(server, []).send(ask())

    assert len(server.seen) == 1


def test_one_refused_request_holds_the_others_back() -> None:
    pace, slept = Pace(clock=lambda: 100.0), []
    pace.hold(5.0)

    pace.wait(slept.append)

    assert slept == [5.0]


def test_requests_keep_to_their_rate() -> None:
    pace, slept = Pace(per_minute=60, clock=lambda: 0.0), []

    for _ in range(4):
        pace.wait(slept.append)

    assert slept == [1.0, 2.0, 3.0]


class Endless(httpx.SyncByteStream):
    """A body that never ends."""

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b"x" * 2**20


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (httpx.Response(200, content=b"<html>"), "not JSON"),
        (httpx.Response(200, content=b"[1]"), "not a JSON object"),
        (httpx.Response(200, content=b"[" * 100_000), "not JSON"),
        (httpx.Response(302, headers={"location": "https://elsewhere.example/"}), "a redirect, which is not followed"),
    ],
    ids=["a page", "a list", "deep nesting", "a redirect"],
)
def test_what_is_not_the_platform_s_is_garbled(body: httpx.Response, sentence: str) -> None:
    server = Server(body)

    with pytest.raises(GarbledAnswer, match=sentence):
        transport(server, []).send(ask(repeatable=False))

    assert {request.url.host for request in server.seen} == {"platform.example"}


def test_an_endless_answer_is_cut_off() -> None:
    def server(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Endless(), request=request)

    with pytest.raises(GarbledAnswer, match="larger than 64 MiB"):
        transport(server, []).send(ask(repeatable=False))

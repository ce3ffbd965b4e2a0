"""What is repeated, how often and after how long."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from transport.wire import CREATE, GET, POST, Clock, Reply, Script, answer, transport

from pulumi_managed_agents.errors import CallFailed, LostAnswer, Unreachable

REQUEST = httpx.Request("GET", "https://api.example.com")


@dataclass(frozen=True)
class Case:
    """A reply, whether a request that may be repeated is, and whether any other is."""

    id: str
    reply: Reply
    repeated: bool
    created_again: bool


CASES = [
    *(
        Case(f"{status}", answer(status), repeated=False, created_again=False)
        for status in (400, 401, 403, 404, 409, 412, 413)
    ),
    *(
        Case(f"{status}", answer(status), repeated=True, created_again=False)
        for status in (408, 500, 501, 502, 503, 504, 529)
    ),
    Case("429", answer(429), repeated=True, created_again=True),
    Case("500 that says no", answer(500, x_should_retry="false"), repeated=False, created_again=False),
    Case("429 that says no", answer(429, x_should_retry="false"), repeated=False, created_again=False),
    Case("a connection that is refused", httpx.ConnectError("refused"), repeated=True, created_again=True),
    Case("a connection that takes too long", httpx.ConnectTimeout("slow"), repeated=True, created_again=True),
    Case("no free connection", httpx.PoolTimeout("full"), repeated=True, created_again=True),
    Case("a reset while reading", httpx.ReadError("reset"), repeated=True, created_again=False),
    Case("an answer that takes too long", httpx.ReadTimeout("slow"), repeated=True, created_again=False),
    Case("a reset while writing", httpx.WriteError("reset"), repeated=True, created_again=False),
    Case("a connection that ends", httpx.RemoteProtocolError("closed"), repeated=True, created_again=False),
    Case("no JSON", httpx.Response(200, text="<html>"), repeated=True, created_again=False),
]
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


@each
def test_a_request_that_may_be_repeated_is_repeated_where_that_can_help(case: Case) -> None:
    server = Script([case.reply, answer()])

    try:
        transport(server).send(GET)
    except CallFailed:
        assert not case.repeated

    assert len(server.asked) == (2 if case.repeated else 1)


@each
def test_a_request_that_makes_something_is_repeated_only_where_nothing_can_have_been_made(case: Case) -> None:
    server = Script([case.reply, answer()])

    try:
        transport(server).send(CREATE)
    except CallFailed:
        assert not case.created_again

    assert len(server.asked) == (2 if case.created_again else 1)


@each
def test_without_retries_nothing_is_repeated(case: Case) -> None:
    server = Script([case.reply, answer()])

    try:
        transport(server, retries=0).send(GET)
    except CallFailed as failure:
        assert isinstance(case.reply, Exception) or "JSON" in str(failure)

    assert len(server.asked) == 1


@pytest.mark.parametrize("retries", [1, 3, 7])
def test_after_so_many_repetitions_the_last_answer_counts(retries: int) -> None:
    server = Script([answer(503, {"n": n}) for n in range(20)])

    found = transport(server, retries=retries).send(POST)

    assert (found.status, found.body) == (503, {"n": retries})
    assert len(server.asked) == retries + 1


def test_a_repeated_request_is_the_same_request() -> None:
    server = Script([answer(500), answer(500), answer()])

    transport(server).send(POST)

    assert len({(request.method, str(request.url), request.content) for request in server.asked}) == 1


UNSENT = {"refused": httpx.ConnectError("refused"), "no route": httpx.ConnectTimeout(""), "full": httpx.PoolTimeout("")}
LOST = {"reset": httpx.ReadError("reset"), "late": httpx.ReadTimeout(""), "cut": httpx.RemoteProtocolError("cut")}


@pytest.mark.parametrize("case", UNSENT)
def test_what_was_never_sent_is_safe_to_repeat(case: str) -> None:
    with pytest.raises(Unreachable) as caught:
        transport(Script([UNSENT[case]])).send(CREATE)

    assert not caught.value.may_exist
    assert "POST /v1/agents: no answer from " in str(caught.value)


@pytest.mark.parametrize("case", LOST)
def test_an_answer_that_was_lost_says_so(case: str) -> None:
    with pytest.raises(LostAnswer) as caught:
        transport(Script([LOST[case]])).send(CREATE)

    assert caught.value.may_exist
    assert "POST /v1/agents: no answer from " in str(caught.value)


# How long


def waited(*replies: Reply, retries: int = 9) -> list[float]:
    clock = Clock()
    transport(Script([*replies, answer()]), clock=clock, retries=retries).send(GET)
    return clock.slept


def test_waits_grow_and_stay_within_bounds() -> None:
    slept = waited(*[answer(503)] * 8)

    for number, seconds in enumerate(slept):
        longest = min(0.5 * 2**number, 8.0)
        assert 0.75 * longest <= seconds <= longest


def test_waits_of_many_clients_are_spread() -> None:
    assert len({waited(answer(503))[0] for _ in range(20)}) > 10


RETRY_AFTER: dict[str, tuple[dict[str, str], float]] = {
    "seconds": ({"retry_after": "7"}, 7.0),
    "a fraction of seconds": ({"retry_after": "0.25"}, 0.25),
    "milliseconds, which come first": ({"retry_after_ms": "1500", "retry_after": "9"}, 1.5),
    "now": ({"retry_after": "0"}, 0.0),
    "milliseconds that are none, beside seconds": ({"retry_after_ms": "soon", "retry_after": "7"}, 7.0),
    "a date in the past": ({"retry_after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
}


@pytest.mark.parametrize("status", [408, 429, 503])
@pytest.mark.parametrize("case", RETRY_AFTER)
def test_a_server_is_waited_for_as_long_as_it_asks(case: str, status: int) -> None:
    headers, seconds = RETRY_AFTER[case]

    assert sum(waited(answer(status, **headers))) == pytest.approx(seconds)


def test_a_date_is_waited_for() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)

    assert 25 < sum(waited(answer(503, retry_after=moment))) <= 30


NO_TIMES = ("soon", "", "-5", "nan", "inf", "-inf", "1e400", "Wed, 99 Foo 2026 99:99:99 GMT", "0x10", "9" * 400)


@pytest.mark.parametrize("text", NO_TIMES)
@pytest.mark.parametrize("header", ["retry-after", "retry-after-ms"])
def test_a_time_that_is_none_is_passed_over(header: str, text: str) -> None:
    reply = httpx.Response(503, headers=[(header.encode(), text.encode())], json={})

    slept = waited(reply)

    assert sum(slept) <= 8.0
    assert all(seconds >= 0 for seconds in slept)


@pytest.mark.parametrize("headers", [{"retry_after": "86400"}, {"retry_after_ms": "86400000"}], ids=repr)
def test_a_server_that_wants_to_be_left_alone_for_a_day_is_not_asked_again(headers: dict[str, str]) -> None:
    clock, server = Clock(), Script([answer(429, **headers), answer()])
    wire = transport(server, clock=clock)

    assert wire.send(GET).status == 429
    assert clock.slept == []
    assert wire.send(GET).status == 200
    assert sum(clock.slept) < 60

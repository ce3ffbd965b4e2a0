"""Requests keep to a rate, and all of them wait when the platform asks one to."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier, Lock

import httpx
import pytest
from transport.wire import CREATE, GET, Clock, Script, answer, transport

from pulumi_managed_agents.transport.pace import Pace


def starts(pace: Pace, clock: Clock, number: int) -> list[float]:
    """When each of so many requests may go."""
    found = []
    for _ in range(number):
        pace.wait(clock.sleep)
        found.append(clock.now)
    return found


def test_without_a_rate_nothing_waits() -> None:
    clock = Clock()

    starts(Pace(None, clock), clock, 100)

    assert clock.slept == []


@pytest.mark.parametrize("per_minute", [1, 60, 300, 100_000])
def test_requests_are_spread_evenly_over_the_minute(per_minute: int) -> None:
    clock = Clock()

    moments = starts(Pace(per_minute, clock), clock, 20)

    assert [later - earlier for earlier, later in pairwise(moments)] == pytest.approx([60 / per_minute] * 19)


def test_a_pause_is_not_made_up_for_by_a_rush() -> None:
    clock = Clock()
    pace = Pace(60, clock)
    starts(pace, clock, 3)
    clock.now += 3600

    first, second, third = starts(pace, clock, 3)

    assert (second - first, third - second) == pytest.approx((1.0, 1.0))


def test_a_hold_lets_nobody_go_before_its_end() -> None:
    clock = Clock()
    pace = Pace(None, clock)
    began = clock.now

    pace.hold(10.0)

    assert starts(pace, clock, 3) == [began + 10.0] * 3


def test_the_longest_hold_counts() -> None:
    clock = Clock()
    pace = Pace(None, clock)
    began = clock.now

    pace.hold(10.0)
    pace.hold(2.0)

    assert starts(pace, clock, 1) == [began + 10.0]


def test_after_a_hold_the_rate_holds_again() -> None:
    clock = Clock()
    pace = Pace(60, clock)
    began = clock.now
    pace.hold(10.0)

    assert starts(pace, clock, 3) == pytest.approx([began + 10, began + 11, began + 12])


def test_threads_share_the_rate() -> None:
    pace, lock = Pace(60, lambda: 1000.0), Lock()
    waits: list[float] = []
    barrier = Barrier(8)

    def sleep(seconds: float) -> None:
        with lock:
            waits.append(seconds)

    def send(_: int) -> None:
        barrier.wait(timeout=60)
        for _ in range(5):
            pace.wait(sleep)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))

    assert sorted(waits) == pytest.approx([float(n) for n in range(1, 40)])


def test_a_refusal_for_haste_holds_the_requests_of_others() -> None:
    clock, server = Clock(), Script([answer(429, retry_after="20"), answer()])
    wire = transport(server, clock=clock, retries=0)
    began = clock.now

    assert wire.send(GET).status == 429
    wire.send(CREATE)

    assert clock.now - began == pytest.approx(20.0)


@pytest.mark.parametrize("status", [500, 503, 529])
def test_trouble_of_another_kind_holds_nobody_else(status: int) -> None:
    clock, server = Clock(), Script([answer(status, retry_after="20"), answer()])
    wire = transport(server, clock=clock, retries=0)

    assert wire.send(GET).status == status
    wire.send(CREATE)

    assert clock.slept == []


def test_repetitions_keep_to_the_rate_too() -> None:
    moments: list[float] = []
    clock = Clock()

    def server(request: httpx.Request) -> httpx.Response:
        del request
        moments.append(clock.now)
        return answer(503, retry_after="0")

    transport(server, clock=clock, per_minute=6, retries=3).send(GET)

    assert [later - earlier for earlier, later in pairwise(moments)] == pytest.approx([10.0] * 3)


def test_six_hundred_creates_at_three_hundred_a_minute_take_two_minutes() -> None:
    clock, server = Clock(), Script([answer()])
    wire = transport(server, clock=clock, per_minute=300)
    began = clock.now

    for _ in range(600):
        wire.send(CREATE)

    assert clock.now - began == pytest.approx(120.0, rel=0.05)

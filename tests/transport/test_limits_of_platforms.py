"""Many requests at once keep to a platform's limit, however it counts: as fast as it lets them, and told off once."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import httpx
import pytest
from transport.limiters import AnyMinute, Bucket, FixedMinute, Limiter, Platform, Shared, Time, half_used
from transport.wire import CREATE, GET

from pulumi_managed_agents.transport.exchange import Request
from pulumi_managed_agents.transport.pace import Pace
from pulumi_managed_agents.transport.transport import Transport

PARALLEL = 64
LIMITERS: dict[str, Callable[[int], Limiter]] = {
    "any minute": AnyMinute,
    "a fixed minute that begins": lambda most: FixedMinute(most, phase=20.0),
    "a fixed minute, half over": lambda most: FixedMinute(most, phase=50.0),
    "a bucket": Bucket,
}
each_limiter = pytest.mark.parametrize("limiter", LIMITERS)


def wire_to(platform: Platform, per_minute: int | None = None, retries: int = 4) -> Transport:
    client = httpx.Client(base_url="https://api.example.com", transport=httpx.MockTransport(platform))
    return Transport(client, retries=retries, pace=Pace(per_minute, platform.time), sleep=platform.time.sleep)


def sent(wire: Transport, time: Time, number: int, request: Request = CREATE) -> tuple[float, list[int]]:
    """How long so many requests take, sent by all the threads there are, and how each ended."""
    numbers, statuses, began = count(), list[int](), time.now

    def work() -> None:
        while next(numbers) < number:
            statuses.append(wire.send(request).status)

    time.run([work] * PARALLEL)
    return time.now - began, statuses


@each_limiter
@pytest.mark.parametrize("latency", [0.1, 0.5])
@pytest.mark.parametrize("per_minute", [None, 300], ids=["unset", "set"])
def test_six_hundred_creates_at_three_hundred_a_minute_take_one(
    limiter: str, per_minute: int | None, latency: float
) -> None:
    platform = Platform(Time(), LIMITERS[limiter](300), latency=latency)

    took, statuses = sent(wire_to(platform, per_minute), platform.time, 600)

    assert statuses == [200] * 600
    assert took <= 60 * 1.05 + 300 / PARALLEL * latency
    assert platform.refused_in_vain == []
    # A bucket has some more at its end than anybody can count on.
    most = 0 if per_minute else 1 if limiter != "a bucket" else 1 + 10 * latency
    assert len(platform.refused) <= most


@each_limiter
@pytest.mark.parametrize("most", [10, 50, 100, 1000])
def test_a_limit_of_any_size_is_learned_from_its_first_refusal(limiter: str, most: int) -> None:
    platform = Platform(Time(), LIMITERS[limiter](most))

    took, statuses = sent(wire_to(platform), platform.time, 2 * most)

    assert statuses == [200] * (2 * most)
    assert took <= 60 * 1.05 + 2 * most / PARALLEL * 0.1
    assert platform.refused_in_vain == []


SHARED: dict[str, Callable[[], Limiter]] = {
    "others used most of it": lambda: half_used(30.0, 290, 300),
    "others used half of it": lambda: half_used(5.0, 150, 300),
    "others use half of it all the time": lambda: Shared(AnyMinute(300), 2.5),
}


@pytest.mark.parametrize("share", SHARED)
def test_others_may_use_the_limit_too(share: str) -> None:
    platform = Platform(Time(), SHARED[share]())

    took, statuses = sent(wire_to(platform), platform.time, 600)

    assert statuses == [200] * 600
    assert took <= 300
    assert len(platform.refused) <= 2 * PARALLEL


ODD_WORDS: dict[str, Callable[[float], dict[str, str]]] = {
    "nothing": lambda _: {},
    "always a second": lambda _: {"retry-after": "1"},
    "always a minute": lambda _: {"retry-after": "60"},
    "at once": lambda _: {"retry-after": "0"},
}


@pytest.mark.parametrize("limiter", ["any minute", "a bucket"])
@pytest.mark.parametrize("words", ODD_WORDS)
def test_a_platform_that_does_not_say_how_long_to_wait_is_kept_to_as_well(limiter: str, words: str) -> None:
    platform = Platform(Time(), LIMITERS[limiter](300), says=ODD_WORDS[words])

    took, statuses = sent(wire_to(platform), platform.time, 600)

    assert statuses == [200] * 600
    assert took <= 150
    assert len(platform.refused) <= 300


@pytest.mark.parametrize("limiter", ["any minute", "a bucket"])
def test_many_minutes_are_used_to_the_full(limiter: str) -> None:
    platform = Platform(Time(), LIMITERS[limiter](300))

    took, statuses = sent(wire_to(platform), platform.time, 1800)

    assert statuses == [200] * 1800
    assert took <= 5 * 60 * 1.05
    assert len(platform.refused) <= 20


def test_without_a_limit_nothing_is_kept_waiting_for_long() -> None:
    platform = Platform(Time(), latency=0.05)

    took, _ = sent(wire_to(platform), platform.time, 2000)

    assert took <= 8


@dataclass
class Budget:
    """A limit that lets so many through, and then nothing."""

    left: int

    def wait(self, now: float) -> float:
        del now
        self.left -= 1
        return 0.0 if self.left >= 0 else 10.0


@pytest.mark.parametrize(("says", "longest"), [({}, 60.0), ({"retry-after": "10"}, 400.0)], ids=["nothing", "a time"])
def test_where_nothing_passes_every_request_ends(says: dict[str, str], longest: float) -> None:
    platform = Platform(Time(), Budget(0), says=lambda _: says)

    took, statuses = sent(wire_to(platform), platform.time, 128)

    assert statuses == [429] * 128
    assert took <= longest


def test_where_nothing_passes_any_more_every_request_ends() -> None:
    platform = Platform(Time(), Budget(200), says=lambda _: {})

    took, statuses = sent(wire_to(platform), platform.time, 300)

    assert statuses.count(429) == 100
    assert took <= 120


def test_the_limit_of_creates_keeps_no_read_waiting() -> None:
    time = Time()
    platform = Platform(time, creates=AnyMinute(300), reads=AnyMinute(1200))
    wire = wire_to(platform)
    creates, read = count(), list[float]()

    def create() -> None:
        while next(creates) < 600:
            wire.send(CREATE)

    def look() -> None:
        for _ in range(5):
            time.sleep(5.0)
            began = time.now
            wire.send(GET)
            read.append(time.now - began)

    time.run([create] * PARALLEL + [look] * 10)

    assert max(read) == pytest.approx(platform.latency)


def test_the_limit_of_reads_keeps_no_create_waiting() -> None:
    time = Time()
    platform = Platform(time, creates=AnyMinute(300), reads=AnyMinute(50))
    wire = wire_to(platform)
    created = list[float]()

    def create() -> None:
        time.sleep(5.0)
        began = time.now
        wire.send(CREATE)
        created.append(time.now - began)

    time.run([lambda: wire.send(GET) and None] * PARALLEL + [create] * 10)

    assert max(created) == pytest.approx(platform.latency)


COUNTED: dict[str, Callable[[int, float], dict[str, str]]] = {
    "anthropic": lambda left, _: {"anthropic-ratelimit-requests-remaining": str(left)},
    "the draft standard": lambda left, reset: {"ratelimit-remaining": str(left), "ratelimit-reset": f"{reset:.0f}"},
    "many": lambda left, reset: {"x-ratelimit-remaining": str(left), "x-ratelimit-reset": f"{reset:.0f}"},
}


@pytest.mark.parametrize("words", COUNTED)
def test_a_platform_that_counts_aloud_refuses_at_most_one(words: str) -> None:
    limiter = FixedMinute(100, phase=20.0)
    platform = Platform(Time(), limiter)

    def server(request: httpx.Request) -> httpx.Response:
        reply = platform(request)
        left = limiter.most - limiter.taken
        reply.headers.update(COUNTED[words](left, math.ceil(60 - (platform.time.now + 20) % 60)))
        return reply

    client = httpx.Client(base_url="https://api.example.com", transport=httpx.MockTransport(server))
    wire = Transport(client, retries=4, pace=Pace(None, platform.time), sleep=platform.time.sleep)
    platform.time.run([lambda: wire.send(CREATE) and None])

    _, statuses = sent(wire, platform.time, 199)

    assert statuses == [200] * 199
    assert len(platform.refused) <= 1


def test_a_request_that_gets_no_answer_does_not_keep_the_others_waiting() -> None:
    time = Time()
    platform = Platform(time)
    slow = count()

    def server(request: httpx.Request) -> httpx.Response:
        if not next(slow):
            time.sleep(100.0)
        return platform(request)

    client = httpx.Client(base_url="https://api.example.com", transport=httpx.MockTransport(server))
    wire = Transport(client, retries=4, pace=Pace(None, time), sleep=time.sleep)
    ends = list[float]()
    numbers = count()

    def work() -> None:
        while next(numbers) < 400:
            wire.send(CREATE)
        ends.append(time.now)

    began = time.now
    time.run([work] * PARALLEL)

    assert sorted(ends)[-2] - began < 30

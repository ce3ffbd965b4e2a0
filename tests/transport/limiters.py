"""Platforms that limit requests, in the three ways in which one counts a minute, and a time that stands between steps.

`Time` runs real threads one at a time: whoever waits hands on to the one who wakes next, so that a minute costs nothing
and every run is the same.
"""

from __future__ import annotations

import heapq
import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

import httpx

MINUTE = 60.0


class Time:
    """A clock that goes on when everybody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, int, threading.Event]] = []
        self._numbers = count()
        self.failures: list[BaseException] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Waits that long; others go on meanwhile."""
        mine = self._entered(seconds)
        self._hand_on()
        assert mine.wait(timeout=60)

    def run(self, works: list[Callable[[], None]]) -> None:
        """Does all the works at once, and returns when all are done."""
        threads = [threading.Thread(target=self._worker, args=(self._entered(0.0), work)) for work in works]
        for thread in threads:
            thread.start()
        self._hand_on()
        for thread in threads:
            thread.join(timeout=60)
        if self.failures:
            raise self.failures[0]

    def _worker(self, turn: threading.Event, work: Callable[[], None]) -> None:
        assert turn.wait(timeout=60)
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 - told to whoever runs the works
            self.failures.append(failure)
        finally:
            self._hand_on()

    def _entered(self, seconds: float) -> threading.Event:
        event = threading.Event()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._numbers), event))
        return event

    def _hand_on(self) -> None:
        if self._sleepers:
            self.now, _, event = heapq.heappop(self._sleepers)
            event.set()


class Limiter(Protocol):
    """How a platform counts."""

    def wait(self, now: float) -> float:
        """Seconds until the next request would pass; 0 counts one that passes now."""


@dataclass
class AnyMinute:
    """So many requests in any minute."""

    most: int
    taken: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self.taken and self.taken[0] <= now - MINUTE:
            self.taken.popleft()
        if len(self.taken) >= self.most:
            return self.taken[0] + MINUTE - now
        self.taken.append(now)
        return 0.0


@dataclass
class FixedMinute:
    """So many requests in each minute of a clock."""

    most: int
    phase: float = 0.0
    minute: float = -1.0
    taken: int = 0

    def wait(self, now: float) -> float:
        minute = (now + self.phase) // MINUTE
        if minute != self.minute:
            self.minute, self.taken = minute, 0
        if self.taken >= self.most:
            return (minute + 1) * MINUTE - self.phase - now
        self.taken += 1
        return 0.0


@dataclass
class Bucket:
    """A bucket with so many tokens, which fills up in a minute."""

    most: int
    tokens: float = math.inf
    looked: float = 0.0

    def wait(self, now: float) -> float:
        self.tokens = min(self.most, self.tokens + (now - self.looked) * self.most / MINUTE)
        self.looked = now
        if self.tokens < 1:
            return (1 - self.tokens) * MINUTE / self.most
        self.tokens -= 1
        return 0.0


@dataclass
class Shared:
    """A limiter that others use too, so many times a second since a while ago."""

    inner: AnyMinute
    a_second: float
    reached: float = 900.0

    def wait(self, now: float) -> float:
        while self.reached + 1 / self.a_second <= now:
            self.reached += 1 / self.a_second
            self.inner.wait(self.reached)
        return self.inner.wait(now)


def half_used(ago: float, used: int, most: int) -> AnyMinute:
    """So many requests in any minute, of which others made some so many seconds before."""
    return AnyMinute(most, deque([Time().now - ago] * used))


@dataclass
class Refusal:
    """A request that was refused: when it was sent, and when its sender knew."""

    sent: float
    heard: float


@dataclass
class Platform:
    """A server that takes so long for an answer, and refuses by its limiters: creates by one, reads by another."""

    time: Time
    creates: Limiter | None = None
    reads: Limiter | None = None
    latency: float = 0.1
    says: Callable[[float], dict[str, str]] = lambda wait: {"retry-after": str(math.ceil(wait))}
    taken: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @property
    def refused_in_vain(self) -> list[Refusal]:
        """Refusals of what was sent although an earlier one was known."""
        known = min((refusal.heard for refusal in self.refused), default=math.inf)
        return [refusal for refusal in self.refused if refusal.sent > known]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        sent = self.time.now
        self.time.sleep(self.latency / 2)
        limiter = self.creates if request.method == "POST" else self.reads
        wait = limiter.wait(self.time.now) if limiter else 0.0
        self.taken += not wait
        self.time.sleep(self.latency / 2)
        if not wait:
            return httpx.Response(200, json={"id": "agent_1"})
        self.refused.append(Refusal(sent, self.time.now))
        return httpx.Response(429, headers=self.says(wait), json={})

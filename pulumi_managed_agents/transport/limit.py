"""What is known of one of a platform's limits, and when another request may go: all of it follows from past answers.

Platforms count in different ways: any minute, a minute of their clock, a bucket that refills. Where the limit is known,
no more than that goes in any minute, which suits all three, and a minute that nothing was sent in is used at once.
Where it is not, the first refusal tells it. Then one request goes to try, and the others follow it.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from .delays import LONGEST_WAIT

MINUTE = 60.0

SUSPECTED = 300
"""Requests of a minute below which no platform documents a limit: the one that comes to it, or to its double, goes
alone, so that a refusal meets no others that are under way."""

SOME = 2
"""Requests that may be under way at once after one that went alone had passed."""

LOOK = 0.05
"""Seconds after which somebody who waits for another one's answer looks again."""

STUCK = 10.0
"""Seconds after which a request without an answer counts as under way no more: others do not wait for it."""

LASTING = 300.0
"""Seconds for which a limit that was learned counts: others may have had a share in it."""

SLACK = 0.5
"""Seconds of a steady rate that are made up for when requests went later than they might have."""

UNSAID = 0.5
"""Seconds to wait after a refusal that does not say how long."""

LONGER = 16
"""How many times as long one waits at most as was asked for, where that was in vain."""


@dataclass(frozen=True)
class Passed:
    """A request that the platform counts: between these moments, nobody knows when."""

    sent: float
    answered: float


@dataclass
class Limit:
    """One limit. Moments are seconds of any clock; whoever shares it between threads locks it."""

    most: int | None = None
    """Requests in any minute, where that is known."""
    interval: float = 0.0
    """Seconds between two requests, where the platform gives them one by one."""
    is_guess: bool = False
    """Whether shorter intervals are tried."""
    _next: float = 0.0
    _room: float = math.inf
    _suspected: int = SUSPECTED
    _learned: float = math.inf
    _refused: float = -math.inf
    _accepted: float = -math.inf
    _streak: int = 0
    _streak_began: float = 0.0
    _under_way: list[float] = field(default_factory=list)
    _passed: deque[Passed] = field(default_factory=deque)

    def delay(self, now: float) -> float:
        """Seconds after which to ask again; 0 when a request may go."""
        self._forget(now)
        if now < self._next:
            return self._next - now
        count = len(self._passed) + len(self._under_way)
        if self.most is not None and count >= self.most:
            return max(self._passed[0].answered + MINUTE - now, LOOK / 10) if self._passed else LOOK
        room = 1 if count >= self._suspected and not self._is_known else self._room
        return LOOK if sum(now - sent < STUCK for sent in self._under_way) >= room else 0.0

    def begin(self, now: float) -> None:
        """A request goes."""
        self._under_way.append(now)
        if self.interval:
            self._next = max(self._next, now - SLACK) + self.interval

    def end(self, sent: float, now: float, *, counted: bool) -> None:
        """The request that went at `sent` is over; whether the platform has `counted` it."""
        self._under_way.remove(sent)
        if counted:
            self._passed.append(Passed(sent, now))

    def accept(self, sent: float, now: float) -> None:
        """The request that went at `sent` was let through."""
        self._accepted = now
        if sent <= self._refused:
            return
        self._streak = 0
        self._room = math.inf if self._is_known else self._room + 1 / self._room
        if self.is_guess:
            self.interval *= SHORTER**self.interval
        if len(self._passed) > self._suspected:
            self._suspected *= 2
            self._room = min(self._room, SOME)

    def refuse(self, sent: float, now: float, wait: float | None) -> bool:
        """The request that went at `sent` was refused for haste; whether it goes again as if it had not gone.

        It does as long as something passes now and then. It may have been told how long to `wait`.
        """
        if wait is None and now - self._accepted > MINUTE:
            return False
        if sent <= self._refused:
            # It was under way with the one that was refused before, and says nothing new.
            self._next = max(self._next, now + (wait or 0.0))
            return True
        if not self._streak:
            self._streak_began = now
            self._learn(now, wait)
        elif now - self._streak_began > (MINUTE if wait is None else LONGEST_WAIT):
            # Whoever waits may ask, and hear the same: waiting helps nobody.
            self._next, self._room = now, math.inf
            return False
        self._refused, self._next, self._room = now, now + self._patient(wait), 1
        self._streak += 1
        return True

    def tell(self, now: float, remaining: int | None, reset: float | None) -> None:
        """The platform said how many more requests it takes, and perhaps in how many seconds it takes more."""
        if remaining is None:
            return
        self._room = max(1, min(self._room, remaining))
        if not remaining and reset is not None and reset <= LONGEST_WAIT:
            self._next = max(self._next, now + reset)

    def _patient(self, wait: float | None) -> float:
        """Seconds to wait: longer than asked for where that was in vain."""
        if wait is None:
            return UNSAID * min(1 << self._streak, LONGER)
        return max(wait, UNSAID) * min(1 << (self._streak - 1), LONGER) if self._streak else wait

    @property
    def _is_known(self) -> bool:
        return self.most is not None or self.interval > 0

    def _forget(self, now: float) -> None:
        while self._passed and self._passed[0].answered <= now - MINUTE:
            self._passed.popleft()
        if now - self._learned > LASTING:
            self.most, self.is_guess, self._learned = None, True, math.inf
            self._room = math.inf if self.interval else 1

    def _learn(self, now: float, wait: float | None) -> None:
        """The limit, from what passed before the refusal; nothing, where others may have had the most of it."""
        latest = [passed for passed in self._passed if passed.sent > self._refused]
        most = _most(list(self._passed), now, wait or 0.0) or _most(latest, now, wait or 0.0)
        interval = 0.0 if most else self.interval * 1.5 or _interval(latest, now)
        if most or (wait is not None and interval and wait <= interval + 1):
            # At first a bucket is full; what it holds later, nobody knows.
            self.is_guess = math.isfinite(self._refused)
            self.most, self.interval, self._learned = most, interval, now


SHORTER = 0.97
"""What an interval becomes within a second, where shorter ones are tried."""

TELLING = 10
"""Requests whose number says something about a rate."""


def _most(passed: list[Passed], now: float, wait: float) -> int | None:
    """The requests of a minute, if the refusal lasts for the rest of the one in which these passed."""
    if passed and MINUTE - 2 <= now - passed[0].sent + wait <= MINUTE + 5:
        return len(passed)
    return None


def _interval(passed: list[Passed], now: float) -> float:
    """Seconds in which a bucket gives another request, if it was full at first and takes a minute to fill."""
    return (now - passed[0].sent + MINUTE) / len(passed) if len(passed) >= TELLING else 0.0

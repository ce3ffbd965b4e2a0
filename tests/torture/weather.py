"""What becomes of each request: faults drawn by a seed, in the emulator's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from torture.clock import Clock

    from pulumi_managed_agents.declaration.values import Bag

UNREACHABLE: Bag = {}
"""No rule of the emulator: the request never gets there."""

LAG_SECONDS = 0.8
"""How far a copy that is read from is behind at most. Without a bound nobody could ever tell what is gone."""

_STALE: Bag = {"stale": True, "stale_seconds": LAG_SECONDS}

BEFORE: Sequence[tuple[float, Bag]] = (
    (9, {"status": 429, "retry_after": 1}),
    (3, {"status": 429, "retry_after": 7}),
    (7, {"status": 429}),
    (4, {"status": 500}),
    (3, {"status": 502}),
    (4, {"status": 503}),
    (4, {"status": 529}),
    (9, {"drop": "before"}),
    (3, UNREACHABLE),
    (2, {"status": 404, "body": "ingress"}),
    (1, {"status": 404, "body": "gateway"}),
    (1, {"status": 404, "body": "empty"}),
    (2, {"status": 503, "body": "ingress"}),
    (2, {"status": 400, "message": "not in this form"}),
    (1, {"status": 403}),
)
"""Faults of a request that has no effect, with their weights."""

AFTER: Sequence[tuple[float, Bag]] = (
    (4, {"status": 500, "after_commit": True}),
    (4, {"status": 503, "after_commit": True}),
    (2, {"status": 529, "after_commit": True}),
    (3, {"status": 408, "after_commit": True}),
    (5, {"status": 504, "after_commit": True}),
    (12, {"drop": "after"}),
    (5, {"body": "garbage"}),
    (5, {"body": "truncated"}),
)
"""Faults of a request that has its effect, or is answered by a copy that lags."""

LAGGING: Sequence[tuple[float, Bag]] = ((30, _STALE),)
"""Beside the others, where something is read."""

OUTAGE: Sequence[tuple[float, Bag]] = (
    (8, {"status": 503}),
    (4, {"status": 529}),
    (2, {"status": 502, "body": "ingress"}),
    (2, {"status": 429, "retry_after": 5}),
    (4, {"drop": "before"}),
    (4, UNREACHABLE),
    (1, {"status": 404, "body": "ingress"}),
    (3, {"drop": "after"}),
    (3, {"status": 504, "after_commit": True}),
    (1, {"body": "garbage"}),
)
"""What every request meets while a platform is out."""


@dataclass(frozen=True)
class Climate:
    """How often requests are hit, how patient the provider is, and whether the platform is out at times."""

    name: str
    hit: float
    retries: int
    outages: float = 0.0
    """How likely a request is to meet the beginning of an outage."""
    longest: float = 60.0
    """Seconds that an outage lasts at most."""


CLIMATES = {
    climate.name: climate
    for climate in (
        Climate("4 retries", 0.20, 4),
        Climate("1 retry", 0.20, 1),
        Climate("outages", 0.10, 4, outages=0.02),
    )
}
CALM = Climate("calm", 0.0, 4)


class Weather:
    """The faults of one world."""

    def __init__(self, climate: Climate, random: Random, clock: Clock) -> None:
        self.climate = climate
        self._random = random
        self._clock = clock
        self._out_until = 0.0

    def fault(self, method: str) -> Bag | None:
        """The rule that hits a request; None for one that is left alone."""
        climate, now = self.climate, self._clock.now()
        if self._random.random() < climate.outages and now >= self._out_until:
            self._out_until = now + self._random.uniform(2.0, climate.longest)
        if now < self._out_until:
            return self._drawn(OUTAGE)
        if self._random.random() >= climate.hit:
            return None
        return self._drawn((*BEFORE, *AFTER, *(LAGGING if method == "GET" else ())))

    def clear_up(self) -> None:
        """Nothing fails any more."""
        self.climate, self._out_until = CALM, 0.0

    def _drawn(self, faults: Sequence[tuple[float, Bag]]) -> Bag:
        weights = [weight for weight, _ in faults]
        return self._random.choices([fault for _, fault in faults], weights)[0]

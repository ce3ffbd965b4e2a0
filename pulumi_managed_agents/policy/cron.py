"""How close to each other a cron schedule's runs come, by the clock on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ..declaration.cron import Cron

_DAY = 24 * 60
_FIRST_DAY = date(2024, 1, 1)
_DAYS = 8 * 366
"""Long enough to meet 29 February twice."""


def shortest_gap(cron: Cron) -> int | None:
    """Minutes between the two closest runs; None when there are no two."""
    times = sorted(hour * 60 + minute for hour in cron.hours for minute in cron.minutes)
    days = list(_days(cron))
    gaps = [later - earlier for earlier, later in pairwise(times)] if days else []
    over_night = [(later - earlier).days * _DAY - (times[-1] - times[0]) for earlier, later in pairwise(days)]
    return min(gaps + over_night, default=None)


def _days(cron: Cron) -> Iterator[date]:
    """The days with runs."""
    for count in range(_DAYS):
        day = _FIRST_DAY + timedelta(days=count)
        in_month, in_week = day.day in cron.days, day.isoweekday() in cron.weekdays
        if day.month in cron.months and (in_month or in_week if cron.either else in_month and in_week):
            yield day

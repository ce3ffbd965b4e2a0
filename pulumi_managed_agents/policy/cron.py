"""How close to each other a cron schedule's runs come, by the clock on the wall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_ITEM = re.compile(r"(?:\*|(?P<first>\d{1,2})(?:-(?P<last>\d{1,2}))?)(?:/(?P<step>\d{1,2}))?", re.ASCII)
_DAY = 24 * 60
_SUNDAY = 7
_FIRST_DAY = date(2024, 1, 1)
_DAYS = 8 * 366
"""Long enough to meet 29 February twice."""


def shortest_gap(expression: str) -> int | None:
    """Minutes between the two closest runs; None when there are no two, or the expression is none."""
    fields = [_values(text, *bounds) for text, bounds in zip(expression.split(), _BOUNDS, strict=False)]
    if len(expression.split()) != len(_BOUNDS) or any(not field for field in fields):
        return None
    minutes, hours, *dates = fields
    times = sorted(hour * 60 + minute for hour in hours for minute in minutes)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    over_night = [days * _DAY - (times[-1] - times[0]) for days in _day_gaps(expression, *dates)]
    return min(gaps + over_night, default=None)


def _values(text: str, lowest: int, highest: int) -> frozenset[int]:
    """The values of a field; none when it cannot be read."""
    found: set[int] = set()
    for item in text.split(","):
        match = _ITEM.fullmatch(item)
        if match is None:
            return frozenset()
        first, last, step = (int(part) if part else None for part in match.groups())
        start = lowest if first is None else first
        # `3/5` reaches to the end of the field, `3` is itself alone.
        end = last if last is not None else (start if first is not None and step is None else highest)
        found.update(range(start, min(end, highest) + 1, max(step or 1, 1)))
    return frozenset(found)


def _day_gaps(expression: str, days: frozenset[int], months: frozenset[int], weekdays: frozenset[int]) -> Iterator[int]:
    """Days from each day with runs to the next."""
    _, _, of_month, _, of_week = expression.split()
    # POSIX: when both are restricted, a day that matches one of them is enough.
    either = not of_month.startswith("*") and not of_week.startswith("*")
    matching = [
        day
        for day in (_FIRST_DAY + timedelta(days=count) for count in range(_DAYS))
        if day.month in months and _matches(day, days, weekdays, either=either)
    ]
    yield from ((later - earlier).days for earlier, later in pairwise(matching))


def _matches(day: date, days: frozenset[int], weekdays: frozenset[int], *, either: bool) -> bool:
    in_month, in_week = day.day in days, day.isoweekday() in weekdays or day.isoweekday() % _SUNDAY in weekdays
    return in_month or in_week if either else in_month and in_week

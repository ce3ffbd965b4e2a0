"""Cron schedules as the platforms describe them: five POSIX fields, matched literally on the wall clock of a zone.

A moment fires when the zone's clock shows a matching time. Hence a time that a change of the clock skips does not
fire, and one that it repeats fires twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day-of-month", 1, 31), ("month", 1, 12), ("day-of-week", 0, 7))
_ITEM = re.compile(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?", re.ASCII)
_SUNDAY = 7
_MINUTE = timedelta(minutes=1)
_HORIZON = timedelta(days=9 * 366)
"""No schedule that ever fires rests longer: 29 February is left out once in 1900, 2100 and their like."""


@dataclass(frozen=True)
class Cron:
    """A parsed schedule."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool
    """POSIX: when day-of-month and day-of-week are both restricted, a day that matches one of them is enough."""
    zone: ZoneInfo

    def after(self, moment: datetime) -> Iterator[datetime]:
        """The moments that fire after this one, in UTC."""
        instant = moment.astimezone(UTC).replace(second=0, microsecond=0) + _MINUTE
        end = instant + _HORIZON
        while instant < end:
            local = instant.astimezone(self.zone)
            if self._matches(local):
                yield instant
                end = instant + _HORIZON
            instant += self._stride(instant, local)

    def _matches(self, local: datetime) -> bool:
        return local.minute in self.minutes and local.hour in self.hours and self._day(local)

    def _day(self, day: date) -> bool:
        in_month, in_week = day.day in self.days, day.isoweekday() in self.weekdays
        return day.month in self.months and (in_month or in_week if self.either else in_month and in_week)

    def _stride(self, instant: datetime, local: datetime) -> timedelta:
        """How far nothing can match: the rest of a wrong day or hour, but never across a change of the clock."""
        stride = _MINUTE
        if not self._day(local):
            stride = timedelta(hours=24 - local.hour) - timedelta(minutes=local.minute)
        elif local.hour not in self.hours:
            stride = timedelta(minutes=60 - local.minute)
        while stride > _MINUTE and (instant + stride).astimezone(self.zone).utcoffset() != local.utcoffset():
            stride = max(_MINUTE, stride // 2 // _MINUTE * _MINUTE)
        return stride


def parse(expression: str, timezone: str) -> Cron:
    """Reads a schedule.

    Steps (`*/15`) are read although POSIX has none, since no document excludes them; names of months and days are not.

    Raises:
        ValueError: the expression or the zone is none; the message says which part.
    """
    texts = expression.split()
    if len(texts) != len(_FIELDS):
        raise ValueError(f"a cron expression has {len(_FIELDS)} fields, this one has {len(texts)}")
    minutes, hours, days, months, weekdays = (_values(text, *field) for text, field in zip(texts, _FIELDS, strict=True))
    if 0 in weekdays:
        weekdays |= {_SUNDAY}
    either = not texts[2].startswith("*") and not texts[4].startswith("*")
    return Cron(minutes, hours, days, months, weekdays, either, _zone(timezone))


def _values(text: str, name: str, lowest: int, highest: int) -> frozenset[int]:
    values: set[int] = set()
    for item in text.split(","):
        match = _ITEM.fullmatch(item)
        if match is None:
            raise ValueError(f"{name}: {item!r} is no number, range, list or *")
        values |= set(_range(match, name, lowest, highest))
    return frozenset(values)


def _range(match: re.Match[str], name: str, lowest: int, highest: int) -> range:
    first, last, step = (None if part is None else int(part) for part in match.groups())
    start = lowest if first is None else first
    # `3/5` reaches to the end of the field, `3` is itself alone.
    end = last if last is not None else (highest if first is None or step is not None else first)
    if not lowest <= start <= end <= highest:
        raise ValueError(f"{name}: {match[0]!r} does not lie between {lowest} and {highest}")
    if step == 0:
        raise ValueError(f"{name}: a step is at least 1")
    return range(start, end + 1, step or 1)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone of the IANA database") from None

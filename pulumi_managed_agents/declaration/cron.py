"""Cron schedules of five fields, in numbers: what POSIX has, and steps."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day of month", 1, 31), ("month", 1, 12), ("day of week", 0, 7))
_ITEM = re.compile(r"(?:\*|(?P<first>\d{1,2})(?:-(?P<last>\d{1,2}))?)(?:/(?P<step>\d{1,2}))?", re.ASCII)
_SUNDAY = 7
_LONGEST = 256


@dataclass(frozen=True)
class Cron:
    """When a schedule runs, by the clock on the wall; Sunday is the seventh day of the week."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool
    """POSIX: when day of month and day of week are both restricted, a day that matches one of them is enough."""


def parse(expression: str) -> Cron:
    """The schedule that the expression is.

    Raises:
        ValueError: it is none; the text goes on from the name of the property.
    """
    texts = expression.split()
    if len(texts) != len(_FIELDS) or len(expression) > _LONGEST:
        raise ValueError(f"needs {len(_FIELDS)} fields: {', '.join(name for name, _, _ in _FIELDS)}")
    minutes, hours, days, months, weekdays = (_values(text, *field) for text, field in zip(texts, _FIELDS, strict=True))
    if 0 in weekdays:
        weekdays |= {_SUNDAY}
    either = not texts[2].startswith("*") and not texts[4].startswith("*")
    return Cron(minutes, hours, days, months, weekdays, either)


def cron_expression(expression: str) -> str:
    """The expression, where it is one.

    Raises:
        ValueError: it is none.
    """
    parse(expression)
    return expression


def _a(name: str) -> str:
    return f"an {name}" if name == "hour" else f"a {name}"


def _values(text: str, name: str, lowest: int, highest: int) -> frozenset[int]:
    found: set[int] = set()
    for item in text.split(","):
        match = _ITEM.fullmatch(item)
        if match is None:
            raise ValueError(f"has {_a(name)} that is no number, range, list or `*`")
        found.update(_range(match, name, lowest, highest))
    return frozenset(found)


def _range(match: re.Match[str], name: str, lowest: int, highest: int) -> range:
    first, last, step = (None if part is None else int(part) for part in match.groups())
    start = lowest if first is None else first
    # `3/5` reaches to the end of the field, `3` is itself alone.
    end = last if last is not None else (highest if first is None or step is not None else first)
    if not lowest <= start <= end <= highest or step == 0:
        raise ValueError(f"has {_a(name)} that is not between {lowest} and {highest}, or a step of nothing")
    return range(start, end + 1, step or 1)

"""What stands behind the `?` of a path: flags, numbers, times."""

from collections.abc import Callable, Mapping
from datetime import datetime

from werkzeug.datastructures import MultiDict

from .. import clock
from ..errors import EmulatorError
from .dialect import Dialect

Query = MultiDict[str, str]

MAX_INTEGER = 2**31 - 1
"""Integers of the APIs have 32 bits."""
_DIGITS = 11

OUTER_BOUNDS = ("gte", "lte")
ALL_BOUNDS = ("gt", "gte", "lt", "lte")
_BOUNDS: dict[str, Callable[[datetime, datetime], bool]] = {
    "gt": lambda moment, bound: moment > bound,
    "gte": lambda moment, bound: moment >= bound,
    "lt": lambda moment, bound: moment < bound,
    "lte": lambda moment, bound: moment <= bound,
}


def integer(text: str, lowest: int = 1, highest: int = MAX_INTEGER) -> int | None:
    """The number that a text writes in decimal digits; None if it is none or lies outside."""
    if not text.isascii() or not text.isdigit() or not lowest <= int(text[:_DIGITS]) <= highest:
        return None
    return int(text[:_DIGITS])


def flag(dialect: Dialect, query: Query, name: str) -> bool | None:
    """A boolean of a query; None if it is not there."""
    text = query.get(name)
    if text not in (None, "true", "false"):
        raise dialect.invalid(name, "must be true or false")
    return None if text is None else text == "true"


def moment(dialect: Dialect, text: str, path: str) -> datetime:
    """A time that was sent."""
    try:
        return clock.parse(text)
    except (EmulatorError, OverflowError):
        raise dialect.invalid(path, "must be an RFC 3339 time") from None


def bounds(dialect: Dialect, query: Query, names: tuple[str, ...]) -> dict[str, datetime]:
    """The time filters of a query, as `created_at[gte]`, among those that a list has."""
    paths = {name: f"created_at[{name}]" for name in names}
    return {name: moment(dialect, query[path], path) for name, path in paths.items() if path in query}


def within(filters: Mapping[str, datetime], time: str) -> bool:
    """Whether a moment passes time filters."""
    return all(_BOUNDS[name](clock.parse(time), bound) for name, bound in filters.items())

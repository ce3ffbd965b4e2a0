"""Lists: a limit, three cursors of which a request sends one, time filters (section 1.3).

A cursor is the id of an item. It keeps its meaning when that item is deleted between two pages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from werkzeug.datastructures import MultiDict

from .. import clock
from ..errors import EmulatorError
from ..world import JSON, Order, Position, Record, Transaction
from .errors import invalid

DEFAULT, MAXIMUM = 20, 100
MAX_INTEGER = 2**31 - 1
CURSORS = ("page", "after_id", "before_id")
OUTER_BOUNDS = ("gte", "lte")
ALL_BOUNDS = ("gt", "gte", "lt", "lte")

Query = MultiDict[str, str]
Item = tuple[str, JSON]
"""A cursor and what it stands for."""
_BOUNDS: dict[str, Callable[[datetime, datetime], bool]] = {
    "gt": lambda moment, bound: moment > bound,
    "gte": lambda moment, bound: moment >= bound,
    "lt": lambda moment, bound: moment < bound,
    "lte": lambda moment, bound: moment <= bound,
}


@dataclass(frozen=True)
class Listing:
    """Something that can be walked in both directions from any of its items."""

    walk: Callable[[Order, Position | None], Iterator[Item]]
    place: Callable[[str], Position | None]


def stored(tx: Transaction, kind: str, show: Callable[[Record], JSON] = lambda record: record.body) -> Listing:
    """The objects of a kind."""

    def walk(order: Order, after: Position | None) -> Iterator[Item]:
        return ((record.id, show(record)) for record in tx.scan(kind, order, after))

    def place(cursor: str) -> Position | None:
        return tx.place(kind, cursor)

    return Listing(walk, place)


def said(tx: Transaction, owner: str) -> Listing:
    """The events of a session."""

    def walk(order: Order, after: Position | None) -> Iterator[Item]:
        return ((event["id"], event) for _, event in tx.events(owner, order, after))

    def place(cursor: str) -> Position | None:
        return tx.event_place(owner, cursor)

    return Listing(walk, place)


def counted(items: list[Item]) -> Listing:
    """A short list that is there as a whole, in ascending order."""

    def walk(order: Order, after: Position | None) -> Iterator[Item]:
        if order == "asc":
            return iter(items[0 if after is None else after[1] + 1 :])
        return iter(items[: None if after is None else after[1]][::-1])

    def place(cursor: str) -> Position | None:
        return next((("", index) for index, item in enumerate(items) if item[0] == cursor), None)

    return Listing(walk, place)


def page(
    query: Query,
    listing: Listing,
    keep: Callable[[JSON], bool] = lambda _: True,
    *,
    order: Order = "desc",
    bounds: tuple[str, ...] = (),
    time: str = "created_at",
) -> JSON:
    """One page. The default order of lists is not documented: newest first, unless said otherwise (inferred)."""
    limit = number(query, "limit", MAXIMUM) or DEFAULT
    position, backwards = _start(query, listing)
    within = _filter(query, bounds)
    towards: Order = ("asc" if order == "desc" else "desc") if backwards else order
    wanted = ((cursor, body) for cursor, body in listing.walk(towards, position) if within(body, time) and keep(body))
    found = list(islice(wanted, limit + 1))
    items = found[:limit][:: -1 if backwards else 1]
    more = len(found) > limit
    return {
        "data": [body for _, body in items],
        "first_id": items[0][0] if items else None,
        "last_id": items[-1][0] if items else None,
        "has_more": more,
        # `page` walks onwards, so a page that was asked for backwards has no next one (inferred).
        "next_page": items[-1][0] if more and not backwards else None,
    }


def flag(query: Query, name: str) -> bool | None:
    """A boolean of a query."""
    text = query.get(name)
    if text not in (None, "true", "false"):
        raise invalid(f"{name}: must be true or false", name)
    return None if text is None else text == "true"


def number(query: Query, name: str, maximum: int = MAX_INTEGER) -> int | None:
    """A positive integer of a query."""
    text = query.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:11]) <= maximum:
        raise invalid(f"{name}: must be an integer from 1 to {maximum}", name)
    return int(text)


def choice(query: Query, name: str, *allowed: str) -> str | None:
    """A word of a query."""
    text = query.get(name)
    if text is not None and text not in allowed:
        raise invalid(f"{name}: must be one of {', '.join(allowed)}", name)
    return text


def ordered(query: Query, default: Order) -> Order:
    """The order that a query asks for, where it may."""
    text = choice(query, "order", "asc", "desc") or default
    return "asc" if text == "asc" else "desc"


def _start(query: Query, listing: Listing) -> tuple[Position | None, bool]:
    given = [name for name in CURSORS if query.get(name)]
    if len(given) > 1:
        raise invalid(f"{given[0]} and {given[1]} cannot be sent together", given[1])
    if not given:
        return None, False
    position = listing.place(query[given[0]])
    if position is None:
        raise invalid(f"{given[0]}: not a cursor of this list", given[0])
    return position, given[0] == "before_id"


def _filter(query: Query, bounds: tuple[str, ...]) -> Callable[[JSON, str], bool]:
    given = {name: moment(query, f"created_at[{name}]") for name in bounds}
    active = {name: bound for name, bound in given.items() if bound is not None}

    def within(body: JSON, time: str) -> bool:
        return all(_BOUNDS[name](clock.parse(body[time]), bound) for name, bound in active.items())

    return within


def moment(query: Query, name: str) -> datetime | None:
    """A time of a query."""
    if name not in query:
        return None
    try:
        return clock.parse(query[name])
    except (EmulatorError, OverflowError):
        raise invalid(f"{name}: must be an RFC 3339 time", name) from None


def between(query: Query, after: str, before: str) -> Callable[[JSON], bool]:
    """Whether something was created between two times of a query."""
    start, end = moment(query, after), moment(query, before)

    def within(body: JSON) -> bool:
        time = clock.parse(body["created_at"])
        return (start is None or time > start) and (end is None or time < end)

    return within


def passes(body: JSON, filters: dict[str, Any]) -> bool:
    """Whether a body has every member that was asked for."""
    return all(wanted is None or body[name] == wanted for name, wanted in filters.items())

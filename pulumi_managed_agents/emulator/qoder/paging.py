"""Lists: a limit, three cursors of which a request sends one, time filters (section 1.3).

A cursor is the id of an item. It keeps its meaning when that item is deleted between two pages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .. import clock
from ..platform import Answer, Call, queries
from ..platform.kinds import Kind
from ..platform.queries import ALL_BOUNDS, MAX_INTEGER, OUTER_BOUNDS, Query
from ..world import JSON, Order, Position, Record, Transaction
from .dialect import DIALECT
from .errors import invalid

__all__ = [
    "ALL_BOUNDS",
    "OUTER_BOUNDS",
    "Query",
    "among",
    "answer",
    "between",
    "choice",
    "flag",
    "happened",
    "number",
    "ordered",
    "page",
    "passes",
    "stored",
]

DEFAULT, MAXIMUM = 20, 100
CURSORS = ("page", "after_id", "before_id")

Item = tuple[str, JSON]
"""A cursor and what it stands for."""


@dataclass(frozen=True)
class Listing:
    """Something that can be walked in both directions from any of its items."""

    walk: Callable[[Order, Position | None], Iterator[Item]]
    place: Callable[[str], Position | None]


def stored(tx: Transaction, kind: Kind, show: Callable[[Record], JSON] = lambda record: record.body) -> Listing:
    """The objects of a kind."""

    def walk(order: Order, after: Position | None) -> Iterator[Item]:
        return ((record.id, show(record)) for record in tx.scan(kind.table, order, after))

    return Listing(walk, lambda cursor: tx.place(kind.table, cursor))


def happened(tx: Transaction, owner: str) -> Listing:
    """The events of a session."""

    def walk(order: Order, after: Position | None) -> Iterator[Item]:
        return ((event["id"], event) for _, event in tx.events(owner, order, after))

    return Listing(walk, lambda cursor: tx.event_place(owner, cursor))


def among(items: list[Item]) -> Listing:
    """A short list that is there as a whole, in ascending order."""

    def walk(order: Order, after: Position | None) -> Iterator[Item]:
        if order == "asc":
            return iter(items[0 if after is None else after[1] + 1 :])
        return iter(items[: None if after is None else after[1]][::-1])

    def place(cursor: str) -> Position | None:
        return next((("", index) for index, item in enumerate(items) if item[0] == cursor), None)

    return Listing(walk, place)


def answer(
    tx: Transaction,
    call: Call,
    kind: Kind,
    *,
    bounds: tuple[str, ...] = (),
    keep: Callable[[JSON], bool] = lambda _: True,
    show: Callable[[Record], JSON] = lambda record: record.body,
) -> Answer:
    """One page of a kind; what is archived is hidden unless it is asked for."""
    archived = flag(call.query, "include_archived")

    def wanted(body: JSON) -> bool:
        return (archived or body.get("archived_at") is None) and keep(body)

    return Answer(document=page(call.query, stored(tx, kind, show), wanted, bounds=bounds))


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
    filters = queries.bounds(DIALECT, query, bounds)
    towards: Order = ("asc" if order == "desc" else "desc") if backwards else order
    wanted = (
        (cursor, body)
        for cursor, body in listing.walk(towards, position)
        if queries.within(filters, body[time]) and keep(body)
    )
    rows = list(islice(wanted, limit + 1))
    items = rows[:limit][:: -1 if backwards else 1]
    more = len(rows) > limit
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
    return queries.flag(DIALECT, query, name)


def number(query: Query, name: str, maximum: int = MAX_INTEGER) -> int | None:
    """A positive integer of a query."""
    text = query.get(name)
    if text is None:
        return None
    value = queries.integer(text, highest=maximum)
    if value is None:
        raise invalid(f"{name}: must be an integer from 1 to {maximum}", name)
    return value


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


def between(query: Query, after: str, before: str) -> Callable[[JSON], bool]:
    """Whether something was created between two times of a query."""
    start, end = (queries.moment(DIALECT, query[name], name) if name in query else None for name in (after, before))

    def within(body: JSON) -> bool:
        time = clock.parse(body["created_at"])
        return (start is None or time > start) and (end is None or time < end)

    return within


def passes(body: JSON, filters: dict[str, Any]) -> bool:
    """Whether a body has every member that was asked for."""
    return all(wanted is None or body[name] == wanted for name, wanted in filters.items())

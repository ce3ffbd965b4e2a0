"""Lists: limit, opaque cursors that remember their order, and time filters."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .. import clock
from ..errors import EmulatorError
from ..platform import Answer, Call, queries
from ..platform.kinds import Kind
from ..platform.queries import ALL_BOUNDS, MAX_INTEGER, OUTER_BOUNDS, Query
from ..world import JSON, Order, Position, Record, Transaction
from .dialect import DIALECT
from .errors import invalid

Item = tuple[Position, JSON]
Source = Callable[[Order, Position | None], Iterator[Item]]

__all__ = ["ALL_BOUNDS", "OUTER_BOUNDS", "Item", "Query", "among", "answer", "flag", "number", "page", "window"]


@dataclass(frozen=True)
class Window:
    """Which part of a list is asked for."""

    limit: int | None
    order: Order
    at: Position | None = None
    backwards: bool = False
    bounds: dict[str, datetime] = field(default_factory=dict)

    def holds(self, time: str) -> bool:
        """Whether a moment passes the time filters."""
        return queries.within(self.bounds, time)


def window(
    query: Query,
    *,
    default: int | None,
    maximum: int,
    order: Order,
    bounds: tuple[str, ...] = (),
    ordered: bool = False,
    cap: int | None = None,
) -> Window:
    """Reads limit and page of a query, and where a list has them the time filters and the order.

    A limit beyond the maximum is refused; one beyond the cap is lowered to it.
    """
    chosen = _order(query, order) if ordered else order
    given = queries.bounds(DIALECT, query, bounds)
    at, backwards = _cursor(query.get("page"), chosen)
    limit = _limit(query, default, maximum)
    part = Window(limit if cap is None or limit is None else min(limit, cap), chosen, at, backwards, given)
    if at is not None and at[0] and not part.holds(at[0]):
        raise invalid("page: the cursor lies outside the created_at filter")
    return part


def answer(
    tx: Transaction,
    call: Call,
    kind: Kind,
    *,
    maximum: int = 100,
    bounds: tuple[str, ...] = (),
    cap: int | None = None,
    keep: Callable[[JSON], bool] = lambda _: True,
    show: Callable[[Record], JSON] = lambda record: record.body,
) -> Answer:
    """One page of a kind, newest first (documented for some kinds, inferred for the others)."""
    part = window(call.query, default=20, maximum=maximum, order="desc", bounds=bounds, cap=cap)
    archived = flag(call.query, "include_archived")

    def wanted(body: JSON) -> bool:
        return (archived or body.get("archived_at") is None) and keep(body)

    return Answer(document=page(part, stored(tx, kind, show), wanted))


def page(part: Window, source: Source, keep: Callable[[JSON], bool], *, both_ways: bool = False) -> JSON:
    """One page of a list, with the cursors to its neighbours."""
    towards: Order = part.order
    if part.backwards:
        towards = "asc" if part.order == "desc" else "desc"
    items: list[Item] = []
    for item in source(towards, part.at):
        if part.limit is not None and len(items) > part.limit:
            break
        if (not part.bounds or part.holds(item[0][0])) and keep(item[1]):
            items.append(item)
    return _page(part, items, both_ways=both_ways)


def _page(part: Window, rows: list[Item], *, both_ways: bool) -> JSON:
    more = part.limit is not None and len(rows) > part.limit
    items = rows[: part.limit]
    if part.backwards:
        items.reverse()
    following = (more or part.backwards) and items
    preceding = (more if part.backwards else part.at is not None) and items
    answer: JSON = {"data": [item[1] for item in items]}
    answer["next_page"] = _write(part.order, items[-1][0]) if following else None
    if both_ways:
        answer["prev_page"] = _write(part.order, items[0][0], backwards=True) if preceding else None
    return answer


def stored(tx: Transaction, kind: Kind, show: Callable[[Record], JSON]) -> Source:
    """The source of a list of stored objects."""

    def source(order: Order, after: Position | None) -> Iterator[Item]:
        return ((record.position, show(record)) for record in tx.scan(kind.table, order, after))

    return source


def among(items: list[Item]) -> Source:
    """The source of a list that is at hand as a whole, in ascending order."""

    def source(order: Order, after: Position | None) -> Iterator[Item]:
        ahead = [item for item in items if after is None or (item[0] > after if order == "asc" else item[0] < after)]
        return iter(ahead if order == "asc" else ahead[::-1])

    return source


def flag(query: Query, name: str) -> bool | None:
    """A boolean of a query."""
    return queries.flag(DIALECT, query, name)


def number(query: Query, name: str) -> int | None:
    """A positive integer of a query."""
    text = query.get(name)
    if text is None:
        return None
    value = queries.integer(text)
    if value is None:
        raise invalid(f"{name}: must be an integer of at least 1")
    return value


def _limit(query: Query, default: int | None, maximum: int) -> int | None:
    limit = number(query, "limit")
    if limit is not None and limit > maximum:
        raise invalid(f"limit: must be at most {maximum}")
    return default if limit is None else limit


def _order(query: Query, default: Order) -> Order:
    text = query.get("order", default)
    if text == "asc":
        return "asc"
    if text == "desc":
        return "desc"
    raise invalid("order: must be asc or desc")


def _write(order: Order, position: Position, *, backwards: bool = False) -> str:
    text = json.dumps([order, *position, backwards])
    return "page_" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _cursor(text: str | None, order: Order) -> tuple[Position | None, bool]:
    if not text:
        return None, False
    made_for, time, seq, backwards = _read(text)
    if made_for != order:
        raise invalid("page: the cursor belongs to a list in another order")
    return (time, seq), backwards


def _read(text: str) -> tuple[Any, str, int, bool]:
    encoded = text.removeprefix("page_")
    try:
        order, time, seq, backwards = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
        if time:
            clock.parse(time)
        return order, str(time), min(int(seq), MAX_INTEGER), bool(backwards)
    except (ValueError, TypeError, OverflowError, EmulatorError):
        raise invalid("page: not a cursor of this API") from None

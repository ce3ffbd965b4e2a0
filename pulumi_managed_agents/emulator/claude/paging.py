"""Lists: limit, opaque cursors that remember their order, and time filters."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from .. import clock
from ..errors import EmulatorError
from ..world import JSON, Order, Position
from . import schema
from .errors import invalid

Item = tuple[Position, JSON]
Source = Callable[[Order, Position | None], Iterator[Item]]

MAX_INTEGER = 2**31 - 1
"""Integers of the API have 32 bits."""
DIGITS = 11

ALL_BOUNDS = ("gt", "gte", "lt", "lte")
_BOUNDS: dict[str, Callable[[datetime, datetime], bool]] = {
    "gt": lambda moment, bound: moment > bound,
    "gte": lambda moment, bound: moment >= bound,
    "lt": lambda moment, bound: moment < bound,
    "lte": lambda moment, bound: moment <= bound,
}


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
        moment = clock.parse(time)
        return all(_BOUNDS[name](moment, bound) for name, bound in self.bounds.items())


def window(
    query: MultiDict[str, str],
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
    given = {name: _moment(query, name) for name in bounds if f"created_at[{name}]" in query}
    at, backwards = _cursor(query.get("page"), chosen)
    limit = _limit(query, default, maximum)
    found = Window(limit if cap is None or limit is None else min(limit, cap), chosen, at, backwards, given)
    if at is not None and at[0] and not found.holds(at[0]):
        raise invalid("page: the cursor lies outside the created_at filter")
    return found


def page(part: Window, source: Source, keep: Callable[[JSON], bool], *, both_ways: bool = False) -> JSON:
    """One page of a list, with the cursors to its neighbours."""
    towards: Order = part.order
    if part.backwards:
        towards = "asc" if part.order == "desc" else "desc"
    found: list[Item] = []
    for item in source(towards, part.at):
        if part.limit is not None and len(found) > part.limit:
            break
        if (not part.bounds or part.holds(item[0][0])) and keep(item[1]):
            found.append(item)
    return _page(part, found, both_ways=both_ways)


def _page(part: Window, found: list[Item], *, both_ways: bool) -> JSON:
    more = part.limit is not None and len(found) > part.limit
    items = found[: part.limit]
    if part.backwards:
        items.reverse()
    following = (more or part.backwards) and items
    preceding = (more if part.backwards else part.at is not None) and items
    answer: JSON = {"data": [item[1] for item in items]}
    answer["next_page"] = _write(part.order, items[-1][0]) if following else None
    if both_ways:
        answer["prev_page"] = _write(part.order, items[0][0], backwards=True) if preceding else None
    return answer


def among(items: list[Item]) -> Source:
    """The source of a list that is at hand as a whole, in ascending order."""

    def source(order: Order, after: Position | None) -> Iterator[Item]:
        ahead = [item for item in items if after is None or (item[0] > after if order == "asc" else item[0] < after)]
        return iter(ahead if order == "asc" else ahead[::-1])

    return source


def flag(query: MultiDict[str, str], name: str) -> bool:
    """A boolean of a query."""
    text = query.get(name, "false")
    if text not in ("true", "false"):
        raise invalid(f"{name}: must be true or false")
    return text == "true"


def number(query: MultiDict[str, str], name: str) -> int | None:
    """A positive integer of a query."""
    text = query.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:DIGITS]) <= MAX_INTEGER:
        raise invalid(f"{name}: must be an integer of at least 1")
    return int(text[:DIGITS])


def _limit(query: MultiDict[str, str], default: int | None, maximum: int) -> int | None:
    limit = number(query, "limit")
    if limit is not None and limit > maximum:
        raise invalid(f"limit: must be at most {maximum}")
    return default if limit is None else limit


def _order(query: MultiDict[str, str], default: Order) -> Order:
    text = query.get("order", default)
    if text == "asc":
        return "asc"
    if text == "desc":
        return "desc"
    raise invalid("order: must be asc or desc")


def _moment(query: MultiDict[str, str], name: str) -> datetime:
    return schema.moment(query[f"created_at[{name}]"], f"created_at[{name}]")


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

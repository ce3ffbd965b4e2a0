"""The pages of a platform's lists."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from ..errors import CallFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..declaration.values import Bag
    from .steps import Call, Steps

PAGE = 100
"""Objects on a page: as many as every list gives."""


def page_at(listing: Call, cursor: str | None, size: int = PAGE) -> Call:
    """The call for the page that begins at the cursor, or for the first one."""
    return replace(listing, query={**listing.query, "limit": size, **({"page": cursor} if cursor else {})})


def cursor_after(page: Bag) -> str | None:
    """Where the next page begins; None after the last one."""
    cursor: str | None = page.get("next_page")
    return cursor or None


MOST_PAGES = 10_000
"""Pages of a list; with so many, it is none that ends."""

SPARSE_PAGES = 1_000
"""Pages with hardly anything new on them after which nothing more is expected."""

FEW = 10
"""New objects on a page, of which fewer are hardly anything."""


class Turns:
    """The turning of a list's pages, for as long as they lead to an end."""

    def __init__(self, listing: Call) -> None:
        self._listing = listing
        self._cursors: set[str] = set()
        self._ids: set[str] = set()

    def after(self, page: Bag) -> str | None:
        """Where the next page begins; None after the last one.

        Raises:
            CallFailed: the pages go round in a circle, or never end.
        """
        cursor = cursor_after(page)
        if cursor is None:
            return None
        self._ids.update(str(item.get("id")) for item in page["data"])
        problem = self._problem(cursor)
        if problem:
            raise CallFailed(str(self._listing.operation), problem)
        self._cursors.add(cursor)
        return cursor

    def _problem(self, cursor: str) -> str | None:
        """Why the next page is not turned to."""
        pages, objects = len(self._cursors), len(self._ids)
        if cursor in self._cursors:
            return "its pages go round in a circle"
        if pages >= MOST_PAGES:
            return f"it has more than {MOST_PAGES} pages, and no end"
        if pages >= SPARSE_PAGES + objects // FEW:
            return f"it has no end: {pages} pages were turned for {objects} objects"
        return None


def pages(listing: Call, limit: int, size: int = PAGE) -> Steps[list[Bag]]:
    """The objects on the pages of a list, at most `limit` (0: all), with at most `size` on a page."""
    found: list[Bag] = []

    def enough(items: list[Bag]) -> bool:
        found.extend(items)
        return bool(limit) and len(found) >= limit

    yield from _turned(listing, min(limit or size, size), enough)
    return found[: limit or None]


def sought(
    listing: Call, is_wanted: Callable[[Bag], bool], most_pages: int, limit: int = 0
) -> Steps[tuple[list[Bag], bool]]:
    """What is wanted on the first pages of a list, at most `limit` (0: all); and whether that may not be all of it."""
    found: list[Bag] = []

    def enough(items: list[Bag]) -> bool:
        found.extend(filter(is_wanted, items))
        return bool(limit) and len(found) >= limit

    goes_on = yield from _turned(listing, PAGE, enough, most_pages)
    return found[: limit or None], goes_on and not (limit and len(found) >= limit)


def first(listing: Call, is_wanted: Callable[[Bag], bool], most_pages: int | None = None) -> Steps[Bag | None]:
    """The first object on the pages of a list that is wanted, looked for on all of them or on the first few."""
    found: list[Bag] = []

    def enough(items: list[Bag]) -> bool:
        found.extend(filter(is_wanted, items))
        return bool(found)

    yield from _turned(listing, PAGE, enough, most_pages)
    return next(iter(found), None)


def since(listing: Call, known: frozenset[str]) -> Steps[list[Bag]]:
    """What a list that begins with the newest shows above the first that is known."""
    found: list[Bag] = []

    def enough(items: list[Bag]) -> bool:
        fresh = list(takewhile(lambda item: item["id"] not in known, items))
        found.extend(fresh)
        return len(fresh) < len(items)

    yield from _turned(listing, PAGE, enough)
    return found


def _turned(
    listing: Call, size: int, enough: Callable[[list[Bag]], bool], most_pages: int | None = None
) -> Steps[bool]:
    """Turns the pages, and hands over what is on each, until that is enough; whether the list goes on there."""
    cursor: str | None = None
    turns, turned = Turns(listing), 0
    while True:
        page = yield page_at(listing, cursor, size)
        cursor, turned = turns.after(page), turned + 1
        if enough(page["data"]) or cursor is None or turned == most_pages:
            return cursor is not None

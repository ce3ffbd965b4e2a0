"""The pages of a platform's list, turned one by one to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import GarbledAnswer
from ..lifecycle.pages import cursor_after, page_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..declaration.values import Bag
    from ..lifecycle.steps import Call
    from .context import Context


def turned(listing: Call, context: Context) -> Iterator[list[Bag]]:
    """What is on each page of the list.

    Raises:
        CallFailed: the list breaks off, or has no end.
    """
    cursor: str | None = None
    seen: set[str | None] = set()
    while cursor not in seen:
        seen.add(cursor)
        page = context.backend.send(page_at(listing, cursor))
        yield page["data"]
        cursor = cursor_after(page)
        if cursor is None:
            return
    raise GarbledAnswer(str(listing.operation), "its pages go round in a circle")

"""The pages of a platform's list, turned one by one to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lifecycle.pages import Turns, page_at

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
    turns = Turns(listing)
    while True:
        page = context.send(page_at(listing, cursor))
        yield page["data"]
        cursor = turns.after(page)
        if cursor is None:
            return

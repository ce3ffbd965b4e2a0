"""The pages of a platform's lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..declaration.values import Bag
from .steps import Call, Steps


def first(listing: Call, is_wanted: Callable[[Bag], bool]) -> Steps[Bag | None]:
    """The first object on the pages of a list that is wanted."""
    cursor: str | None = None
    while True:
        query = {**listing.query, "limit": 100, **({"page": cursor} if cursor else {})}
        page = yield replace(listing, query=query)
        found = next((item for item in page["data"] if is_wanted(item)), None)
        cursor = page.get("next_page")
        if found is not None or cursor is None:
            return found

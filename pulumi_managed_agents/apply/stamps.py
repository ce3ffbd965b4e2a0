"""Finds an object again by the stamp of its creation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..declaration.stamp import STAMP
from ..lifecycle.steps import Call
from .context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..declaration.values import Bag


SEARCHED_PAGES = 3
"""Pages of the newest objects that are searched for a stamp: it was made a moment ago."""

SETTLING = (0.0, 1.0)
"""Seconds before each search: a request whose answer was lost may still be at work."""


def find_stamped(
    collection: str, stamp: str | None, context: Context, place: Mapping[str, str] | None = None
) -> Bag | None:
    """The object among the newest of the collection (at its `place` in another object) that carries the stamp."""
    for pause in SETTLING:
        context.sleep(pause)
        for item in _newest(Call(f"{collection}.list", place or {}), context):
            metadata = item.get("metadata")
            if isinstance(metadata, dict) and metadata.get(STAMP) == stamp:
                return dict(item)
    return None


def _newest(listing: Call, context: Context) -> Iterator[Bag]:
    cursor: str | None = None
    for _ in range(SEARCHED_PAGES):
        query = {"limit": 100, **({"page": cursor} if cursor else {})}
        page = context.backend.send(replace(listing, query=query))
        yield from page["data"]
        cursor = page.get("next_page")
        if cursor is None:
            return

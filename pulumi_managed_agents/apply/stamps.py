"""Finds an object again by the stamp of its creation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.stamp import STAMP
from ..lifecycle.pages import first
from ..lifecycle.steps import Call, Operation
from .context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.values import Bag
    from ..lifecycle.steps import Steps


SEARCHED_PAGES = 3
"""Pages of the newest objects that are searched for a stamp: it was made a moment ago."""

SETTLING = (0.0, 1.0)
"""Seconds before each search: a request whose answer was lost may still be at work."""


def find_stamped(
    collection: str, stamp: str | None, context: Context, place: Mapping[str, str] | None = None
) -> Bag | None:
    """The object among the newest of the collection (at its `place` in another object) that carries the stamp."""

    def carries_it(item: Bag) -> bool:
        metadata = item.get("metadata")
        return isinstance(metadata, dict) and metadata.get(STAMP) == stamp

    newest = Call(Operation(collection, "list"), place or {})
    for pause in SETTLING:
        context.sleep(pause)
        found = _answered(first(newest, carries_it, SEARCHED_PAGES), context)
        if found is not None:
            return found
    return None


def _answered(search: Steps[Bag | None], context: Context) -> Bag | None:
    """The end of a search that makes calls and nothing else."""
    answer = None
    while True:
        try:
            call = search.send(answer)
        except StopIteration as end:
            found: Bag | None = end.value
            return found
        assert isinstance(call, Call)  # noqa: S101 - a search turns pages
        answer = context.backend.send(call)

"""Objects without metadata, and so without a stamp: what a create made is told by what was not there before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from ...lifecycle.alike import told
from ...lifecycle.pages import pages
from ...lifecycle.steps import Effect, Novelty

if TYPE_CHECKING:
    from ...declaration.values import Bag
    from ...lifecycle.alike import Before
    from ...lifecycle.steps import Call, Known, Steps

Test: TypeAlias = Callable[["Bag"], bool]


def made_anew(at: str, listing: Call, is_it: Test, missing: str) -> Effect:
    """An object of the list looks as it should, and was not there before the call; the lists have no known order."""

    def look(known: Known) -> Steps[Bag | None]:
        items = yield from pages(listing, 0)
        return next((item for item in items if item["id"] not in known and is_it(item)), None)

    novelty = Novelty(at, frozenset(), listing, asked=True, ids=lambda answer: [str(answer["id"])])
    return Effect(look=look, missing=missing, novelty=novelty)


def remaining(what: str, listing: Call, is_it: Test, before: Before, within: str = "") -> Steps[Bag | None]:
    """What a create made that was cut off: the only one that looks so, and was not there.

    Raises:
        Untellable: there are several, or nobody knows what was there.
    """
    if before.looked is False:
        return None
    items = yield from pages(listing, 0)
    alike = [item for item in items if is_it(item) and f"{within}{item['id']}" not in before.ids]
    return alike[0] if before.looked and len(alike) == 1 else told(what, alike, before)

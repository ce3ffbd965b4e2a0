"""How the effect of a call is found when nobody knows whether it had one.

A call that may have done something although no answer came carries its `Effect`; `apply` alone looks for it, before it
repeats the call and before it says that nothing was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.stamp import STAMP, stamp_of
from ..errors import Conflict, LostAnswer, Refused
from .pages import first, since
from .steps import Call, Effect, Known, Novelty, Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..declaration.values import Bag

SEARCHED_PAGES = 3
"""Pages of the newest objects that are searched for a stamp: it was made a moment ago."""


def stamped_with(listing: Call, stamp: str) -> Effect:
    """An object among the newest of a list carries the stamp."""

    def look(known: Known) -> Steps[Bag | None]:
        del known
        return (yield from first(listing, lambda item: stamp_of(item) == stamp, SEARCHED_PAGES))

    return Effect(look=look, trace=f"its metadata says `{STAMP}`: {stamp}")


def as_wanted(retrieval: Call, is_wanted: Callable[[Bag], bool], *, guarded: bool = False) -> Effect:
    """An object's content is as wanted. A guard may refuse the call because of the call itself."""

    def look(known: Known) -> Steps[Bag | None]:
        del known
        current: Bag = yield retrieval
        return current if is_wanted(current) else None

    unsure = (LostAnswer, Conflict) if guarded else (LostAnswer,)
    return Effect(look=look, unsure=unsure, rounds=1, missing="The object is as it was")


def in_place(
    find: Callable[[], Steps[Bag | None]], *, refused: bool = False, missing: str = "It is not there"
) -> Effect:
    """Something is in a place of its own. A platform may refuse the call because it was carried out already."""

    def look(known: Known) -> Steps[Bag | None]:
        del known
        return (yield from find())

    return Effect(look=look, unsure=(LostAnswer, Refused) if refused else (LostAnswer,), missing=missing)


def novel(takes: Callable[[list[Bag]], Bag | None], novelty: Novelty, missing: str) -> Effect:
    """Of what a list shows, newest first, and nobody knew before, `takes` finds what the call made."""

    def look(known: Known) -> Steps[Bag | None]:
        return takes((yield from since(novelty.listing, known)))

    return Effect(look=look, novelty=novelty, missing=missing)

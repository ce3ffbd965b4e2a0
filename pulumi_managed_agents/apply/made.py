"""Finds what a create made that nobody saw the end of, by its inputs.

Each list is turned once, however many objects are looked for on its pages, and to its end: a create may have been cut
off long ago.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.stamp import has_room, stamp_of
from ..errors import CallFailed, Untellable
from ..lifecycle.alike import Before
from ..lifecycle.missing import LAG_SECONDS
from ..lifecycle.steps import Call, Operation
from .accounts import asking, with_account
from .context import Context
from .steps import driven
from .turning import turned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind
    from ..lifecycle.steps import State


class Search:
    """A search for what creates made, on one platform."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._lists: dict[tuple[str, ...], _Stamped] = {}

    def answer(self, kind: Kind, inputs: Bag, before: Before) -> Bag | None:
        """The platform's word for the object that such inputs made; None: there is none.

        Raises:
            Untellable: there may be one, and nothing tells it from others.
            CallFailed: the platform did not answer.
        """
        life = kind.lifecycle
        if life.stamped:
            stamp = inputs.get("creationId")
            if not isinstance(stamp, str):
                raise Untellable("its inputs hold no stamp, by which its object would be found")
            found = self._stamped(life.collection, life.place(inputs)).find(stamp)
            if found is not None or has_room(inputs):
                return found
        return driven(life.remains(kind, inputs, before), self.context)

    def state(self, kind: Kind, id: str, inputs: Bag, answer: Bag) -> State | None:
        """The object as it is now, in the words of the inputs; None when it is gone."""
        state = driven(kind.lifecycle.recovered(kind, id, inputs, answer), self.context)
        return state and with_account(state, kind, asking(self.context.backend))

    def _stamped(self, collection: str, place: Mapping[str, str]) -> _Stamped:
        key = (collection, *place.values())
        if key not in self._lists:
            self._lists[key] = _Stamped(Call(Operation(collection, "list"), place), self.context)
        return self._lists[key]


def find_made(kind: Kind, inputs: Bag, context: Context) -> State | None:
    """The object that a create with these inputs made; None: there is none.

    Raises:
        Untellable: there may be one, and nothing tells it from others.
    """
    search = Search(context)
    answer = search.answer(kind, inputs, Before())
    return None if answer is None else search.state(kind, kind.lifecycle.id_of(inputs, answer), inputs, answer)


class _Stamped:
    """The stamped objects of one list, newest first, as far as its pages were turned."""

    def __init__(self, listing: Call, context: Context) -> None:
        self._listing = listing
        self._context = context
        self._pages = turned(listing, context)
        self._by_stamp: dict[str, Bag] = {}
        self._ids: set[str] = set()
        self._broken: CallFailed | None = None
        self._settled = False

    def find(self, stamp: str) -> Bag | None:
        """The object with the stamp."""
        while stamp not in self._by_stamp and (page := self._next()) is not None:
            self._take_in(page)
        if stamp not in self._by_stamp and not self._settled:
            self._look_again()
        return self._by_stamp.get(stamp)

    def _next(self) -> list[Bag] | None:
        """The next page; None behind the last. A list that broke off has no last one, whoever asks."""
        if self._broken is not None:
            raise self._broken
        try:
            return next(self._pages, None)
        except CallFailed as failure:
            self._broken = failure
            raise

    def _look_again(self) -> None:
        """Reads the pages that are new since."""
        # The request that made the object may still have been at work.
        self._context.sleep(LAG_SECONDS)
        for page in turned(self._listing, self._context):
            if not self._take_in(page):
                break
        self._settled = True

    def _take_in(self, page: list[Bag]) -> bool:
        """Whether all on the page is new."""
        all_new = not any(item.get("id") in self._ids for item in page)
        self._ids.update(str(item.get("id")) for item in page)
        self._by_stamp |= {stamp: item for item in page if (stamp := stamp_of(item)) is not None}
        return all_new

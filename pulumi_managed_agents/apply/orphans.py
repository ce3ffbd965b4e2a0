"""Objects that were made for a stack and that its state lacks, told by their stamps.

A stamp says which stack an object was made for: by the id that the stack's provider keeps, and by the names of stack
and project. A copy of a stack has the id and another name; a renamed stack has the id, and what it makes from then on
says the new name. So neither takes what is the other's for its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..declaration.stamp import STACK_ID, Origin, mark_of, stamp_of
from ..errors import CallFailed, NoState
from ..functions.inventory import shown_name
from ..lifecycle.steps import Call, Operation
from . import operations
from .accounts import asking
from .turning import turned
from .whereabouts import PROVIDER, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind
    from ..platforms.settings import Settings
    from .context import Context
    from .exported import Exported

NOTED = 10
"""Pages of a list after which a word about it is due."""


@dataclass(frozen=True)
class Orphan:
    """An object that the state lacks."""

    kind: Kind
    id: str
    name: str
    created_at: str
    removable: bool
    """Whether its stamp can only be this stack's: the Python classes know no id of their stack."""


@dataclass(frozen=True)
class Belongings:
    """What a state says of the objects that were made for its stack."""

    marks: dict[str, bool]
    """What their stamps begin with, and whether no other stack's can."""

    stamps: frozenset[str]
    ids: frozenset[tuple[str, str]]
    """Those that the state has, or has under way: by kind and id, too."""

    @classmethod
    def of(cls, exported: Exported) -> Belongings:
        """From an exported state.

        Raises:
            NoState: there is nothing in it that would tell whose it is.
        """
        entries = [*exported.resources, *(operation["resource"] for operation in exported.operations)]
        if not entries:
            raise NoState("This state is empty: nothing in it says what was made for its stack.")
        urn = entries[0]["urn"]
        providers = [_inputs(entry) for entry in entries if entry["type"] == PROVIDER]
        known = [inputs[STACK_ID] for inputs in providers if isinstance(inputs.get(STACK_ID), str)]
        marks = {Origin(urn).mark: False, **{Origin(urn, stack).mark: True for stack in known if stack}}
        stamps = frozenset(str(_inputs(entry).get("creationId")) for entry in entries)
        return cls(marks, stamps, frozenset((kind.name, entry["id"]) for kind, entry in exported.ours()))

    def lack(self, kind: Kind, id: str, item: Bag) -> bool:
        """Whether an object was made for the stack, and is not in its state."""
        stamp = stamp_of(item)
        if stamp is None or stamp in self.stamps or (kind.name, id) in self.ids:
            return False
        return mark_of(stamp) in self.marks

    def alone_has(self, item: Bag) -> bool:
        """Whether no other stack can have made it."""
        return self.marks.get(mark_of(stamp_of(item) or "") or "", False)


class Survey:
    """Looks through all that a platform has, and tells what it looks at."""

    def __init__(self, kinds: Iterable[Kind], context: Context, tell: Callable[[str], None]) -> None:
        self._kinds = [kind for kind in kinds if kind.lifecycle.stamped]
        self._context = context
        self._tell = tell
        self.failures: list[CallFailed] = []
        """What could not be looked at."""

    def orphans(self, belongings: Belongings) -> Iterator[Orphan]:
        """What was made for the stack and its state lacks, kind by kind."""
        for kind in self._kinds:
            for id_, item in self._living(kind):
                if self._is_lacked(belongings, kind, id_, item):
                    made = str(item.get("created_at", ""))
                    yield Orphan(kind, id_, shown_name(item), made, removable=belongings.alone_has(item))

    def _is_lacked(self, belongings: Belongings, kind: Kind, id: str, item: Bag) -> bool:
        try:
            return belongings.lack(kind, id, item)
        except CallFailed as failure:
            self.failures.append(failure)
            return False

    def remove(self, orphan: Orphan) -> None:
        """Removes it as its kind is removed; what is at work in it ends."""
        old = {**orphan.kind.lifecycle.unwanted, **self._context.backend.capabilities.origin}
        operations.delete(orphan.kind, orphan.id, old, self._context)

    def _living(self, kind: Kind) -> Iterator[tuple[str, Bag]]:
        life = kind.lifecycle
        if life.within is None:
            listings = [("", Call(life.operation("list")))]
        else:
            parents = self._items(Call(Operation(life.collection.rpartition(".")[0], "list")))
            listings = [
                (f"{parent['id']}/", Call(life.operation("list"), {life.within.parameter: parent["id"]}))
                for parent in parents
            ]
        for parent, listing in listings:
            yield from ((parent + item["id"], item) for item in self._items(listing) if not life.is_gone(item))

    def _items(self, listing: Call) -> Iterator[Bag]:
        """What is on the pages of a list, as far as they can be turned."""
        looked_at = 0
        try:
            for number, page in enumerate(turned(listing, self._context), start=1):
                looked_at += len(page)
                if number % NOTED == 0:
                    self._tell(f"{listing.operation.collection}: {looked_at} looked at")
                yield from (item for item in page if isinstance(item.get("id"), str))
        except CallFailed as failure:
            self.failures.append(failure)


def _inputs(entry: Bag) -> Bag:
    inputs = entry.get("inputs")
    return inputs if isinstance(inputs, dict) else {}


def misplaced(exported: Exported, context: Context, settings: Settings) -> str | None:
    """Why nothing of the state can be here; to be asked when the platform has answered, and told whose the key is."""
    asked = asking(context.backend)
    reasons = [place.is_elsewhere(settings) or place.doubt(settings, asked) for place in places(exported).values()]
    return None if not all(reasons) else next(iter(reasons), None)

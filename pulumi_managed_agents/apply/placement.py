"""Where in a state the entries of found objects go.

An entry stands after all that it depends on. One that was to replace another stands before that one, which is marked
for deletion, as the engine leaves them in the middle of a replacement; where the old object is deleted already, it
takes the old one's place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..errors import Untellable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..declaration.values import JSON, Bag
    from .exported import Exported

FORMLESS: Final = "its entry is not in the form that Pulumi writes"


class Placement:
    """The entries that a state gains. They are written into it all at once, since it may be large."""

    def __init__(self, exported: Exported) -> None:
        self._resources = exported.resources
        self._first: dict[str, int] = {}
        self._living: dict[str, int] = {}
        self._references: dict[str, int] = {}
        for index, entry in enumerate(exported.resources):
            self._first.setdefault(entry["urn"], index)
            self._references[f"{entry['urn']}::{entry.get('id')}"] = index
            if not entry.get("delete"):
                self._living[entry["urn"]] = index
        self._gone: set[int] = set()
        self._before: dict[int, list[Bag]] = {}
        self._placed: set[str] = set()

    def provider(self, entry: Bag) -> Bag:
        """The entry of the resource's provider: the very one, or the one that has its name by now.

        Raises:
            Untellable: there is none.
        """
        reference = entry.get("provider")
        if not isinstance(reference, str):
            raise Untellable(FORMLESS)
        index = self._references.get(reference, self._living.get(reference.rpartition("::")[0]))
        if index is None:
            raise Untellable("its provider is not in the state any more: run `pulumi up`, then this again")
        return self._resources[index]

    def add(self, entry: Bag, replacing: JSON) -> str:
        """Adds the entry of an object, and says what else follows from that.

        `replacing` is what its operation had for the moment of its creation: that of the old object where it was to
        replace one, and none where it was a first create.
        """
        provider, urn = self.provider(entry), entry["urn"]
        entry["provider"] = f"{provider['urn']}::{provider['id']}"
        after = 1 + max((self._first[needed] for needed in self._needs(entry)), default=-1)
        index = self._old(entry)
        if urn in self._placed or (index is not None and not _is_replaced(self._resources[index], replacing)):
            entry["delete"] = True
            self._insert(len(self._resources), entry)
            return "; a newer one has its place, so the next `pulumi up` removes it"
        self._placed.add(urn)
        if index is None:
            self._insert(len(self._resources), entry)
            return ""
        self._insert(max(index, after), entry)
        if self._resources[index].get("pendingReplacement"):
            self._gone.add(index)
            return ", in place of the one that is removed"
        self._resources[index]["delete"] = True
        return "; the next `pulumi up` removes the one that it replaces"

    def write(self) -> None:
        """Writes the entries into the state."""
        if self._before:
            grown: list[Bag] = []
            for index, entry in enumerate(self._resources):
                grown += self._before.get(index, [])
                grown += [] if index in self._gone else [entry]
            self._resources[:] = grown + self._before.get(len(self._resources), [])

    def _old(self, entry: Bag) -> int | None:
        """Where the living entry of the resource stands, under its name or one that it had before."""
        names = [entry["urn"], *(entry.get("aliases") or ())]
        return next((self._living[name] for name in names if name in self._living), None)

    def _insert(self, index: int, entry: Bag) -> None:
        self._before.setdefault(index, []).append(entry)

    def _needs(self, entry: Bag) -> list[str]:
        """What the entry depends on; what is in the state no more, it stops depending on."""
        for name in ("parent", "deletedWith"):
            if entry.get(name) is not None and entry[name] not in self._first:
                del entry[name]
        for name in ("dependencies", "replaceWith"):
            if entry.get(name):
                entry[name] = self._present(entry[name])
        if entry.get("propertyDependencies"):
            named = entry["propertyDependencies"]
            entry["propertyDependencies"] = {wire: self._present(urns or []) for wire, urns in named.items()}
        return list(_needed(entry))

    def _present(self, urns: list[str]) -> list[str]:
        return [urn for urn in urns if urn in self._first]


def _needed(entry: Bag) -> Iterator[str]:
    yield from (entry[name] for name in ("parent", "deletedWith") if entry.get(name))
    for name in ("dependencies", "replaceWith"):
        yield from entry.get(name) or ()
    for urns in (entry.get("propertyDependencies") or {}).values():
        yield from urns


def _is_replaced(old: Bag, replacing: JSON) -> bool:
    """Whether the old entry is the one that was to be replaced, and not one that came later."""
    return bool(old.get("pendingReplacement")) or old.get("created") == replacing


def refuse_formless(entry: Bag) -> None:
    """What an entry says of others has to be URNs.

    Raises:
        Untellable: it is something else.
    """
    lists: list[JSON] = [entry.get(name) or [] for name in ("dependencies", "replaceWith", "aliases")]
    by_property = entry.get("propertyDependencies") or {}
    if not isinstance(entry.get("inputs"), dict) or not isinstance(by_property, dict):
        raise Untellable(FORMLESS)
    lists += [urns or [] for urns in by_property.values()]
    urns = [urn for each in lists for urn in (each if isinstance(each, list) else [None])]
    urns += [entry[name] for name in ("parent", "deletedWith") if entry.get(name) is not None]
    if not all(isinstance(urn, str) for urn in urns):
        raise Untellable(FORMLESS)

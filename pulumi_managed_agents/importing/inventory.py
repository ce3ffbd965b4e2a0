"""What there is on a platform, and which of it is taken over."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ..functions.inventory import shown_name
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation
from ..resources.registry import KINDS
from .kinds import CONFIGURATION, WORK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind
    from ..lifecycle.steps import Steps


@dataclass(frozen=True)
class PlatformObject:
    """An object on the platform."""

    kind: str
    id: str
    name: str
    parent: str = ""
    """The name of the object that it lives in."""
    made_by: str = ""
    """What made it, where that is something on the platform: such an object is taken over by its id only."""


@dataclass(frozen=True)
class Choice:
    """What is to be taken over: by kind and name (patterns), and by id. Without any, all configuration."""

    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    sessions: bool = False

    @property
    def listed(self) -> tuple[str, ...]:
        """The kinds to look at."""
        if self.ids:
            return tuple(dict.fromkeys((*CONFIGURATION, *WORK, *self.kinds)))
        return self._wanted

    @property
    def _wanted(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*(self.kinds or CONFIGURATION), *(("Session",) if self.sessions else ()))))

    def takes(self, item: PlatformObject) -> bool:
        """Whether an object is wanted."""
        if any(_is(item, wish) for wish in self.ids):
            return True
        if item.made_by or (self.ids and not (self.kinds or self.names or self.sessions)):
            return False
        named = not self.names or any(fnmatchcase(name, wish) for name in _names(item) for wish in self.names)
        return item.kind in self._wanted and named

    def missing(self, items: Sequence[PlatformObject]) -> list[str]:
        """The ids that none of the objects has."""
        return [wish for wish in self.ids if not any(_is(item, wish) for item in items)]


def _is(item: PlatformObject, wish: str) -> bool:
    """Whether an id is meant, or the last part of one."""
    return item.id == wish or item.id.endswith(f"/{wish}")


def _names(item: PlatformObject) -> tuple[str, ...]:
    return (item.name, item.parent) if item.parent else (item.name,)


@dataclass
class Inventory:
    """The lists of a platform, each read once."""

    lists: dict[str, list[Bag]] = field(default_factory=dict)

    def objects(self, kinds: Sequence[str]) -> Steps[list[PlatformObject]]:
        """The objects of the kinds, without what is archived or the platform's own."""
        items: list[PlatformObject] = []
        for name in kinds:
            items += yield from self._of(KINDS[name])
        return items

    def _of(self, kind: Kind) -> Steps[list[PlatformObject]]:
        life = kind.lifecycle
        if life.listed and life.within is None:
            return list(_objects(kind, (yield from self._listed(life.collection))))
        items: list[PlatformObject] = []
        for parent in (yield from self._listed(life.collection.rpartition(".")[0])):
            if life.is_gone(parent):
                continue
            items += yield from self._inside(kind, parent)
        return items

    def _listed(self, collection: str) -> Steps[list[Bag]]:
        if collection not in self.lists:
            self.lists[collection] = yield from pages(Call(Operation(collection, "list")), 0)
        return self.lists[collection]

    def _inside(self, kind: Kind, parent: Bag) -> Steps[list[PlatformObject]]:
        """The objects that live in another one, or are part of it."""
        within = kind.lifecycle.within
        if within is None:
            entries = [item for item in parent.get("resources") or () if item["type"] == "github_repository"]
            parts = [{**item, "name": item["url"].rpartition("/")[2]} for item in entries if item.get("id")]
        else:
            parts = yield from pages(Call(kind.lifecycle.operation("list"), {within.parameter: parent["id"]}), 0)
        return list(_objects(kind, parts, parent))


def _objects(kind: Kind, items: Sequence[Bag], parent: Bag | None = None) -> Iterator[PlatformObject]:
    for item in items:
        if item.get("id") and not kind.lifecycle.is_gone(item) and not _is_the_platforms(kind, item):
            place = f"{parent['id']}/" if parent else ""
            yield PlatformObject(
                kind.name, place + item["id"], shown_name(item), shown_name(parent or {}), _maker(kind, item)
            )


def _is_the_platforms(kind: Kind, item: Bag) -> bool:
    source = item.get("source")
    source = source.get("type") if isinstance(source, dict) else source
    return kind.name == "Skill" and source not in (None, "custom")


def _maker(kind: Kind, item: Bag) -> str:
    if kind.name == "Session" and item.get("deployment_id"):
        return "deployments"
    return "agents" if kind.name == "File" and item.get("downloadable") else ""

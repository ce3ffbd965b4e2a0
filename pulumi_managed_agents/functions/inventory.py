"""What is there: ids and names of the objects of each kind, found on the pages of the platform's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation, Steps

if TYPE_CHECKING:
    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind


def all_of(kind: Kind, limit: int) -> Steps[list[Bag]]:
    """Id and name of the objects of a kind, newest first, at most `limit` (0: all)."""
    life = kind.lifecycle
    if life.listed and life.within is None:
        return [_entry(item) for item in (yield from pages(Call(life.operation("list")), limit))]
    found: list[Bag] = []
    parents = life.collection.rpartition(".")[0]
    for parent in (yield from pages(Call(Operation(parents, "list")), 0)):
        found += yield from _below(kind, parent)
        if limit and len(found) >= limit:
            break
    return found[: limit or None]


def _below(kind: Kind, parent: Bag) -> Steps[list[Bag]]:
    """The objects of a kind that live in another object, or are part of it."""
    life = kind.lifecycle
    if life.within is not None:
        items = yield from pages(Call(life.operation("list"), {life.within.parameter: parent["id"]}), 0)
        return [{**_entry(item), "id": f"{parent['id']}/{item['id']}"} for item in items]
    if life.collection != "sessions.resources":
        return []
    mounts = [item for item in parent.get("resources", ()) if item["type"] == "github_repository"]
    return [{"id": f"{parent['id']}/{mount['id']}", "name": mount["url"]} for mount in mounts]


def _entry(item: Bag) -> Bag:
    return {"id": item["id"], "name": shown_name(item)}


def shown_name(item: Bag) -> str:
    """What people call the object; empty for one without a name."""
    names = ("name", "display_name", "title", "filename", "path")
    return next((str(item[name]) for name in names if item.get(name)), "")

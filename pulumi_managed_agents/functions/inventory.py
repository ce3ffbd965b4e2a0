"""What is there: ids and names of the objects of each kind, found on the pages of the platform's lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..lifecycle.steps import Call, Steps

if TYPE_CHECKING:
    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind


def all_of(kind: Kind, limit: int) -> Steps[list[Bag]]:
    """Id and name of the objects of a kind, newest first, at most `limit` (0: all)."""
    life = kind.lifecycle
    if life.listed and life.within is None:
        return [_entry(item) for item in (yield from pages(Call(f"{life.collection}.list"), limit))]
    found: list[Bag] = []
    parents = life.collection.rpartition(".")[0]
    for parent in (yield from pages(Call(f"{parents}.list"), 0)):
        found += yield from _below(kind, parent)
        if limit and len(found) >= limit:
            break
    return found[: limit or None]


def _below(kind: Kind, parent: Bag) -> Steps[list[Bag]]:
    """The objects of a kind that live in another object, or are part of it."""
    life = kind.lifecycle
    if life.within is not None:
        items = yield from pages(Call(f"{life.collection}.list", {life.within.parameter: parent["id"]}), 0)
        return [{**_entry(item), "id": f"{parent['id']}/{item['id']}"} for item in items]
    if life.collection != "sessions.resources":
        return []
    mounts = [item for item in parent.get("resources", ()) if item["type"] == "github_repository"]
    return [{"id": f"{parent['id']}/{mount['id']}", "name": mount["url"]} for mount in mounts]


def _entry(item: Bag) -> Bag:
    words = ("name", "display_name", "title", "filename", "path")
    return {"id": item["id"], "name": next((item[word] for word in words if item.get(word)), "")}


def pages(listing: Call, limit: int) -> Steps[list[Bag]]:
    """The objects on the pages of a list, at most `limit` (0: all)."""
    found: list[Bag] = []
    cursor: str | None = None
    while True:
        query = {**listing.query, "limit": min(limit or 100, 100), **({"page": cursor} if cursor else {})}
        page = yield replace(listing, query=query)
        found += page["data"]
        cursor = page.get("next_page")
        if cursor is None or (limit and len(found) >= limit):
            return found[: limit or None]

"""Memory stores, their memories, and the history of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import story

if TYPE_CHECKING:
    from verify.run import Run

OTHER = "0" * 64
"""The hash of no text."""


@story("memory stores: made, read, changed")
def stores(run: Run) -> None:
    """One store to its end."""
    stores = run.at("memory_stores")
    one = run.create("a create", "memory_stores", name="notes", description="d", metadata={"team": "a"}).id
    run.see("a read", stores.retrieve, one)
    run.see("a change of its description", stores.update, one, description="e")
    run.see("metadata is merged, null removes", stores.update, one, metadata={"team": None, "tier": "1"})
    run.listed("a list", stores.list)
    run.see("an archive", stores.archive, one)
    run.see("a change of an archived one", stores.update, one, description="f")
    run.see("a removal", stores.delete, one)
    run.see("a read of what is removed", stores.retrieve, one)


@story("memories: written, read, changed")
def memories(run: Run) -> None:
    """One memory through its versions."""
    store = run.create("a store for it", "memory_stores", name="memory").id
    memories, at = run.at("memory_stores.memories"), {"memory_store_id": store}
    made = run.see("a create", memories.create, store, path="/notes/a.md", content="grüße\n")
    run.see("a read", memories.retrieve, made.id, **at)
    run.see("a read with its content", memories.retrieve, made.id, **at, view="full")
    run.see("a second one at the same path", memories.create, store, path="/notes/a.md", content="x")
    wanted = {"type": "content_sha256", "content_sha256": OTHER}
    run.see("a change of another content", memories.update, made.id, **at, content="no", precondition=wanted)
    run.see("a change", memories.update, made.id, **at, content="other\n")
    run.see("the same change again moves nothing", memories.update, made.id, **at, content="other\n")
    run.see("a move", memories.update, made.id, **at, path="/notes/b.md")
    run.see("a list", memories.list, store)
    run.see("a removal of another content", memories.delete, made.id, **at, expected_content_sha256=OTHER)
    _history(run, store, made.id)
    run.see("a removal", memories.delete, made.id, **at)
    run.see("a read of what is removed", memories.retrieve, made.id, **at)
    run.see("a removal of the store", run.at("memory_stores").delete, store)


def _history(run: Run, store: str, memory: str) -> None:
    versions = run.at("memory_stores.memory_versions")
    found = run.see("its versions, the newest first", versions.list, store, memory_id=memory)
    first = found["data"][-1]["id"] if found["data"] else ""
    newest = found["data"][0]["id"] if found["data"] else ""
    run.see("the first version", versions.retrieve, first or "memver_none", memory_store_id=store)
    run.see("the first one without its content", versions.redact, first or "memver_none", memory_store_id=store)
    run.see("the newest one without its content", versions.redact, newest or "memver_none", memory_store_id=store)


@story("memories: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    store = run.create("a store for them", "memory_stores", name="never").id
    memories = run.at("memory_stores.memories")
    for step, path in {"a path without a beginning": "a.md", "a path that climbs": "/../a.md", "no path": ""}.items():
        run.see(f"a create with {step}", memories.create, store, path=path, content="x")
    run.see("a read of what is not there", memories.retrieve, "mem_011111111111111111111111", memory_store_id=store)
    run.see("a removal of the store", run.at("memory_stores").delete, store)

"""Memories of a store; every change leaves a version behind (section 2.10)."""

import hashlib
from typing import Annotated, Any

from pydantic import StringConstraints

from .. import clock
from ..platform import Answer, Call, records
from ..platform.bodies import Closed, NotNull
from ..world import JSON, Record, Transaction
from . import memory_stores, memory_versions, paging, schema
from .errors import conflict, invalid
from .kinds import MEMORIES, MEMORY_STORES
from .schema import Metadata, MetadataPatch

_STORE = "memory_store_id"

Path = Annotated[str, StringConstraints(min_length=1, max_length=1024)]


class CreateMemory(Closed):
    """The body of a create."""

    path: Path
    content: str
    metadata: Metadata | None = None


class UpdateMemory(Closed):
    """The body of an update. `content_sha256` is no new value: it is what the content must be before."""

    content: Annotated[str | None, NotNull] = None
    content_sha256: str | None = None
    metadata: MetadataPatch | None = None
    path: Annotated[Path | None, NotNull] = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /memory_stores/{memory_store_id}/memories."""
    sent = schema.body(CreateMemory, call)
    store = memory_stores.find_open(tx, call)
    _check_free(tx, store, sent.path)
    memory: JSON = {_STORE: store.id, "memory_version_id": None, "path": sent.path, **_measured(sent.content)}
    memory["metadata"] = schema.patched({}, sent.metadata)
    record = records.make(tx, MEMORIES, memory)
    _keep_version(tx, record, "created")
    _count(tx, store)
    return Answer(document=_view(call, record.body, "full"))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /memory_stores/{memory_store_id}/memories/{memory_id}."""
    return Answer(document=_view(call, records.locate(tx, MEMORIES, call).body, "full"))


def update(tx: Transaction, call: Call) -> Answer:
    """POST or PUT /memory_stores/{memory_store_id}/memories/{memory_id}."""
    sent = schema.body(UpdateMemory, call)
    schema.unconfirmed(tx, sent, {"path"}, "qoder_sdk_only_updates")
    store, record = memory_stores.find_open(tx, call), records.locate(tx, MEMORIES, call)
    _expect(record, sent.content_sha256, "content_sha256")
    record.body["metadata"] = schema.patched(record.body["metadata"], sent.metadata)
    if sent.path is not None and sent.path != record.body["path"]:
        _check_free(tx, store, sent.path)
        record.body["path"] = sent.path
    if sent.content is not None:
        record.body |= _measured(sent.content)
    record.body["updated_at"] = clock.stamp(tx)
    _keep_version(tx, record, "modified")
    _count(tx, store)
    return Answer(document=_view(call, record.body, "full"))


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /memory_stores/{memory_store_id}/memories/{memory_id}."""
    store, record = memory_stores.find_open(tx, call), records.locate(tx, MEMORIES, call)
    _expect(record, call.query.get("expected_content_sha256"), "expected_content_sha256")
    memory_versions.add(tx, record.body, "deleted")
    records.remove(tx, record)
    _count(tx, store)
    return records.removed(MEMORIES, record.id)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /memory_stores/{memory_store_id}/memories; without the content unless the view is full."""
    store = records.locate(tx, MEMORY_STORES, call)
    prefix, depth = call.query.get("path_prefix", ""), paging.number(call.query, "depth")

    def keep(body: JSON) -> bool:
        below = body["path"][len(prefix) :].strip("/")
        deep = depth is not None and below.count("/") >= depth
        return bool(body[_STORE] == store.id and body["path"].startswith(prefix) and not deep)

    listing = paging.stored(tx, MEMORIES, lambda record: _view(call, record.body, "basic"))
    return Answer(document=paging.page(call.query, listing, keep))


def _check_free(tx: Transaction, store: Record, path: str) -> None:
    if any(memory.body["path"] == path for memory in records.owned(tx, MEMORIES, store.id)):
        raise conflict(f"path: the store has a memory at '{path}'", "path")


def _expect(record: Record, sha256: str | None, param: str) -> None:
    if sha256 is not None and sha256 != record.body["content_sha256"]:
        raise conflict(f"{param}: the content has changed", param)


def _keep_version(tx: Transaction, record: Record, operation: str) -> None:
    record.body["memory_version_id"] = memory_versions.add(tx, record.body, operation)
    tx.save(record)


def _count(tx: Transaction, store: Record) -> None:
    memories = records.owned(tx, MEMORIES, store.id)
    store.body["entry_count"] = len(memories)
    store.body["total_size"] = sum(memory.body["content_size_bytes"] for memory in memories)
    tx.save(store)


def _measured(content: str) -> JSON:
    try:
        data = content.encode()
    except UnicodeEncodeError:
        raise invalid("content: must be valid Unicode", "content") from None
    digest = hashlib.sha256(data).hexdigest()
    return {"content": content, "content_sha256": digest, "content_size_bytes": len(data)}


def _view(call: Call, body: JSON, default: str) -> Any:
    view = paging.choice(call.query, "view", "basic", "full") or default
    return body if view == "full" else {name: body[name] for name in body if name != "content"}

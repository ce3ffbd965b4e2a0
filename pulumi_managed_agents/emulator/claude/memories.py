"""Memories: texts at paths inside a store (section 2.3). The content of each lies with its newest version."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import StringConstraints

from .. import settings
from ..platform import Answer, Call, Refusal, records
from ..platform.bodies import Closed, NotNull
from ..world import JSON, Record, Transaction
from . import memory_paths, memory_stores, memory_versions, paging, schema
from .errors import Conflict, invalid
from .kinds import MEMORIES, MEMORY_STORES, MEMORY_VERSIONS
from .memory_versions import MAX_FULL

MAX_BYTES = 102_400

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class CreateMemory(Closed):
    """The body of a create. The content must be named, though it may be null or empty."""

    path: str
    content: str | None


class Precondition(Closed):
    """What the stored memory must still be for an update to apply."""

    type: Literal["content_sha256"]
    content_sha256: Sha256


class UpdateMemory(Closed):
    """The body of an update. What is left out stays; null is read as left out (inferred)."""

    path: str | None = None
    content: str | None = None
    precondition: Annotated[Precondition | None, NotNull] = None


class ExpectedContent(Closed):
    """The query of a delete."""

    expected_content_sha256: Sha256 | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/memory_stores/{memory_store_id}/memories; never overwrites."""
    sent = schema.body(CreateMemory, call)
    contents = memory_versions.full(call, default=False)
    store = memory_stores.find_open(tx, call)
    content = sent.content or ""
    _check_content(content)
    _check_place(tx, store, sent.path)
    fields = {"memory_store_id": store.id, "path": sent.path, "content": None, "memory_version_id": ""}
    record = records.make(tx, MEMORIES, fields | memory_versions.measure(content))
    _write(tx, record, "created", content, memory_versions.actor(tx))
    return Answer(document=shown(tx, record, contents=contents))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/memory_stores/{memory_store_id}/memories/{memory_id}."""
    return Answer(
        document=shown(tx, records.locate(tx, MEMORIES, call), contents=memory_versions.full(call, default=True))
    )


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/memory_stores/{memory_store_id}/memories/{memory_id}: a new version if anything changes."""
    sent = schema.body(UpdateMemory, call)
    contents = memory_versions.full(call, default=False)
    store = memory_stores.find_open(tx, call)
    record = records.locate(tx, MEMORIES, call)
    if sent.precondition is not None:
        _check_hash(record, sent.precondition.content_sha256)
    if sent.content is not None:
        _check_content(sent.content)
    if sent.path is not None:
        _check_place(tx, store, sent.path, record)
    rewrite(tx, record, sent.model_dump(include={"path", "content"}, exclude_none=True), memory_versions.actor(tx))
    return Answer(document=shown(tx, record, contents=contents))


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/memory_stores/{memory_store_id}/memories/{memory_id}; allowed in an archived store."""
    record = records.locate(tx, MEMORIES, call)
    sent = schema.check(ExpectedContent, call.query.to_dict())
    if sent.expected_content_sha256 is not None:
        _check_hash(record, sent.expected_content_sha256)
    remove(tx, record, memory_versions.actor(tx))
    return records.removed(MEMORIES, record.id)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/memory_stores/{memory_store_id}/memories, in the order in which they were made."""
    store = records.locate(tx, MEMORY_STORES, call)
    contents = memory_versions.full(call, default=False)
    prefix, depth = call.query.get("path_prefix", "/"), call.query.get("depth", "0")
    if not prefix.endswith("/"):
        raise invalid("path_prefix: must end with '/'")
    if depth not in ("0", "1"):
        raise invalid("depth: must be 0 or 1")
    cap = MAX_FULL if contents else None
    part = paging.window(call.query, default=20, maximum=100, order="asc", cap=cap)
    below = [record for record in records.owned(tx, MEMORIES, store.id) if record.body["path"].startswith(prefix)]
    shown_once = _rolled_up(below, prefix) if depth == "1" else ((record, None) for record in below)
    items: list[paging.Item] = [
        (record.position, shown(tx, record, contents=contents) if directory is None else _prefix(directory))
        for record, directory in shown_once
    ]
    return Answer(document=paging.page(part, paging.among(items), lambda _: True))


def shown(tx: Transaction, record: Record, *, contents: bool = True) -> JSON:
    """A memory with or without its content."""
    version = tx.get(MEMORY_VERSIONS.table, record.body["memory_version_id"]) if contents else None
    return record.body | {"content": None if version is None else version.body["content"]}


def rewrite(tx: Transaction, record: Record, fields: JSON, author: JSON = memory_versions.ELSEWHERE) -> None:
    """Gives a memory another path or content, with a version that says so unless nothing is new."""
    content = str(fields["content"] if "content" in fields else shown(tx, record)["content"])
    measured = memory_versions.measure(content)
    changes = {"path": fields.get("path", record.body["path"])} | measured
    if any(record.body[name] != value for name, value in changes.items()):
        record.body |= changes
        _write(tx, record, "modified", content, author)


def remove(tx: Transaction, record: Record, author: JSON = memory_versions.ELSEWHERE) -> None:
    """Takes a memory away; its history stays and ends with that."""
    memory_versions.add(tx, record.body, "deleted", None, author)
    records.remove(tx, record)


def _write(tx: Transaction, record: Record, operation: str, content: str, author: JSON) -> None:
    version = memory_versions.add(tx, record.body, operation, content, author)
    record.body |= {"memory_version_id": version.id, "updated_at": version.body["created_at"]}
    tx.save(record)


def _rolled_up(memories: list[Record], prefix: str) -> Iterator[tuple[Record, str | None]]:
    """Direct children, and each directory once, where its oldest memory stands."""
    seen: set[str] = set()
    for record in memories:
        directory = memory_paths.below(prefix, record.body["path"])
        if directory not in seen:
            yield record, directory
        if directory is not None:
            seen.add(directory)


def _prefix(directory: str) -> JSON:
    return {"type": "memory_prefix", "path": directory}


def _check_content(content: str) -> None:
    try:
        size = len(content.encode())
    except UnicodeEncodeError:
        raise invalid("content: must be Unicode text") from None
    if size > MAX_BYTES:
        raise invalid(f"content: must have at most {MAX_BYTES} bytes")


def _check_place(tx: Transaction, store: Record, path: str, moved: Record | None = None) -> None:
    """A path that is one, that is free, and room in the store for a memory that is new."""
    memory_paths.check(path)
    others = [each for each in records.owned(tx, MEMORIES, store.id) if moved is None or each.id != moved.id]
    for other in others:
        if memory_paths.collide(path, other.body["path"]):
            raise Conflict(
                "memory_path_conflict_error",
                f"path: a memory at {other.body['path']!r} is in the way.",
                conflicting_path=other.body["path"],
                conflicting_memory_id=other.id,
            )
    most = settings.value(tx, "memories_per_store")
    if moved is None and len(others) >= most:
        raise Refusal(settings.value(tx, "cap_refusal_status"), f"A memory store holds at most {most} memories.")


def _check_hash(record: Record, expected: str) -> None:
    if record.body["content_sha256"] != expected:
        raise Conflict("memory_precondition_failed_error", "The memory's content is not the expected one.")

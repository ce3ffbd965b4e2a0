"""The history of a memory store: one version for each change of a memory (section 2.3). Contents are kept here."""

import hashlib

from .. import clock, settings
from ..platform import Answer, Call, records
from ..platform.bodies import NoBody
from ..world import JSON, Record, Transaction
from . import paging, schema
from .errors import invalid
from .kinds import MEMORIES, MEMORY_STORES, MEMORY_VERSIONS

OPERATIONS = {"created", "modified", "deleted"}
MAX_FULL = 20
"""Items of a page that shows contents."""
ELSEWHERE: JSON = {"type": "user_actor", "user_id": "user_01emulator"}
"""Who makes the changes that no client made."""


def add(tx: Transaction, memory: JSON, operation: str, content: str | None, author: JSON) -> Record:
    """Writes a change of a memory down."""
    fields = {
        "memory_store_id": memory["memory_store_id"],
        "memory_id": memory["id"],
        "operation": operation,
        "path": memory["path"],
        "content": content,
        **measure(content),
        "created_by": author,
        "redacted_at": None,
        "redacted_by": None,
    }
    return records.make(tx, MEMORY_VERSIONS, fields)


def measure(content: str | None) -> JSON:
    """Size and hash of a content; a deleted memory has neither."""
    if content is None:
        return {"content_size_bytes": None, "content_sha256": None}
    raw = content.encode()
    return {"content_size_bytes": len(raw), "content_sha256": hashlib.sha256(raw).hexdigest()}


def actor(tx: Transaction) -> JSON:
    """Who a client is: every key of the emulator has the same id."""
    return {"type": "api_actor", "api_key_id": settings.value(tx, "api_key_id")}


def full(call: Call, *, default: bool) -> bool:
    """Whether a request wants contents."""
    view = call.query.get("view", "full" if default else "basic")
    if view not in ("basic", "full"):
        raise invalid("view: must be basic or full")
    return view == "full"


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/memory_stores/{memory_store_id}/memory_versions/{memory_version_id}."""
    body = records.locate(tx, MEMORY_VERSIONS, call).body
    return Answer(document=body if full(call, default=True) else _basic(body))


def redact(tx: Transaction, call: Call) -> Answer:
    """POST /v1/memory_stores/{memory_store_id}/memory_versions/{memory_version_id}/redact; the head is refused.

    Status of the refusal and silence of a second time: inferred.
    """
    schema.body(NoBody, call)
    record = records.locate(tx, MEMORY_VERSIONS, call)
    memory = tx.get(MEMORIES.table, record.body["memory_id"])
    if memory is not None and memory.body["memory_version_id"] == record.id:
        raise invalid("The current version of a memory cannot be redacted.")
    if record.body["redacted_at"] is None:
        record.body |= {"path": None, "content": None, **measure(None)}
        record.body |= {"redacted_at": clock.stamp(tx), "redacted_by": actor(tx)}
        tx.save(record)
    return Answer(document=_basic(record.body))


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/memory_stores/{memory_store_id}/memory_versions, newest first."""
    store = records.locate(tx, MEMORY_STORES, call)
    contents = full(call, default=False)
    operation = call.query.get("operation")
    if operation not in {None, *OPERATIONS}:
        raise invalid(f"operation: must be one of {', '.join(sorted(OPERATIONS))}")

    def keep(body: JSON) -> bool:
        return (
            body["memory_store_id"] == store.id
            and operation in (None, body["operation"])
            and call.query.get("memory_id") in (None, body["memory_id"])
            and all(
                call.query.get(name) in (None, body["created_by"].get(name))
                for name in ("session_id", "api_key_id", "service_account_id")
            )
        )

    return paging.answer(
        tx,
        call,
        MEMORY_VERSIONS,
        bounds=paging.OUTER_BOUNDS,
        cap=MAX_FULL if contents else None,
        keep=keep,
        show=lambda record: record.body if contents else _basic(record.body),
    )


def _basic(body: JSON) -> JSON:
    return body | {"content": None}

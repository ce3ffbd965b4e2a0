"""What a memory was: one version for each change, which can be redacted (section 2.10)."""

from .. import clock, settings
from ..platform import Answer, Call, records
from ..platform.bodies import NoBody
from ..world import JSON, Record, Transaction
from . import paging, schema
from .kinds import MEMORY_STORES, MEMORY_VERSIONS

_COPIED = ("memory_store_id", "path", "content", "content_sha256", "content_size_bytes")
_REDACTED = ("path", "content", "content_sha256", "content_size_bytes")
_ACTORS = ("session_id", "api_key_id", "service_account_id")


def add(tx: Transaction, memory: JSON, operation: str) -> str:
    """Writes down what a memory is now."""
    version = {name: memory[name] for name in _COPIED} | {
        "memory_id": memory["id"],
        "operation": operation,
        "created_by": _actor(tx),
        "redacted_at": None,
        "redacted_by": None,
    }
    return records.make(tx, MEMORY_VERSIONS, version).id


def redact(tx: Transaction, call: Call) -> Answer:
    """POST .../redact: forgets what the version said; that it was there remains."""
    schema.body(NoBody, call)
    record = records.locate(tx, MEMORY_VERSIONS, call)
    if record.body["redacted_at"] is None:
        record.body |= dict.fromkeys(_REDACTED) | {"redacted_at": clock.stamp(tx), "redacted_by": _actor(tx)}
        tx.save(record)
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /memory_stores/{memory_store_id}/memory_versions, newest first."""
    store = records.locate(tx, MEMORY_STORES, call)
    operation = paging.choice(call.query, "operation", "created", "modified", "deleted")
    wanted = {"memory_store_id": store.id, "memory_id": call.query.get("memory_id"), "operation": operation}
    actor = {name: call.query[name] for name in _ACTORS if name in call.query}
    full = paging.choice(call.query, "view", "basic", "full") == "full"

    def show(record: Record) -> JSON:
        return {name: record.body[name] for name in record.body if full or name != "content"}

    def keeps(body: JSON) -> bool:
        return paging.passes(body, wanted) and all(body["created_by"].get(name) == actor[name] for name in actor)

    listing = paging.stored(tx, MEMORY_VERSIONS, show)
    return Answer(document=paging.page(call.query, listing, keeps, bounds=paging.OUTER_BOUNDS))


def _actor(tx: Transaction) -> JSON:
    return {"type": "api_actor", "api_key_id": settings.value(tx, "api_key_id")}

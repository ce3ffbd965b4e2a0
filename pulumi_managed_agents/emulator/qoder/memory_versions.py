"""What a memory was: one version for each change, which can be redacted (section 2.10)."""

from .. import clock, settings
from ..closed import NoBody
from ..platform import Answer, Call
from ..world import JSON, Record, Transaction
from . import paging, records, schema
from .kinds import MEMORY_VERSIONS, STORES

# The prefix is not documented.
_COPIED = ("memory_store_id", "path", "content", "content_sha256", "content_size_bytes")
_REDACTED = ("path", "content", "content_sha256", "content_size_bytes")
_ACTORS = ("session_id", "api_key_id", "service_account_id")


def keep(tx: Transaction, memory: JSON, operation: str) -> str:
    """Writes down what a memory is now."""
    version = {name: memory[name] for name in _COPIED} | {
        "memory_id": memory["id"],
        "operation": operation,
        "created_by": _actor(tx),
        "redacted_at": None,
        "redacted_by": None,
    }
    return records.make(tx, MEMORY_VERSIONS, version).id


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /memory_stores/{memory_store_id}/memory_versions/{memory_version_id}."""
    return Answer(document=_found(tx, call).body)


def redact(tx: Transaction, call: Call) -> Answer:
    """POST .../redact: forgets what the version said; that it was there remains."""
    schema.body(NoBody, call)
    record = _found(tx, call)
    if record.body["redacted_at"] is None:
        record.body |= dict.fromkeys(_REDACTED) | {"redacted_at": clock.stamp(tx), "redacted_by": _actor(tx)}
        tx.save(record)
    return Answer(document=record.body)


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /memory_stores/{memory_store_id}/memory_versions, newest first."""
    store = records.find(tx, STORES, call.ids["memory_store_id"])
    operation = paging.choice(call.query, "operation", "created", "modified", "deleted")
    wanted = {"memory_store_id": store.id, "memory_id": call.query.get("memory_id"), "operation": operation}
    actor = {name: call.query[name] for name in _ACTORS if name in call.query}
    full = paging.choice(call.query, "view", "basic", "full") == "full"

    def show(record: Record) -> JSON:
        return {name: record.body[name] for name in record.body if full or name != "content"}

    def keeps(body: JSON) -> bool:
        return paging.passes(body, wanted) and all(body["created_by"].get(name) == actor[name] for name in actor)

    listing = paging.stored(tx, MEMORY_VERSIONS.table, show)
    return Answer(document=paging.page(call.query, listing, keeps, bounds=paging.OUTER_BOUNDS))


def _actor(tx: Transaction) -> JSON:
    return {"type": "api_actor", "api_key_id": settings.value(tx, "api_key_id")}


def _found(tx: Transaction, call: Call) -> Record:
    records.find(tx, STORES, call.ids["memory_store_id"])
    return records.find(tx, MEMORY_VERSIONS, call.ids["memory_version_id"], call.ids["memory_store_id"])

"""Memory stores: what agents remember beyond a session (section 2.10)."""

from typing import Annotated

from ..closed import Closed, NoBody, NotNull
from ..platform import Answer, Call
from ..world import Record, Transaction
from . import paging, records, schema
from .kinds import MEMORIES, MEMORY_VERSIONS, STORES
from .schema import Metadata, MetadataPatch, Name


class CreateStore(Closed):
    """The body of a create."""

    name: Name
    description: str | None = None
    metadata: Metadata | None = None


class UpdateStore(Closed):
    """The body of an update. What is left out stays."""

    name: Annotated[Name | None, NotNull] = None
    description: str | None = None
    metadata: MetadataPatch | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /memory_stores."""
    sent = schema.body(CreateStore, call)
    store = {
        "name": sent.name,
        "description": sent.description or "",
        "metadata": schema.patched({}, sent.metadata),
        "status": "active",
        "entry_count": 0,
        "total_size": 0,
    }
    return Answer(document=records.make(tx, STORES, store).body)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /memory_stores/{memory_store_id}."""
    return Answer(document=_found(tx, call).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /memory_stores/{memory_store_id}."""
    sent = schema.body(UpdateStore, call)
    record = _found(tx, call)
    records.refuse_archived(tx, record, STORES)
    changed = schema.changes(tx, sent, {"name": None, "description": ""})
    changed["metadata"] = schema.patched(record.body["metadata"], sent.metadata)
    records.change(tx, record, changed)
    return Answer(document=record.body)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /memory_stores/{memory_store_id}/archive; the status follows (inferred)."""
    schema.body(NoBody, call)
    record = _found(tx, call)
    record.body["status"] = "archived"
    records.archive(tx, record)
    return Answer(document=record.body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /memory_stores/{memory_store_id}: the store with everything in it."""
    record = _found(tx, call)
    for kind in (MEMORIES, MEMORY_VERSIONS):
        for each in records.owned(tx, kind, record.id):
            tx.remove(kind.table, each.id)
    tx.remove(STORES.table, record.id)
    return records.deleted(STORES, record.id)


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /memory_stores; the name filter takes whole names (inferred)."""
    wanted = {"name": call.query.get("name")}
    return records.listed(tx, call, STORES, lambda body: paging.passes(body, wanted))


def _found(tx: Transaction, call: Call) -> Record:
    return records.find(tx, STORES, call.ids["memory_store_id"])

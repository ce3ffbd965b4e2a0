"""Memory stores: what agents remember beyond a session (section 2.10)."""

from typing import Annotated

from ..platform import Answer, Call, records
from ..platform.bodies import Closed, NoBody, NotNull
from ..world import Record, Transaction
from . import paging, schema
from .kinds import MEMORY_STORES
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
    return Answer(document=records.make(tx, MEMORY_STORES, store).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /memory_stores/{memory_store_id}."""
    sent = schema.body(UpdateStore, call)
    record = find_open(tx, call)
    changed = schema.changes(tx, sent, {"name": None, "description": ""})
    changed["metadata"] = schema.patched(record.body["metadata"], sent.metadata)
    records.change(tx, MEMORY_STORES, record, changed)
    return Answer(document=record.body)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /memory_stores/{memory_store_id}/archive; the status follows (inferred)."""
    schema.body(NoBody, call)
    record = records.locate(tx, MEMORY_STORES, call)
    record.body["status"] = "archived"
    records.archive(tx, record)
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /memory_stores; the name filter takes whole names (inferred)."""
    wanted = {"name": call.query.get("name")}
    return paging.answer(
        tx, call, MEMORY_STORES, bounds=paging.OUTER_BOUNDS, keep=lambda body: paging.passes(body, wanted)
    )


def find_open(tx: Transaction, call: Call) -> Record:
    """The store of a path, to be written to."""
    record = records.locate(tx, MEMORY_STORES, call)
    records.refuse_archived(tx, MEMORY_STORES, record)
    return record

"""Memory stores: named holders of memories (section 2.3). Archived ones can be read and emptied, not written."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ..closed import Closed, NoBody
from ..platform import Answer, Call
from ..world import JSON, Record, Transaction
from . import records, schema
from .errors import invalid
from .kinds import MEMORY, MEMORY_STORE, MEMORY_VERSION
from .schema import Metadata, MetadataPatch

# No control characters.
Name = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
Description = Annotated[str, StringConstraints(max_length=1024)]


class CreateStore(Closed):
    """The body of a create."""

    name: Name
    description: Description = ""
    metadata: Metadata = Field(default_factory=dict)


class UpdateStore(Closed):
    """The body of an update. What is left out stays; null is read as left out (inferred), `""` clears."""

    name: Name | None = None
    description: Description | None = None
    metadata: MetadataPatch | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/memory_stores."""
    sent = schema.body(CreateStore, call)
    schema.check_metadata(tx, sent.metadata)
    return Answer(document=records.make(tx, MEMORY_STORE, sent.model_dump()).body)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/memory_stores/{memory_store_id}."""
    return Answer(document=find(tx, call).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/memory_stores/{memory_store_id}."""
    sent = schema.body(UpdateStore, call)
    record = find_open(tx, call)
    changes: JSON = sent.model_dump(include={"name", "description"}, exclude_none=True)
    changes["metadata"] = schema.patch(tx, record.body["metadata"], sent.metadata)
    records.change(tx, record, changes)
    return Answer(document=record.body)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/memory_stores/{memory_store_id}/archive; documented as silent when repeated."""
    schema.body(NoBody, call)
    record = find(tx, call)
    records.archive(tx, record)
    return Answer(document=record.body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/memory_stores/{memory_store_id}, archived or not, with everything in it."""
    record = find(tx, call)
    remove(tx, record)
    return Answer(document={"id": record.id, "type": "memory_store_deleted"})


def remove(tx: Transaction, record: Record) -> None:
    """Takes a store away with its memories and their versions."""
    for kind in (MEMORY, MEMORY_VERSION):
        for inside in records.belonging(tx, kind, record.id):
            tx.remove(inside.kind, inside.id)
    tx.remove(record.kind, record.id)


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /v1/memory_stores, newest first (inferred)."""
    return records.listing(tx, call, MEMORY_STORE.name, bounds=("gte", "lte"))


def find(tx: Transaction, call: Call) -> Record:
    """The store of a path."""
    return records.find(tx, MEMORY_STORE, call.ids["memory_store_id"])


def find_open(tx: Transaction, call: Call) -> Record:
    """The store of a path, to be written to; the status for an archived one is documented."""
    record = find(tx, call)
    if record.body["archived_at"] is not None:
        raise invalid("The memory store is archived and read-only.")
    return record

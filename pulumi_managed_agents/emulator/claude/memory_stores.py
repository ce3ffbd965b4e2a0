"""Memory stores: named holders of memories (section 2.3). Archived ones can be read and emptied, not written."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ..platform import Answer, Call, records
from ..platform.bodies import Closed
from ..world import JSON, Record, Transaction
from . import paging, schema
from .errors import invalid
from .kinds import MEMORY_STORES
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
    return Answer(document=records.make(tx, MEMORY_STORES, sent.model_dump()).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/memory_stores/{memory_store_id}."""
    sent = schema.body(UpdateStore, call)
    record = find_open(tx, call)
    changes: JSON = sent.model_dump(include={"name", "description"}, exclude_none=True)
    changes["metadata"] = schema.patched(tx, record.body["metadata"], sent.metadata)
    records.change(tx, MEMORY_STORES, record, changes)
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/memory_stores, newest first (inferred)."""
    return paging.answer(tx, call, MEMORY_STORES, bounds=paging.OUTER_BOUNDS)


def find_open(tx: Transaction, call: Call) -> Record:
    """The store of a path, to be written to; the status for an archived one is documented."""
    record = records.locate(tx, MEMORY_STORES, call)
    if record.body["archived_at"] is not None:
        raise invalid("The memory store is archived and read-only.")
    return record

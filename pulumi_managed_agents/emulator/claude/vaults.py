"""Vaults: what holds credentials (section 2.2.1). Archiving or deleting one takes its credentials along."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ..platform import Answer, Call, records
from ..platform.bodies import Closed, NoBody
from ..world import Transaction
from . import credentials, paging, schema
from .kinds import CREDENTIALS, VAULTS
from .schema import Metadata, MetadataPatch

DisplayName = Annotated[str, StringConstraints(min_length=1, max_length=255)]


class CreateVault(Closed):
    """The body of a create."""

    display_name: DisplayName
    metadata: Metadata = Field(default_factory=dict)


class UpdateVault(Closed):
    """The body of an update. What is left out stays; null for the name is read as left out (inferred)."""

    display_name: DisplayName | None = None
    metadata: MetadataPatch | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults."""
    sent = schema.body(CreateVault, call)
    schema.check_metadata(tx, sent.metadata)
    return Answer(document=records.make(tx, VAULTS, sent.model_dump()).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}."""
    sent = schema.body(UpdateVault, call)
    record = records.locate(tx, VAULTS, call)
    records.refuse_archived(tx, VAULTS, record)
    changes = {
        "display_name": sent.display_name or record.body["display_name"],
        "metadata": schema.patched(tx, record.body["metadata"], sent.metadata),
    }
    records.change(tx, VAULTS, record, changes)
    return Answer(document=record.body)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}/archive: the credentials are archived with it and their secrets are gone."""
    schema.body(NoBody, call)
    record = records.locate(tx, VAULTS, call)
    for credential in records.owned(tx, CREDENTIALS, record.id):
        credentials.retire(tx, credential)
    records.archive(tx, record)
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/vaults, newest first."""
    return paging.answer(tx, call, VAULTS)

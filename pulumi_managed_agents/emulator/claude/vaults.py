"""Vaults: what holds credentials (section 2.2.1). Archiving or deleting one takes its credentials along."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ..closed import Closed, NoBody
from ..platform import Answer, Call
from ..world import Record, Transaction
from . import credentials, records, schema
from .kinds import CREDENTIAL, VAULT
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
    return Answer(document=records.make(tx, VAULT, sent.model_dump()).body)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/vaults/{vault_id}."""
    return Answer(document=_find(tx, call).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}."""
    sent = schema.body(UpdateVault, call)
    record = _find(tx, call)
    records.refuse_archived(tx, record, "vault")
    changes = {
        "display_name": sent.display_name or record.body["display_name"],
        "metadata": schema.patch(tx, record.body["metadata"], sent.metadata),
    }
    records.change(tx, record, changes)
    return Answer(document=record.body)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/vaults/{vault_id}/archive: the credentials are archived with it and their secrets are gone."""
    schema.body(NoBody, call)
    record = _find(tx, call)
    for credential in records.belonging(tx, CREDENTIAL, record.id):
        credentials.retire(tx, credential)
    records.archive(tx, record)
    return Answer(document=record.body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/vaults/{vault_id}, in use or not, with its credentials."""
    record = _find(tx, call)
    remove(tx, record)
    return Answer(document={"id": record.id, "type": "vault_deleted"})


def remove(tx: Transaction, record: Record) -> None:
    """Takes a vault away with everything in it."""
    for credential in records.belonging(tx, CREDENTIAL, record.id):
        tx.remove(credential.kind, credential.id)
    tx.remove(record.kind, record.id)


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /v1/vaults, newest first."""
    return records.listing(tx, call, VAULT.name)


def _find(tx: Transaction, call: Call) -> Record:
    return records.find(tx, VAULT, call.ids["vault_id"])

"""Vaults: named places for credentials. They cannot be updated (section 2.7)."""

from ..closed import Closed, NoBody
from ..platform import Answer, Call
from ..world import Record, Transaction
from . import paging, records, schema
from .kinds import CREDENTIALS, VAULTS
from .schema import Metadata, Name


class CreateVault(Closed):
    """The body of a create. Credentials have their own create by now."""

    display_name: Name
    metadata: Metadata | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /vaults. This answer alone shows a list of credentials."""
    sent = schema.body(CreateVault, call)
    vault = {"display_name": sent.display_name, "metadata": schema.patched({}, sent.metadata)}
    return Answer(document=records.make(tx, VAULTS, vault).body | {"credentials": []})


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /vaults/{vault_id}."""
    return Answer(document=_found(tx, call).body)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /vaults/{vault_id}/archive."""
    schema.body(NoBody, call)
    record = _found(tx, call)
    records.archive(tx, record)
    return Answer(document=record.body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /vaults/{vault_id}; its credentials go with it (inferred)."""
    record = _found(tx, call)
    for credential in records.owned(tx, CREDENTIALS, record.id):
        tx.remove(CREDENTIALS.table, credential.id)
    tx.remove(VAULTS.table, record.id)
    return records.deleted(VAULTS, record.id)


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /vaults; the name filter takes whole names (inferred)."""
    wanted = {"display_name": call.query.get("name")}
    return records.listed(tx, call, VAULTS, lambda body: paging.passes(body, wanted), bounds=())


def _found(tx: Transaction, call: Call) -> Record:
    return records.find(tx, VAULTS, call.ids["vault_id"])

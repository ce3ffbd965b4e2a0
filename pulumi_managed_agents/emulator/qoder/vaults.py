"""Vaults: named places for credentials. They cannot be updated (section 2.7)."""

from ..platform import Answer, Call, records
from ..platform.bodies import Closed
from ..world import Transaction
from . import paging, schema
from .kinds import VAULTS
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


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /vaults; the name filter takes whole names (inferred)."""
    wanted = {"display_name": call.query.get("name")}
    return paging.answer(tx, call, VAULTS, keep=lambda body: paging.passes(body, wanted))

"""Whose a key is: an organization and a workspace. What one account makes is not there for another one.

The setting `accounts` names them by key; every other key is of the default account. Of a key only its fingerprint is
kept.
"""

from dataclasses import dataclass

from . import access_tokens, github, settings
from .world import JSON, Transaction

ACCOUNTS = "accounts"


@dataclass(frozen=True)
class Account:
    """An organization and one of its workspaces; the default account has no name."""

    name: str
    organization_id: str
    workspace_id: str


def of(tx: Transaction, key: str) -> Account:
    """The account that a key belongs to."""
    usual = Account("", settings.value(tx, "organization_id"), settings.value(tx, "workspace_id"))
    minted = access_tokens.find(tx, key)
    if minted is not None and minted.workspace_id not in (None, usual.workspace_id):
        workspace = str(minted.workspace_id)
        return Account(f"{usual.organization_id} {workspace}", usual.organization_id, workspace)
    table: JSON = settings.value(tx, ACCOUNTS)
    if not table:
        return usual
    entry: JSON = {"organization_id": usual.organization_id, "workspace_id": usual.workspace_id}
    entry |= table.get(github.fingerprint(tx, key), {})
    named = Account(" ".join(entry.values()), **entry)
    return usual if named == Account(named.name, usual.organization_id, usual.workspace_id) else named


def hashed(tx: Transaction, changes: JSON) -> JSON:
    """Changes of settings, with fingerprints where the table of accounts had keys."""
    table = changes.get(ACCOUNTS)
    if not isinstance(table, dict):
        return changes
    known = settings.value(tx, ACCOUNTS)
    return changes | {
        ACCOUNTS: {key if key in known else github.fingerprint(tx, str(key)): entry for key, entry in table.items()}
    }

"""Access tokens that the platforms gave out: each dies by the emulator's clock. Only fingerprints are kept."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from . import clock, github
from .world import JSON, Transaction

_STATE = "access tokens"


@dataclass(frozen=True)
class Minted:
    """What is known of a token that was given out."""

    expires_at: str
    scope: str
    workspace_id: str | None = None
    service_account_id: str | None = None

    def is_alive(self, tx: Transaction) -> bool:
        """Whether it has not expired."""
        return clock.parse(self.expires_at) > clock.now(tx)


def mint(
    tx: Transaction, prefix: str, seconds: float, scope: str, workspace: str | None = None, account: str | None = None
) -> str:
    """A new token, which is shown this once."""
    token = f"{prefix}{secrets.token_urlsafe(48)}"
    now = clock.now(tx)
    minted = Minted(clock.write(now + timedelta(seconds=seconds)), scope, workspace, account)
    table: JSON = tx.state(_STATE, {})
    # What expired long ago is as unknown as what never was.
    horizon = clock.write(now - timedelta(days=1))
    kept = {mark: entry for mark, entry in table.items() if entry["expires_at"] > horizon}
    tx.set_state(_STATE, kept | {github.fingerprint(tx, token): vars(minted)})
    return token


def find(tx: Transaction, token: str) -> Minted | None:
    """What is known of a token; None if it was not given out here."""
    table: JSON = tx.state(_STATE, {})
    entry = table.get(github.fingerprint(tx, token)) if table else None
    return Minted(**entry) if entry else None


def revoke_all(tx: Transaction) -> None:
    """Every token that was given out dies now."""
    now = clock.write(clock.now(tx))
    table: JSON = tx.state(_STATE, {})
    tx.set_state(_STATE, {mark: entry | {"expires_at": now} for mark, entry in table.items()})

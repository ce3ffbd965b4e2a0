"""What credentials bring that nobody sees again. Of a secret only the fingerprint is kept."""

from typing import Literal

from .. import clock, github
from ..world import JSON, Record, Transaction
from .bodies import Closed
from .calls import Answer

NAMES = frozenset(["access_token", "refresh_token", "client_secret", "token", "secret_value"])
"""The fields of a credential's auth that are secret."""


class NoClientAuth(Closed):
    """A token endpoint that asks the client for nothing."""

    type: Literal["none"]


def paths(auth: JSON, path: str = "auth") -> dict[str, str]:
    """The secrets of a sent auth by the path of their field."""
    secrets: dict[str, str] = {}
    for name, value in auth.items():
        if isinstance(value, dict):
            secrets |= paths(value, f"{path}.{name}")
        elif name in NAMES and value is not None:
            secrets[f"{path}.{name}"] = value
    return secrets


def fingerprints(tx: Transaction, auth: JSON) -> dict[str, str]:
    """The fingerprints of the secrets of a sent auth by the path of their field."""
    return {path: github.fingerprint(tx, secret) for path, secret in paths(auth).items()}


def public(auth: JSON) -> JSON:
    """An auth without its secrets."""
    return {
        name: public(value) if isinstance(value, dict) else value for name, value in auth.items() if name not in NAMES
    }


def verdict(
    tx: Transaction, record: Record, status: str, *, has_refresh_token: bool, mcp_probe: JSON | None = None
) -> Answer:
    """What the validation of a credential answers. No server is asked."""
    validation = {
        "type": "vault_credential_validation",
        "credential_id": record.id,
        "vault_id": record.body["vault_id"],
        "status": status,
        "has_refresh_token": has_refresh_token,
        "mcp_probe": mcp_probe,
        "refresh": None,
        "validated_at": clock.stamp(tx),
    }
    return Answer(document=validation)

"""Credentials of a vault: a secret goes in, is changed in place, and never comes back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from . import story

if TYPE_CHECKING:
    from verify.run import Run

URL = "https://mcp.example.com/mcp"


@story("credentials: a bearer token")
def bearer(run: Run) -> None:
    """Its token is changed in place; its address is not."""
    credentials = run.at("vaults.credentials")
    vault = run.create("a vault for it", "vaults", display_name="tokens").id
    auth = {"type": "static_bearer", "mcp_server_url": URL, "token": _secret(run)}
    id = run.see("a create", credentials.create, vault, auth=auth, metadata={"team": "a"}).id
    run.see("a read", credentials.retrieve, id, vault_id=vault)
    run.see("a list", credentials.list, vault)
    changed = {"type": "static_bearer", "token": _secret(run)}
    run.see("another token, in place", credentials.update, id, vault_id=vault, auth=changed)
    moved = {"type": "static_bearer", "mcp_server_url": "https://other.example.com/mcp", "token": _secret(run)}
    run.see("another address", credentials.update, id, vault_id=vault, auth=moved, **_open(moved))
    run.see("another kind", credentials.update, id, vault_id=vault, auth={"type": "mcp_oauth", "access_token": "x"})
    run.see("a second one for the same address", credentials.create, vault, auth=auth)
    _end(run, vault, id)


def _open(auth: dict[str, Any]) -> dict[str, Any]:
    """Sends what the SDK would leave out, too."""
    return {"extra_body": {"auth": auth}}


def _end(run: Run, vault: str, id: str) -> None:
    credentials = run.at("vaults.credentials")
    run.see("an archive", credentials.archive, id, vault_id=vault)
    run.see("a read of an archived one", credentials.retrieve, id, vault_id=vault)
    run.see("a removal", credentials.delete, id, vault_id=vault)
    run.see("a read of what is removed", credentials.retrieve, id, vault_id=vault)
    run.see("a removal of the vault", run.at("vaults").delete, vault)


@story("credentials: OAuth")
def oauth(run: Run) -> None:
    """With what renews it."""
    credentials = run.at("vaults.credentials")
    vault = run.create("a vault for it", "vaults", display_name="oauth").id
    refresh = {
        "client_id": "client",
        "refresh_token": _secret(run),
        "token_endpoint": "https://login.example.com/token",
        "token_endpoint_auth": {"type": "client_secret_post", "client_secret": _secret(run)},
    }
    auth = {"type": "mcp_oauth", "mcp_server_url": URL, "access_token": _secret(run), "refresh": refresh}
    id = run.see("a create", credentials.create, vault, auth=auth | {"expires_at": "2030-01-01T00:00:00Z"}).id
    changed = {"type": "mcp_oauth", "access_token": _secret(run)}
    run.see("another token, in place", credentials.update, id, vault_id=vault, auth=changed)
    run.see("a removal of the vault with it", run.at("vaults").delete, vault)


@story("credentials: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    credentials = run.at("vaults.credentials")
    vault = run.create("a vault for them", "vaults", display_name="never").id
    wrong: dict[str, dict[str, Any]] = {
        "an unknown kind": {"type": "handshake"},
        "no token": {"type": "static_bearer", "mcp_server_url": URL},
        "an address that is none": {"type": "static_bearer", "mcp_server_url": "nowhere", "token": _secret(run)},
    }
    for step, auth in wrong.items():
        run.see(f"a create with {step}", credentials.create, vault, auth=auth)
    run.see("a read of what is not there", credentials.retrieve, "vcrd_011111111111111111111111", vault_id=vault)


def _secret(run: Run) -> str:
    """Made up, and looked for in every answer."""
    made = f"token-of-a-verification-{secrets.token_hex(8)}"
    run.secrets.add(made)
    return made

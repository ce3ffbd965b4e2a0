"""Credentials of a vault: a secret goes in, is changed in place, and never comes back."""

from __future__ import annotations

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
    auth = {"type": "static_bearer", "mcp_server_url": URL, "token": run.secret()}
    one = run.see("a create", credentials.create, vault, auth=auth, metadata={"team": "a"}).id
    run.see("a read", credentials.retrieve, one, vault_id=vault)
    run.see("a list", credentials.list, vault)
    changed = {"type": "static_bearer", "token": run.secret()}
    run.see("another token, in place", credentials.update, one, vault_id=vault, auth=changed)
    moved = {"type": "static_bearer", "mcp_server_url": "https://other.example.com/mcp", "token": run.secret()}
    run.see("another address", credentials.update, one, vault_id=vault, auth=moved, **_open(moved))
    run.see("another kind", credentials.update, one, vault_id=vault, auth={"type": "mcp_oauth", "access_token": "x"})
    run.see("a second one for the same address", credentials.create, vault, auth=auth)
    _end(run, vault, one)


def _open(auth: dict[str, Any]) -> dict[str, Any]:
    """Sends what the SDK would leave out, too."""
    return {"extra_body": {"auth": auth}}


def _end(run: Run, vault: str, one: str) -> None:
    credentials = run.at("vaults.credentials")
    run.see("an archive", credentials.archive, one, vault_id=vault)
    run.see("a read of an archived one", credentials.retrieve, one, vault_id=vault)
    run.see("a removal", credentials.delete, one, vault_id=vault)
    run.see("a read of what is removed", credentials.retrieve, one, vault_id=vault)
    run.see("a removal of the vault", run.at("vaults").delete, vault)


@story("credentials: OAuth")
def oauth(run: Run) -> None:
    """With what renews it."""
    credentials = run.at("vaults.credentials")
    vault = run.create("a vault for it", "vaults", display_name="oauth").id
    refresh = {
        "client_id": "client",
        "refresh_token": run.secret(),
        "token_endpoint": "https://login.example.com/token",
        "token_endpoint_auth": {"type": "client_secret_post", "client_secret": run.secret()},
    }
    auth = {"type": "mcp_oauth", "mcp_server_url": URL, "access_token": run.secret(), "refresh": refresh}
    one = run.see("a create", credentials.create, vault, auth=auth | {"expires_at": "2030-01-01T00:00:00Z"}).id
    changed = {"type": "mcp_oauth", "access_token": run.secret()}
    run.see("another token, in place", credentials.update, one, vault_id=vault, auth=changed)
    run.see("a removal of the vault with it", run.at("vaults").delete, vault)


@story("credentials: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    credentials = run.at("vaults.credentials")
    vault = run.create("a vault for them", "vaults", display_name="never").id
    wrong: dict[str, dict[str, Any]] = {
        "an unknown kind": {"type": "handshake"},
        "no token": {"type": "static_bearer", "mcp_server_url": URL},
        "an address that is none": {"type": "static_bearer", "mcp_server_url": "nowhere", "token": run.secret()},
    }
    for step, auth in wrong.items():
        run.see(f"a create with {step}", credentials.create, vault, auth=auth)
    run.see("a read of what is not there", credentials.retrieve, "vcrd_011111111111111111111111", vault_id=vault)

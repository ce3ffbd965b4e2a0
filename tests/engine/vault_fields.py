"""Every property of vaults and credentials, changed."""

from __future__ import annotations

from typing import Any

from engine.declare import ref, row
from engine.fields import Change, Table, child

SERVER = "https://mcp.example.com/"
LATER, STILL_LATER = "2099-01-01T00:00:00Z", "2099-06-01T00:00:00Z"
SECRETS = tuple(
    f"made-up-{name}-{moment}" for name in ("bearer", "access", "refresh", "client") for moment in ("1", "2")
)
OPEN = {"type": "unrestricted"}


def auth(**words: Any) -> dict[str, Any]:
    """What a credential is for, and its secret."""
    return {"auth": words}


def bearer(token: str, url: str = SERVER, **more: Any) -> dict[str, Any]:
    """A bearer token."""
    return {**auth(type="static_bearer", mcp_server_url=url, token=token), **more}


def oauth(access: str = "made-up-access-1", expires: str | None = LATER, **refresh: Any) -> dict[str, Any]:
    """OAuth tokens that the platform refreshes."""
    block = {
        "token_endpoint": "https://mcp.example.com/token",
        "client_id": "client",
        "refresh_token": "made-up-refresh-1",
        "token_endpoint_auth": {"type": "none"},
        **refresh,
    }
    return auth(type="mcp_oauth", mcp_server_url=SERVER, access_token=access, expires_at=expires, refresh=block)


def variable(value: str = "made-up-bearer-1", **more: Any) -> dict[str, Any]:
    """An environment variable."""
    return auth(
        **{"type": "environment_variable", "secret_name": "KEY", "secret_value": value, "networking": OPEN, **more}
    )


def limited(*hosts: str) -> dict[str, Any]:
    """Hosts that a variable may be sent to."""
    return {"type": "limited", "allowed_hosts": list(hosts)}


VAULTS = Table(
    kind="Vault",
    collection="vaults",
    declare=row("Vault"),
    changes=(
        Change("vault-removal-deletes", {}, {"on_delete": "delete"}, sends=()),
        Change("vault-named", {"display_name": "one"}, {"display_name": "two"}, platform={"display_name": "two"}),
        Change("vault-keeps-its-name", {"display_name": "one"}, {}, "same", platform={"display_name": "one"}),
        Change(
            "vault-labelled",
            {"metadata": {"a": "1", "b": "1"}},
            {"metadata": {"a": "2"}},
            platform={"metadata.a": "2", "metadata.b": None},
        ),
    ),
    updates=("vaults.update",),
    removes=("vaults.archive",),
)

PUBLIC = {"type": "none"}


def client(secret: str) -> dict[str, Any]:
    """A client with a secret."""
    return {"token_endpoint_auth": {"type": "client_secret_basic", "client_secret": secret}}


def without_refresh() -> dict[str, Any]:
    """OAuth that the user rotates."""
    words = dict(oauth()["auth"])
    del words["refresh"]
    return auth(**words)


CREDENTIAL_CHANGES = (
    Change(
        "oauth-tried", oauth(), oauth() | {"validate_token": True}, sends=("vaults.credentials.mcp_oauth_validate",)
    ),
    Change(
        "bearer-removal-deletes",
        bearer("made-up-bearer-1", on_delete="archive"),
        bearer("made-up-bearer-1"),
        sends=(),
    ),
    Change("bearer-rotated", bearer("made-up-bearer-1"), bearer("made-up-bearer-2")),
    Change("bearer-moved", bearer("made-up-bearer-1"), bearer("made-up-bearer-1", "https://b.example.com/"), "replace"),
    Change(
        "bearer-named",
        bearer("made-up-bearer-1"),
        bearer("made-up-bearer-1", display_name="one"),
        platform={"display_name": "one"},
    ),
    Change(
        "bearer-keeps-its-name",
        bearer("made-up-bearer-1", display_name="one"),
        bearer("made-up-bearer-1"),
        "same",
        platform={"display_name": "one"},
    ),
    Change(
        "bearer-labelled",
        bearer("made-up-bearer-1", metadata={"a": "1"}),
        bearer("made-up-bearer-1", metadata={"b": "1"}),
        platform={"metadata.a": None, "metadata.b": "1"},
    ),
    Change(
        "bearer-to-another-vault",
        bearer("made-up-bearer-1"),
        {**bearer("made-up-bearer-1"), "vault_id": ref("other-vault.id")},
        "replace",
    ),
    Change("bearer-to-variable", bearer("made-up-bearer-1"), variable(), "replace"),
    Change(
        "access-rotated",
        oauth(),
        oauth("made-up-access-2", STILL_LATER),
        platform={"auth.expires_at": "2099-06-01T00:00:00.000000Z"},
    ),
    Change("refresh-rotated", oauth(), oauth(refresh_token="made-up-refresh-2")),
    Change("client-secret-rotated", oauth(**client("made-up-client-1")), oauth(**client("made-up-client-2"))),
    Change("client-made-secret", oauth(), oauth(**client("made-up-client-1")), "replace"),
    Change("scope-changed", oauth(scope="read"), oauth(scope="write"), platform={"auth.refresh.scope": "write"}),
    Change("scope-removed", oauth(scope="read"), oauth(), platform={"auth.refresh.scope": None}),
    Change("refresh-resource-changed", oauth(resource="one"), oauth(resource="two"), "replace"),
    Change("refresh-client-changed", oauth(), oauth(client_id="other"), "replace"),
    Change("refresh-endpoint-changed", oauth(), oauth(token_endpoint="https://b.example.com/token"), "replace"),
    Change("refresh-added", without_refresh(), oauth(), "replace"),
    Change("refresh-removed", oauth(), without_refresh(), "replace"),
    Change("variable-rotated", variable(), variable("made-up-bearer-2")),
    Change("variable-renamed", variable(), variable(secret_name="OTHER"), "replace"),
    Change(
        "variable-limited",
        variable(),
        variable(networking=limited("example.com")),
        platform={"auth.networking.allowed_hosts": ["example.com"]},
    ),
    Change(
        "variable-hosts-changed",
        variable(networking=limited("example.com", "*.example.org")),
        variable(networking=limited("example.net", "example.com")),
    ),
    Change(
        "variable-hosts-in-another-order",
        variable(networking=limited("a.example", "b.example")),
        variable(networking=limited("b.example", "a.example")),
        "same",
    ),
    Change(
        "variable-in-headers-only",
        variable(),
        variable(injection_location={"header": True}),
        platform={"auth.injection_location": {"header": True, "body": False}},
    ),
    Change(
        "variable-everywhere-again",
        variable(injection_location={"body": True}),
        variable(),
        platform={"auth.injection_location": {"header": True, "body": True}},
    ),
    Change(
        "variable-place-written-down", variable(), variable(injection_location={"header": True, "body": True}), "same"
    ),
)

CREDENTIALS = Table(
    kind="Credential",
    collection="credentials",
    declare=lambda name, /, options=None, **args: row("Credential")(
        name, options, **{"vault_id": ref(f"vault-of-{name}.id"), **args}
    ),
    changes=CREDENTIAL_CHANGES,
    around=(*(row("Vault")(f"vault-of-{change.name}") for change in CREDENTIAL_CHANGES), row("Vault")("other-vault")),
    updates=("vaults.credentials.update",),
    removes=("vaults.credentials.delete",),
    own=child,
    secrets=SECRETS,
)

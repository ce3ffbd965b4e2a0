from datetime import UTC, datetime
from typing import Any

import pytest
from contract.refusals import absent, refused

SERVER = "https://mcp.example.com/mcp"
BEARER = {"type": "static_bearer", "mcp_server_url": SERVER, "token": "token-of-a-server"}
CLIENT = {"type": "client_secret_basic", "client_secret": "secret-of-a-client"}
REFRESH = {
    "token_endpoint": "https://auth.example.com/token",
    "client_id": "client",
    "refresh_token": "token-that-refreshes",
    "token_endpoint_auth": CLIENT,
}
OAUTH = {"type": "mcp_oauth", "mcp_server_url": SERVER, "access_token": "token-of-a-user"}
ANYWHERE = {"type": "unrestricted"}
VARIABLE = {
    "type": "environment_variable",
    "secret_name": "API_KEY",
    "secret_value": "value-of-a-variable",
    "networking": ANYWHERE,
}
NOW = "2026-11-01T00:00:00Z"


@pytest.fixture
def vault(world: Any) -> str:
    world.control.clock(now=NOW)
    return str(world.vault().id)


@pytest.fixture
def credential(world: Any, vault: str) -> Any:
    def make(auth: dict[str, Any], **fields: Any) -> Any:
        return world.credentials.create(vault, auth=auth, **fields)

    return make


@pytest.fixture
def update(world: Any) -> Any:
    def change(credential: Any, **fields: Any) -> Any:
        return world.credentials.update(credential.id, vault_id=credential.vault_id, **fields)

    return change


def test_a_new_credential_comes_back_without_its_secret(world: Any, vault: str) -> None:
    made = world.credentials.create(vault, auth=BEARER, display_name="server", metadata={"team": "a"})

    assert made.id.startswith("vcrd_")
    assert made.to_dict() == {
        "id": made.id,
        "type": "vault_credential",
        "vault_id": vault,
        "display_name": "server",
        "metadata": {"team": "a"},
        "auth": {"type": "static_bearer", "mcp_server_url": SERVER},
        "created_at": made.created_at,
        "updated_at": made.created_at,
        "archived_at": None,
    }
    assert world.credentials.retrieve(made.id, vault_id=vault) == made


@pytest.mark.parametrize(
    ("auth", "shown"),
    [
        (OAUTH, {"type": "mcp_oauth", "mcp_server_url": SERVER}),
        (
            OAUTH | {"refresh": REFRESH | {"scope": "read", "resource": "https://mcp.example.com"}},
            {
                "type": "mcp_oauth",
                "mcp_server_url": SERVER,
                "refresh": {
                    "token_endpoint": "https://auth.example.com/token",
                    "client_id": "client",
                    "token_endpoint_auth": {"type": "client_secret_basic"},
                    "scope": "read",
                    "resource": "https://mcp.example.com",
                },
            },
        ),
        (
            VARIABLE,
            {
                "type": "environment_variable",
                "secret_name": "API_KEY",
                "networking": ANYWHERE,
                "injection_location": {"header": True, "body": True},
            },
        ),
        (
            VARIABLE
            | {
                "networking": {"type": "limited", "allowed_hosts": ["a.com", "192.0.2.1", "*.b.com"]},
                "injection_location": {"header": True},
            },
            {
                "type": "environment_variable",
                "secret_name": "API_KEY",
                "networking": {"type": "limited", "allowed_hosts": ["a.com", "192.0.2.1", "*.b.com"]},
                "injection_location": {"header": True, "body": False},
            },
        ),
    ],
    ids=["oauth", "oauth that refreshes", "variable", "limited variable"],
)
def test_each_form_is_shown_with_its_defaults(credential: Any, auth: dict[str, Any], shown: dict[str, Any]) -> None:
    assert credential(auth).auth.to_dict() == shown


def test_an_expiry_lies_in_the_future(world: Any, credential: Any, update: Any) -> None:
    made = credential(OAUTH | {"expires_at": "2026-12-01T00:00:00+01:00"})

    assert made.auth.expires_at == datetime(2026, 11, 30, 23, tzinfo=UTC)
    for wrong in (NOW, "2026-10-31T00:00:00Z", "soon", "0001-01-01T00:00:00+10:00"):
        refused(lambda when=wrong: credential(OAUTH | {"expires_at": when}), "auth.expires_at")
        refused(lambda when=wrong: update(made, auth={"type": "mcp_oauth", "expires_at": when}), "auth.expires_at")
    world.control.clock(now="2027-01-01T00:00:00Z")
    kept = update(made, auth={"type": "mcp_oauth", "access_token": "another-token"})
    assert kept.auth.expires_at == made.auth.expires_at


@pytest.mark.parametrize(
    ("auth", "named"),
    [
        ({}, "auth"),
        ({"type": "password"}, "auth"),
        ({"type": "static_bearer", "mcp_server_url": SERVER}, "auth.token"),
        ({"type": "static_bearer", "token": "t"}, "auth.mcp_server_url"),
        (BEARER | {"token": ""}, "auth.token"),
        (BEARER | {"token": "x" * 8193}, "auth.token"),
        (BEARER | {"mcp_server_url": ""}, "auth.mcp_server_url"),
        (BEARER | {"mcp_server_url": "x" * 2048}, "auth.mcp_server_url"),
        (BEARER | {"expires_at": "2030-01-01T00:00:00Z"}, "auth.expires_at"),
        (OAUTH | {"access_token": ""}, "auth.access_token"),
        (OAUTH | {"access_token": "x" * 8193}, "auth.access_token"),
        (OAUTH | {"refresh": {}}, "auth.refresh.token_endpoint"),
        (OAUTH | {"refresh": REFRESH | {"client_id": "x" * 1025}}, "auth.refresh.client_id"),
        (OAUTH | {"refresh": REFRESH | {"refresh_token": "x" * 4097}}, "auth.refresh.refresh_token"),
        (OAUTH | {"refresh": REFRESH | {"scope": "x" * 8193}}, "auth.refresh.scope"),
        (OAUTH | {"refresh": REFRESH | {"resource": "x" * 2048}}, "auth.refresh.resource"),
        (OAUTH | {"refresh": REFRESH | {"token_endpoint_auth": {"type": "jwt"}}}, "auth.refresh.token_endpoint_auth"),
        (
            OAUTH | {"refresh": REFRESH | {"token_endpoint_auth": {"type": "client_secret_post"}}},
            "auth.refresh.token_endpoint_auth.client_secret",
        ),
        (
            OAUTH | {"refresh": REFRESH | {"token_endpoint_auth": CLIENT | {"client_secret": "x" * 513}}},
            "auth.refresh.token_endpoint_auth.client_secret",
        ),
        (
            OAUTH | {"refresh": REFRESH | {"token_endpoint_auth": {"type": "none", "client_secret": "x"}}},
            "auth.refresh.token_endpoint_auth.client_secret",
        ),
        ({key: VARIABLE[key] for key in ("type", "secret_name", "secret_value")}, "auth.networking"),
        (VARIABLE | {"secret_name": "x" * 256}, "auth.secret_name"),
        (VARIABLE | {"secret_value": "x" * 4097}, "auth.secret_value"),
        (VARIABLE | {"networking": {"type": "limited"}}, "auth.networking.allowed_hosts"),
        (VARIABLE | {"networking": {"type": "limited", "allowed_hosts": ["a.com"] * 17}}, "allowed_hosts"),
        (VARIABLE | {"networking": {"type": "limited", "allowed_hosts": ["https://a.com"]}}, "allowed_hosts"),
        (VARIABLE | {"networking": {"type": "limited", "allowed_hosts": ["a.com:443"]}}, "allowed_hosts"),
        (VARIABLE | {"networking": {"type": "limited", "allowed_hosts": ["::1"]}}, "allowed_hosts"),
        (VARIABLE | {"networking": ANYWHERE | {"allowed_hosts": []}}, "allowed_hosts"),
        (VARIABLE | {"injection_location": None}, "auth.injection_location"),
        (VARIABLE | {"injection_location": {}}, "auth.injection_location"),
        (VARIABLE | {"injection_location": {"header": False}}, "auth.injection_location"),
        (VARIABLE | {"injection_location": {"header": None}}, "auth.injection_location.header"),
        (VARIABLE | {"injection_location": {"cookie": True}}, "auth.injection_location.cookie"),
    ],
)
def test_an_auth_that_breaks_a_rule_names_the_path(credential: Any, auth: dict[str, Any], named: str) -> None:
    error = refused(lambda: credential(auth), named)

    assert "token-of-a" not in error["message"]
    assert "xxx" not in error["message"]


@pytest.mark.parametrize(
    "fields",
    [
        {"display_name": "x" * 256},
        {"metadata": {"k": "v" * 513}},
        {"extra_body": {"vault_id": "vlt_1"}},
        {"extra_body": {"token": "t"}},
    ],
)
def test_a_create_that_breaks_a_rule_makes_nothing(world: Any, credential: Any, fields: dict[str, Any]) -> None:
    refused(lambda: credential(BEARER, **fields))

    assert world.control.objects("credentials") == []


@pytest.mark.parametrize(
    ("auth", "fields", "rotated"),
    [
        (BEARER, {"token": "another"}, {"auth.token"}),
        (OAUTH, {"access_token": "another"}, {"auth.access_token"}),
        (OAUTH | {"refresh": REFRESH}, {"refresh": {"refresh_token": "another"}}, {"auth.refresh.refresh_token"}),
        (
            OAUTH | {"refresh": REFRESH},
            {"access_token": "one", "refresh": {"token_endpoint_auth": CLIENT | {"client_secret": "two"}}},
            {"auth.access_token", "auth.refresh.token_endpoint_auth.client_secret"},
        ),
        (VARIABLE, {"secret_value": "another"}, {"auth.secret_value"}),
    ],
)
def test_exactly_the_secret_that_is_sent_is_rotated(
    world: Any, credential: Any, update: Any, auth: dict[str, Any], fields: dict[str, Any], rotated: set[str]
) -> None:
    made = credential(auth)
    before = world.control.credential_secrets(made.id)

    changed = update(made, auth={"type": auth["type"]} | fields)

    after = world.control.credential_secrets(made.id)
    assert after.keys() == before.keys()
    assert {path for path in after if after[path] != before[path]} == rotated
    assert {each["resource_id"] for each in world.control.rotations(made.id)} == rotated
    assert changed.auth == made.auth
    assert changed.updated_at > made.updated_at


def test_a_fingerprint_tells_what_a_secret_is(world: Any, credential: Any, update: Any) -> None:
    made = credential(BEARER)

    update(made, auth={"type": "static_bearer", "token": "another"})

    assert world.control.credential_secrets(made.id) == {"auth.token": world.control.fingerprint("another")}
    assert [each["fingerprint"] for each in world.control.rotations(made.id)] == [world.control.fingerprint("another")]


def test_secrets_that_are_left_out_or_null_stay(world: Any, credential: Any, update: Any) -> None:
    made = credential(OAUTH | {"refresh": REFRESH, "expires_at": "2027-01-01T00:00:00Z"})
    before = world.control.credential_secrets(made.id)
    empty = {"access_token": None, "expires_at": None, "refresh": {"refresh_token": None, "scope": None}}

    assert update(made, auth={"type": "mcp_oauth"}) == made
    assert update(made, auth={"type": "mcp_oauth"} | empty) == made
    assert update(made, auth={"type": "mcp_oauth", "refresh": None}) == made

    assert world.control.credential_secrets(made.id) == before
    assert world.control.rotations(made.id) == []


@pytest.mark.parametrize(
    ("auth", "sent", "named"),
    [
        (BEARER, {"token": "another"}, "auth"),
        (BEARER, {"type": "mcp_oauth", "access_token": "another"}, "auth.type"),
        (BEARER, None, "auth"),
        (BEARER, {"type": "static_bearer", "mcp_server_url": SERVER}, "auth.mcp_server_url"),
        (BEARER, {"type": "static_bearer", "token": ""}, "auth.token"),
        (OAUTH, {"type": "mcp_oauth", "mcp_server_url": SERVER}, "auth.mcp_server_url"),
        (OAUTH, {"type": "mcp_oauth", "refresh": {"scope": "read"}}, "auth.refresh"),
        (OAUTH | {"refresh": REFRESH}, {"type": "mcp_oauth", "refresh": {"client_id": "c"}}, "auth.refresh.client_id"),
        (
            OAUTH | {"refresh": REFRESH},
            {"type": "mcp_oauth", "refresh": {"token_endpoint": SERVER}},
            "auth.refresh.token_endpoint",
        ),
        (OAUTH | {"refresh": REFRESH}, {"type": "mcp_oauth", "refresh": {"resource": "r"}}, "auth.refresh.resource"),
        (
            OAUTH | {"refresh": REFRESH},
            {"type": "mcp_oauth", "refresh": {"token_endpoint_auth": {"type": "none"}}},
            "auth.refresh.token_endpoint_auth",
        ),
        (
            OAUTH | {"refresh": REFRESH | {"token_endpoint_auth": {"type": "none"}}},
            {"type": "mcp_oauth", "refresh": {"token_endpoint_auth": CLIENT}},
            "auth.refresh.token_endpoint_auth",
        ),
        (VARIABLE, {"type": "environment_variable", "secret_name": "OTHER"}, "auth.secret_name"),
        (VARIABLE, {"type": "environment_variable", "injection_location": None}, "auth.injection_location"),
        (
            VARIABLE,
            {"type": "environment_variable", "injection_location": {"header": False, "body": False}},
            "auth.injection_location",
        ),
    ],
)
def test_an_update_that_breaks_a_rule_changes_nothing(
    world: Any, credential: Any, update: Any, auth: dict[str, Any], sent: Any, named: str
) -> None:
    made = credential(auth)
    before = world.control.credential_secrets(made.id)

    refused(lambda: update(made, auth=sent), named)

    assert world.credentials.retrieve(made.id, vault_id=made.vault_id) == made
    assert world.control.credential_secrets(made.id) == before


def test_the_type_of_the_client_auth_stays(credential: Any, update: Any) -> None:
    made = credential(OAUTH | {"refresh": REFRESH})
    other = {"type": "client_secret_post", "client_secret": "another"}

    changed = update(made, auth={"type": "mcp_oauth", "refresh": {"token_endpoint_auth": other}})

    assert changed.auth.refresh.token_endpoint_auth.type == "client_secret_basic"


def test_a_scope_is_replaced_and_cleared(credential: Any, update: Any) -> None:
    made = credential(OAUTH | {"refresh": REFRESH | {"scope": "read"}})

    assert update(made, auth={"type": "mcp_oauth", "refresh": {"scope": "write"}}).auth.refresh.scope == "write"
    cleared = update(made, auth={"type": "mcp_oauth", "refresh": {"scope": ""}})
    assert cleared.auth.refresh.scope is None
    assert cleared.auth.refresh.client_id == "client"


def test_networking_is_replaced_and_locations_are_merged(credential: Any, update: Any) -> None:
    made = credential(VARIABLE | {"networking": {"type": "limited", "allowed_hosts": ["a.com", "b.com"]}})

    def change(**fields: Any) -> Any:
        return update(made, auth={"type": "environment_variable"} | fields).auth

    assert change(networking={"type": "limited", "allowed_hosts": ["c.com"]}).networking.allowed_hosts == ["c.com"]
    assert change(networking=None).networking.allowed_hosts == ["c.com"]
    assert change(networking=ANYWHERE).networking.to_dict() == ANYWHERE
    assert change(injection_location={"body": False}).injection_location.to_dict() == {"header": True, "body": False}
    assert change(injection_location={}).injection_location.to_dict() == {"header": True, "body": False}
    refused(lambda: change(injection_location={"header": False}), "injection_location")
    assert change(injection_location={"header": False, "body": True}).injection_location.to_dict() == {
        "header": False,
        "body": True,
    }


def test_names_and_metadata_are_patched(credential: Any, update: Any) -> None:
    made = credential(BEARER, display_name="one", metadata={"a": "1", "b": "2"})

    changed = update(made, display_name="two", metadata={"a": None})

    assert (changed.display_name, changed.metadata) == ("two", {"b": "2"})
    assert update(made, metadata=None) == changed
    refused(lambda: update(made, display_name=""), "display_name")
    refused(lambda: update(made, display_name="x" * 256), "display_name")
    refused(lambda: update(made, extra_body={"colour": "red"}), "colour")


def test_null_keeps_a_display_name_unless_set_otherwise(world: Any, credential: Any, update: Any) -> None:
    made = credential(BEARER, display_name="one")

    assert update(made, display_name=None) == made
    world.control.settings(display_name_null="clear")
    assert update(made, display_name=None).display_name is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (BEARER, BEARER),
        (BEARER, OAUTH),
        (BEARER, BEARER | {"mcp_server_url": "HTTPS://MCP.example.com:443/mcp/"}),
        (VARIABLE, VARIABLE | {"secret_value": "another"}),
    ],
)
def test_a_key_is_active_once_in_a_vault(
    world: Any, credential: Any, vault: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    made = credential(first)

    assert refused(lambda: credential(second), status=409)["type"] == "conflict_error"
    world.credentials.create(world.vault().id, auth=second)
    world.credentials.archive(made.id, vault_id=vault)
    again = credential(second)
    world.credentials.delete(again.id, vault_id=vault)
    credential(second)


def test_different_keys_live_side_by_side(credential: Any) -> None:
    credential(BEARER)
    credential(BEARER | {"mcp_server_url": "https://mcp.example.com/other"})
    credential(VARIABLE)
    credential(VARIABLE | {"secret_name": SERVER})


def test_a_vault_holds_twenty_credentials(world: Any, credential: Any, vault: str) -> None:
    made = [credential(VARIABLE | {"secret_name": f"KEY_{n}"}) for n in range(20)]

    refused(lambda: credential(BEARER), "20")
    world.control.settings(cap_refusal_status=409)
    refused(lambda: credential(BEARER), "20", status=409)
    world.credentials.archive(made[0].id, vault_id=vault)
    world.control.settings(archived_credentials_count=True)
    refused(lambda: credential(BEARER), "20", status=409)
    world.control.settings(archived_credentials_count=False)
    credential(BEARER)


def test_an_archived_credential_is_visible_and_has_no_secret(
    world: Any, credential: Any, update: Any, vault: str
) -> None:
    made = credential(BEARER)

    archived = world.credentials.archive(made.id, vault_id=vault)

    assert archived.archived_at is not None
    assert world.control.credential_secrets(made.id) == {}
    assert world.credentials.archive(made.id, vault_id=vault) == archived
    assert world.credentials.retrieve(made.id, vault_id=vault) == archived
    assert list(world.credentials.list(vault)) == []
    assert [each.id for each in world.credentials.list(vault, include_archived=True)] == [made.id]
    refused(lambda: update(made, display_name="x"), "archived")
    refused(lambda: world.credentials.mcp_oauth_validate(made.id, vault_id=vault), "archived")
    assert world.credentials.delete(made.id, vault_id=vault).type == "vault_credential_deleted"


def test_a_deleted_credential_is_gone(world: Any, credential: Any, update: Any, vault: str) -> None:
    made = credential(BEARER)

    deleted = world.credentials.delete(made.id, vault_id=vault)

    assert deleted.to_dict() == {"id": made.id, "type": "vault_credential_deleted"}
    absent(
        lambda: world.credentials.retrieve(made.id, vault_id=vault),
        lambda: update(made, display_name="x"),
        lambda: world.credentials.archive(made.id, vault_id=vault),
        lambda: world.credentials.delete(made.id, vault_id=vault),
        lambda: world.credentials.mcp_oauth_validate(made.id, vault_id=vault),
    )


def test_a_credential_is_found_in_its_own_vault_only(world: Any, credential: Any) -> None:
    made, other = credential(BEARER), world.vault().id

    absent(
        lambda: world.credentials.retrieve(made.id, vault_id=other),
        lambda: world.credentials.delete(made.id, vault_id=other),
        lambda: world.credentials.create("vlt_none", auth=BEARER),
        lambda: world.credentials.list("vlt_none"),
    )
    assert list(world.credentials.list(other)) == []


def test_credentials_are_paged_newest_first(world: Any, credential: Any, vault: str) -> None:
    made = [credential(VARIABLE | {"secret_name": f"KEY_{n}"}).id for n in range(5)]
    world.credentials.create(world.vault().id, auth=BEARER)

    assert [each.id for each in world.credentials.list(vault, limit=2)] == made[::-1]
    refused(lambda: world.credentials.list(vault, limit=101), "limit")


@pytest.mark.parametrize("verdict", ["unknown", "valid", "invalid"])
def test_a_validation_says_what_is_set(world: Any, credential: Any, vault: str, verdict: str) -> None:
    made = credential(OAUTH | {"refresh": REFRESH})
    world.control.settings(credential_validation=verdict)

    found = world.credentials.mcp_oauth_validate(made.id, vault_id=vault)

    assert (found.status, found.has_refresh_token, found.refresh) == (verdict, True, None)
    assert (found.credential_id, found.vault_id) == (made.id, vault)
    assert (found.mcp_probe is not None) == (verdict == "invalid")


def test_only_oauth_is_validated(world: Any, credential: Any, vault: str) -> None:
    made = credential(BEARER)

    refused(lambda: world.credentials.mcp_oauth_validate(made.id, vault_id=vault), "mcp_oauth")


def test_another_program_changes_and_removes_credentials(world: Any, credential: Any, vault: str) -> None:
    made = credential(BEARER)

    world.control.change("credentials", made.id, display_name="drifted")
    assert world.credentials.retrieve(made.id, vault_id=vault).display_name == "drifted"
    world.control.remove("credentials", made.id)

    absent(lambda: world.credentials.retrieve(made.id, vault_id=vault))

from typing import Any

import pytest

URL = "https://mcp.example.com"
OLD, NEW = "secret-of-yesterday", "secret-of-today"
BEARER = {"type": "static_bearer", "mcp_server_url": URL, "token": OLD}
REFRESH = {
    "client_id": "client",
    "refresh_token": OLD,
    "token_endpoint": "https://login.example.com/token",
    "token_endpoint_auth": {"type": "client_secret_post", "client_secret": OLD},
    "scope": "read",
}
OAUTH = {"type": "mcp_oauth", "mcp_server_url": URL, "access_token": OLD}
VARIABLE = {
    "type": "environment_variable",
    "secret_name": "API_KEY",
    "secret_value": OLD,
    "networking": {"type": "limited", "allowed_hosts": ["api.example.com"]},
}


@pytest.fixture(autouse=True)
def _no_secret_is_told(refused: Any) -> None:
    refused.secrets += [OLD, NEW]


@pytest.fixture
def vault(world: Any) -> str:
    return str(world.vault().id)


@pytest.fixture
def credentials(world: Any) -> Any:
    return world.client.vaults.credentials


def auth(found: Any) -> Any:
    return found.to_dict(mode="json")["auth"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (BEARER, {"type": "static_bearer", "mcp_server_url": URL}),
        (OAUTH, {"type": "mcp_oauth", "mcp_server_url": URL, "expires_at": None, "refresh": None}),
        (
            OAUTH | {"refresh": REFRESH, "expires_at": "2027-01-01T01:00:00.500000+01:00"},
            {
                "type": "mcp_oauth",
                "mcp_server_url": URL,
                "expires_at": "2027-01-01T00:00:00.500000Z",
                "refresh": {
                    "client_id": "client",
                    "token_endpoint": "https://login.example.com/token",
                    "token_endpoint_auth": {"type": "client_secret_post"},
                    "scope": "read",
                },
            },
        ),
        (
            VARIABLE,
            {
                "type": "environment_variable",
                "secret_name": "API_KEY",
                "networking": {"type": "limited", "allowed_hosts": ["api.example.com"]},
            },
        ),
        (
            VARIABLE | {"injection_location": {"header": True, "body": False}},
            {
                "type": "environment_variable",
                "secret_name": "API_KEY",
                "networking": {"type": "limited", "allowed_hosts": ["api.example.com"]},
                "injection_location": {"header": True, "body": False},
            },
        ),
    ],
)
def test_a_credential_is_shown_without_its_secrets(
    world: Any, vault: str, credentials: Any, sent: Any, shown: Any
) -> None:
    made = credentials.create(vault, auth=sent, metadata={"a": "1"}, display_name="docs")

    found = made.to_dict(mode="json")
    assert found.pop("id").startswith("vcred_")
    stamp = found.pop("created_at")
    assert found == {
        "type": "vault_credential",
        "vault_id": vault,
        "display_name": None,
        "metadata": {"a": "1"},
        "auth": shown,
        "updated_at": stamp,
        "archived_at": None,
    }
    assert credentials.retrieve(made.id, vault_id=vault).to_dict() == made.to_dict()
    assert OLD not in world.http.get(f"vaults/{vault}/credentials").text


@pytest.mark.parametrize(
    "sent",
    [
        {"type": "basic", "user": "u", "password": OLD},
        {"mcp_server_url": URL, "token": OLD},
        {"type": "static_bearer", "mcp_server_url": URL},
        {"type": "static_bearer", "token": OLD},
        BEARER | {"token": ""},
        BEARER | {"protocol": "sse"},
        BEARER | {"access_token": OLD},
        OAUTH | {"expires_at": "tomorrow"},
        OAUTH | {"refresh": {"client_id": "c"}},
        OAUTH | {"refresh": REFRESH | {"token_endpoint_auth": {"type": "client_secret_basic"}}},
        OAUTH | {"refresh": REFRESH | {"token_endpoint_auth": {"type": "none", "client_secret": OLD}}},
        VARIABLE | {"secret_name": "1KEY"},
        VARIABLE | {"secret_name": "API-KEY"},
        VARIABLE | {"networking": {"type": "limited"}},
        {name: VARIABLE[name] for name in VARIABLE if name != "networking"},
    ],
)
def test_an_auth_of_another_form_is_refused(vault: str, credentials: Any, refused: Any, sent: Any) -> None:
    refused(400, lambda: credentials.create(vault, auth=sent), "auth", type="invalid_request_error")


def test_the_networking_of_a_variable_can_be_optional(world: Any, vault: str, credentials: Any) -> None:
    world.control.settings(qoder_credential_networking="optional")
    sent = {name: VARIABLE[name] for name in VARIABLE if name != "networking"}

    assert auth(credentials.create(vault, auth=sent))["networking"] == {"type": "unrestricted"}


@pytest.mark.parametrize(
    ("sent", "update", "path"),
    [
        (BEARER, {"type": "static_bearer", "token": NEW}, "auth.token"),
        (OAUTH, {"type": "mcp_oauth", "access_token": NEW}, "auth.access_token"),
        (
            OAUTH | {"refresh": REFRESH},
            {"type": "mcp_oauth", "refresh": {"refresh_token": NEW}},
            "auth.refresh.refresh_token",
        ),
        (
            OAUTH | {"refresh": REFRESH},
            {
                "type": "mcp_oauth",
                "refresh": {"token_endpoint_auth": {"type": "client_secret_basic", "client_secret": NEW}},
            },
            "auth.refresh.token_endpoint_auth.client_secret",
        ),
        (VARIABLE, {"type": "environment_variable", "secret_value": NEW}, "auth.secret_value"),
    ],
)
def test_a_secret_is_replaced_in_place(
    world: Any, vault: str, credentials: Any, sent: Any, update: Any, path: str
) -> None:
    made = credentials.create(vault, auth=sent)
    before = world.control.credential_secrets(made.id)

    updated = credentials.update(made.id, vault_id=vault, auth=update)

    after = world.control.credential_secrets(made.id)
    assert after == before | {path: world.control.fingerprint(NEW)}
    assert before[path] == world.control.fingerprint(OLD)
    assert updated.updated_at > made.updated_at
    assert NEW not in str(updated.to_dict())


def test_nulls_clear_the_scope_and_the_end(vault: str, credentials: Any) -> None:
    sent = OAUTH | {"refresh": REFRESH, "expires_at": "2027-01-01T00:00:00Z"}
    made = credentials.create(vault, auth=sent)

    update = {"type": "mcp_oauth", "expires_at": None, "refresh": {"scope": None}}
    found = auth(credentials.update(made.id, vault_id=vault, auth=update))

    assert (found["expires_at"], found["refresh"]["scope"]) == (None, None)
    assert found["refresh"]["client_id"] == "client"


@pytest.mark.parametrize(
    ("sent", "update"),
    [
        (BEARER, {"type": "mcp_oauth", "access_token": NEW}),
        (BEARER, {"token": NEW}),
        (BEARER, {"type": "static_bearer", "token": None}),
        (BEARER, {"type": "static_bearer", "mcp_server_url": "https://other.example.com"}),
        (OAUTH, {"type": "mcp_oauth", "refresh": {"refresh_token": NEW}}),
        (OAUTH | {"refresh": REFRESH}, {"type": "mcp_oauth", "refresh": {"client_id": "other"}}),
        (OAUTH | {"refresh": REFRESH}, {"type": "mcp_oauth", "refresh": {"token_endpoint": "https://x.example.com"}}),
        (OAUTH | {"refresh": REFRESH}, {"type": "mcp_oauth", "refresh": None}),
        (VARIABLE, {"type": "environment_variable", "secret_name": "OTHER"}),
        (VARIABLE, {"type": "environment_variable", "networking": {"type": "unrestricted"}}),
        (VARIABLE, {"type": "environment_variable", "injection_location": {"header": True}}),
    ],
)
def test_everything_else_of_an_auth_stays(vault: str, credentials: Any, refused: Any, sent: Any, update: Any) -> None:
    made = credentials.create(vault, auth=sent)

    refused(400, lambda: credentials.update(made.id, vault_id=vault, auth=update), "auth")


def test_a_client_that_begins_to_need_a_secret_needs_it_at_once(vault: str, credentials: Any, refused: Any) -> None:
    made = credentials.create(vault, auth=OAUTH | {"refresh": REFRESH | {"token_endpoint_auth": {"type": "none"}}})
    update = {"type": "mcp_oauth", "refresh": {"token_endpoint_auth": {"type": "client_secret_basic"}}}

    refused(400, lambda: credentials.update(made.id, vault_id=vault, auth=update), "client_secret")


def test_the_sdk_can_change_the_networking_of_a_variable(world: Any, vault: str, credentials: Any) -> None:
    world.control.settings(qoder_sdk_only_updates="accept")
    made = credentials.create(vault, auth=VARIABLE)

    update = {"type": "environment_variable", "networking": {"type": "unrestricted"}}
    found = auth(credentials.update(made.id, vault_id=vault, auth=update))

    assert found["networking"] == {"type": "unrestricted"}


def test_metadata_is_patched_and_null_empties_it(vault: str, credentials: Any) -> None:
    made = credentials.create(vault, auth=BEARER, metadata={"a": "1", "b": "2"})

    patched = credentials.update(made.id, vault_id=vault, metadata={"a": None, "c": "3"})
    assert patched.metadata == {"b": "2", "c": "3"}
    assert credentials.update(made.id, vault_id=vault).metadata == {"b": "2", "c": "3"}

    assert credentials.update(made.id, vault_id=vault, metadata=None).metadata == {}


def test_a_display_name_cannot_be_updated(world: Any, vault: str, credentials: Any) -> None:
    made = credentials.create(vault, auth=BEARER)

    world.call("POST", f"vaults/{vault}/credentials/{made.id}", {"display_name": "x"}, status=400)


def test_an_archived_credential_takes_no_update(vault: str, credentials: Any, refused: Any) -> None:
    made = credentials.create(vault, auth=BEARER)

    assert credentials.archive(made.id, vault_id=vault).archived_at is not None
    assert list(credentials.list(vault)) == []
    assert [each.id for each in credentials.list(vault, include_archived=True)] == [made.id]
    refused(409, lambda: credentials.update(made.id, vault_id=vault, auth={"type": "static_bearer", "token": NEW}))


def test_a_deleted_credential_is_gone(vault: str, credentials: Any, refused: Any) -> None:
    made = credentials.create(vault, auth=BEARER)

    gone = credentials.delete(made.id, vault_id=vault)

    assert gone.to_dict() == {"id": made.id, "type": "vault_credential_deleted"}
    refused(404, lambda: credentials.retrieve(made.id, vault_id=vault), "Vault credential")


def test_a_credential_is_found_in_its_own_vault_only(world: Any, vault: str, credentials: Any, refused: Any) -> None:
    made = credentials.create(vault, auth=BEARER)
    other = world.vault().id

    refused(404, lambda: credentials.retrieve(made.id, vault_id=other))
    refused(404, lambda: credentials.delete(made.id, vault_id=other))
    refused(404, lambda: credentials.create("vault_none", auth=BEARER))
    assert list(credentials.list(other)) == []


def test_credentials_are_listed_page_by_page(vault: str, credentials: Any) -> None:
    ids = [credentials.create(vault, auth=BEARER).id for _ in range(5)]

    assert [each.id for each in credentials.list(vault, limit=2)] == ids[::-1]
    assert list(credentials.list(vault, name="docs")) == []


def test_a_validation_tells_whether_there_is_a_refresh_token(
    world: Any, vault: str, credentials: Any, refused: Any
) -> None:
    plain = credentials.create(vault, auth=OAUTH)
    full = credentials.create(vault, auth=OAUTH | {"refresh": REFRESH})
    world.control.settings(credential_validation="valid")

    found = [credentials.mcp_oauth_validate(each.id, vault_id=vault) for each in (plain, full)]

    assert [each.has_refresh_token for each in found] == [False, True]
    assert {each.status for each in found} == {"valid"}
    assert found[0].credential_id == plain.id
    bearer = credentials.create(vault, auth=BEARER)
    refused(400, lambda: credentials.mcp_oauth_validate(bearer.id, vault_id=vault), "mcp_oauth")

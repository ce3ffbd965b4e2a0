from typing import Any

import pytest
from contract.refusals import absent, refused

BEARER = {"type": "static_bearer", "mcp_server_url": "https://mcp.example.com", "token": "token-of-a-server"}


def test_a_new_vault_comes_back_whole(world: Any) -> None:
    vault = world.vaults.create(display_name="keys", metadata={"team": "a"})

    assert vault.id.startswith("vlt_")
    assert vault.to_dict() == {
        "id": vault.id,
        "type": "vault",
        "display_name": "keys",
        "metadata": {"team": "a"},
        "created_at": vault.created_at,
        "updated_at": vault.created_at,
        "archived_at": None,
    }
    assert world.vaults.retrieve(vault.id) == vault


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"display_name": ""}, "display_name"),
        ({"display_name": "x" * 256}, "display_name"),
        ({"display_name": None}, "display_name"),
        ({"display_name": 1}, "display_name"),
        ({"metadata": {"": "v"}}, "metadata"),
        ({"metadata": {"k" * 65: "v"}}, "metadata"),
        ({"metadata": {"k": "v" * 513}}, "metadata.k"),
        ({"metadata": {str(n): "v" for n in range(17)}}, "metadata"),
        ({"metadata": {"k": None}}, "metadata.k"),
        ({"extra_body": {"name": "keys"}}, "name"),
    ],
)
def test_a_create_that_breaks_a_rule_names_the_path(world: Any, fields: dict[str, Any], named: str) -> None:
    refused(lambda: world.vault(**fields), named)
    assert list(world.vaults.list()) == []


def test_a_create_needs_a_name(world: Any) -> None:
    refused(lambda: world.client.post("/v1/vaults", body={}, cast_to=object, options=beta()), "display_name")


def beta() -> dict[str, Any]:
    return {"headers": {"anthropic-beta": "managed-agents-2026-04-01"}}


def test_an_update_keeps_what_it_leaves_out(world: Any) -> None:
    vault = world.vault(metadata={"a": "1", "b": "2"})

    renamed = world.vaults.update(vault.id, display_name="other")
    patched = world.vaults.update(vault.id, metadata={"a": None, "c": "3"})

    assert (renamed.display_name, renamed.metadata) == ("other", {"a": "1", "b": "2"})
    assert (patched.display_name, patched.metadata) == ("other", {"b": "2", "c": "3"})
    assert patched.updated_at > renamed.updated_at > vault.updated_at


def test_an_update_without_a_change_moves_nothing(world: Any) -> None:
    vault = world.vault(metadata={"a": "1"})

    assert world.vaults.update(vault.id, display_name=None, metadata=None) == vault
    assert world.vaults.update(vault.id, display_name="keys", metadata={"a": "1"}) == vault


@pytest.mark.parametrize("fields", [{"display_name": ""}, {"display_name": "x" * 256}, {"extra_body": {"colour": 1}}])
def test_an_update_that_breaks_a_rule_changes_nothing(world: Any, fields: dict[str, Any]) -> None:
    vault = world.vault()

    refused(lambda: world.vaults.update(vault.id, **fields))

    assert world.vaults.retrieve(vault.id) == vault


def test_an_archived_vault_is_read_only(world: Any) -> None:
    vault = world.vault()

    archived = world.vaults.archive(vault.id)

    assert archived.archived_at is not None
    assert world.vaults.archive(vault.id) == archived
    assert world.vaults.retrieve(vault.id) == archived
    refused(lambda: world.vaults.update(vault.id, display_name="x"), "archived")
    refused(lambda: world.credentials.create(vault.id, auth=BEARER), "archived")
    world.control.settings(archived_refusal_status=409)
    refused(lambda: world.vaults.update(vault.id, display_name="x"), "archived", status=409)


def test_an_archived_vault_is_listed_on_demand(world: Any) -> None:
    old, new = world.vault(), world.vault()
    world.vaults.archive(old.id)

    assert [each.id for each in world.vaults.list()] == [new.id]
    assert [each.id for each in world.vaults.list(include_archived=True)] == [new.id, old.id]


def test_the_archive_of_a_vault_takes_its_credentials_along(world: Any) -> None:
    vault, other = world.vault(), world.vault()
    inside = world.credentials.create(vault.id, auth=BEARER)
    outside = world.credentials.create(other.id, auth=BEARER)

    world.vaults.archive(vault.id)

    assert world.credentials.retrieve(inside.id, vault_id=vault.id).archived_at is not None
    assert world.control.credential_secrets(inside.id) == {}
    assert world.credentials.retrieve(outside.id, vault_id=other.id) == outside
    assert world.control.credential_secrets(outside.id) != {}


def test_a_deleted_vault_takes_its_credentials_along(world: Any) -> None:
    vault, other = world.vault(), world.vault()
    inside = world.credentials.create(vault.id, auth=BEARER)
    outside = world.credentials.create(other.id, auth=BEARER)

    assert world.vaults.delete(vault.id).to_dict() == {"id": vault.id, "type": "vault_deleted"}

    absent(
        lambda: world.vaults.retrieve(vault.id),
        lambda: world.vaults.update(vault.id, display_name="x"),
        lambda: world.vaults.archive(vault.id),
        lambda: world.vaults.delete(vault.id),
        lambda: world.credentials.list(vault.id),
        lambda: world.credentials.retrieve(inside.id, vault_id=vault.id),
    )
    assert [each["id"] for each in world.control.objects("credentials")] == [outside.id]


def test_an_archived_vault_can_be_deleted(world: Any) -> None:
    vault = world.vault()
    world.vaults.archive(vault.id)

    assert world.vaults.delete(vault.id).type == "vault_deleted"


def test_vaults_are_paged_newest_first(world: Any) -> None:
    made = [world.vault().id for _ in range(5)]

    assert [each.id for each in world.vaults.list(limit=2)] == made[::-1]
    first = world.vaults.list(limit=2)
    assert first.next_page is not None
    assert [each.id for each in world.vaults.list(limit=2, page=first.next_page).data] == made[2:0:-1]
    refused(lambda: world.vaults.list(limit=101), "limit")
    refused(lambda: world.vaults.list(page="nonsense"), "page")


def test_another_program_changes_and_removes_vaults(world: Any) -> None:
    vault = world.vault()
    credential = world.credentials.create(vault.id, auth=BEARER)

    world.control.change("vaults", vault.id, display_name="drifted")
    assert world.vaults.retrieve(vault.id).display_name == "drifted"
    world.control.remove("vaults", vault.id)

    assert world.control.objects("vaults") == []
    absent(lambda: world.credentials.retrieve(credential.id, vault_id=vault.id))

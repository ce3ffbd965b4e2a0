from typing import Any

import pytest

BEARER = {"type": "static_bearer", "mcp_server_url": "https://mcp.example.com", "token": "token-of-a-server"}


def test_only_the_answer_of_a_create_shows_credentials(world: Any) -> None:
    made = world.vault(metadata={"team": "a"}).to_dict(mode="json")

    assert made.pop("id").startswith("vault_")
    assert made.pop("credentials") == []
    stamp = made.pop("created_at")
    assert made == {
        "type": "vault",
        "display_name": "keys",
        "metadata": {"team": "a"},
        "updated_at": stamp,
        "archived_at": None,
    }


def test_a_vault_is_read_and_listed_without_credentials(world: Any) -> None:
    vault = world.vault()

    assert "credentials" not in world.client.vaults.retrieve(vault.id).to_dict()
    assert "credentials" not in next(iter(world.client.vaults.list())).to_dict()


@pytest.mark.parametrize(
    "body", [{}, {"display_name": ""}, {"display_name": None}, {"display_name": "v", "credentials": []}, {"name": "v"}]
)
def test_a_vault_of_another_form_is_refused(world: Any, body: Any) -> None:
    world.call("POST", "vaults", body, status=400)


def test_a_vault_cannot_be_updated(world: Any) -> None:
    vault = world.vault()

    for method in ("POST", "PUT", "PATCH"):
        world.call(method, f"vaults/{vault.id}", {"display_name": "other"}, status=405)


def test_vaults_are_filtered_by_name_and_paged(world: Any) -> None:
    ids = [world.vault(display_name=name).id for name in ("a", "b", "a")]

    assert [each.id for each in world.client.vaults.list(limit=1)] == ids[::-1]
    assert [each.id for each in world.client.vaults.list(name="a")] == [ids[2], ids[0]]
    assert [each.id for each in world.client.vaults.list(before_id=ids[0], limit=1)] == [ids[1]]


def test_an_archived_vault_is_hidden_and_takes_nothing(world: Any, refused: Any) -> None:
    vault = world.vault()
    archived = world.client.vaults.archive(vault.id)

    assert archived.archived_at is not None
    assert world.client.vaults.archive(vault.id).archived_at == archived.archived_at
    assert list(world.client.vaults.list()) == []
    assert [each.id for each in world.client.vaults.list(include_archived=True)] == [vault.id]
    refused(409, lambda: world.client.vaults.credentials.create(vault.id, auth=BEARER))
    refused(409, lambda: world.session(vault_ids=[vault.id]))


def test_a_deleted_vault_takes_its_credentials_along(world: Any, refused: Any) -> None:
    vault, other = world.vault(), world.vault()
    for each in (vault, other):
        world.client.vaults.credentials.create(each.id, auth=BEARER)

    assert world.client.vaults.delete(vault.id).to_dict() == {"id": vault.id, "type": "vault_deleted"}

    refused(404, lambda: world.client.vaults.retrieve(vault.id), "Vault")
    refused(404, lambda: list(world.client.vaults.credentials.list(vault.id)))
    assert [each["vault_id"] for each in world.control.objects("credentials")] == [other.id]


def test_a_session_names_its_vaults(world: Any) -> None:
    vault = world.vault()

    assert world.session(vault_ids=[vault.id]).vault_ids == [vault.id]

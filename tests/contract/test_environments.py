from collections.abc import Callable
from typing import Any

import anthropic
import pytest

LIMITED = {"type": "limited", "allowed_hosts": ["api.example.com", "*.example.org"]}


def refused(call: Callable[[], Any], *words: str) -> Any:
    with pytest.raises(anthropic.BadRequestError) as caught:
        call()
    for word in words:
        assert word in str(caught.value)
    return caught.value


def code(error: Any) -> Any:
    return error.body["error"]["details"]["error_code"]


def test_a_new_environment_comes_back_whole(world: Any) -> None:
    environment = world.environments.create(name="sandbox")

    assert environment.id.startswith("env_")
    assert environment.to_dict() == {
        "id": environment.id,
        "type": "environment",
        "name": "sandbox",
        "description": None,
        "config": {
            "type": "cloud",
            "networking": {"type": "unrestricted"},
            "packages": {"type": "packages", "apt": [], "cargo": [], "gem": [], "go": [], "npm": [], "pip": []},
        },
        "metadata": {},
        "scope": "organization",
        "created_at": environment.created_at,
        "updated_at": environment.created_at,
        "archived_at": None,
    }
    assert world.environments.retrieve(environment.id) == environment


def test_limited_networking_is_filled(world: Any) -> None:
    environment = world.environment(config={"type": "cloud", "networking": LIMITED})

    assert environment.config.networking.to_dict() == LIMITED | {
        "allow_mcp_servers": False,
        "allow_package_managers": False,
    }


def test_a_self_hosted_environment_has_no_options(world: Any) -> None:
    assert world.environment(config={"type": "self_hosted"}).config.to_dict() == {"type": "self_hosted"}
    refused(lambda: world.environment(config={"type": "self_hosted", "packages": {}}), "config.packages")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 257}, "name"),
        ({"description": "x" * 1025}, "description"),
        ({"scope": "account"}, "scope"),
        ({"scope": "galaxy"}, "scope"),
        ({"config": {"type": "moon"}}, "config"),
        ({"config": {"type": "cloud", "colour": 1}}, "config.colour"),
        (
            {"config": {"type": "cloud", "networking": {"type": "unrestricted", "allow_mcp_servers": True}}},
            "networking",
        ),
        ({"config": {"type": "cloud", "networking": LIMITED | {"allowed_hosts": ["https://a.com"]}}}, "allowed_hosts"),
        ({"config": {"type": "cloud", "networking": LIMITED | {"allowed_hosts": ["a.com:80"]}}}, "allowed_hosts"),
        ({"config": {"type": "cloud", "networking": LIMITED, "packages": {"pip": ["x"]}}}, "packages"),
        ({"config": {"type": "cloud", "packages": {"brew": []}}}, "config.packages.brew"),
        ({"metadata": {"k": "v" * 513}}, "metadata.k"),
        ({"extra_body": {"colour": "red"}}, "colour"),
    ],
)
def test_a_create_that_breaks_a_rule_names_the_path(world: Any, fields: dict[str, Any], named: str) -> None:
    refused(lambda: world.environment(**fields), named)


def test_an_update_keeps_what_it_leaves_out(world: Any) -> None:
    config = {
        "type": "cloud",
        "networking": LIMITED | {"allow_package_managers": True},
        "packages": {"pip": ["ruff"], "npm": ["yarn"]},
    }
    environment = world.environment(description="d", config=config, metadata={"a": "1"})

    changed = world.environments.update(
        environment.id,
        config={
            "type": "cloud",
            "networking": {"type": "limited", "allow_mcp_servers": True},
            "packages": {"pip": []},
        },
    )

    assert changed.description == "d"
    assert changed.config.networking.to_dict() == LIMITED | {"allow_mcp_servers": True, "allow_package_managers": True}
    assert (changed.config.packages.pip, changed.config.packages.npm) == ([], ["yarn"])
    assert changed.updated_at > environment.updated_at


def test_the_description_is_cleared_by_null_and_emptied_by_nothing(world: Any) -> None:
    environment = world.environment(description="d")

    assert world.environments.update(environment.id, description="").description == ""
    assert world.environments.update(environment.id, description=None).description is None


def test_metadata_keys_are_deleted_by_null_or_nothing(world: Any) -> None:
    environment = world.environment(metadata={"a": "1", "b": "1", "c": "1"})

    assert world.environments.update(environment.id, metadata={"a": None, "b": ""}).metadata == {"c": "1"}


def test_an_update_without_a_change_moves_nothing(world: Any) -> None:
    environment = world.environment(description="d")

    assert world.environments.update(environment.id, description="d", name=None, config=None) == environment


def test_the_kind_of_an_environment_cannot_change(world: Any) -> None:
    environment = world.environment()

    error = refused(lambda: world.environments.update(environment.id, config={"type": "self_hosted"}))

    assert code(error) == "invalid_config_type_change"


def test_an_archived_environment_is_read_only(world: Any) -> None:
    environment = world.environment()

    archived = world.environments.archive(environment.id)

    assert archived.archived_at is not None
    assert world.environments.archive(environment.id) == archived
    assert list(world.environments.list()) == []
    assert len(list(world.environments.list(include_archived=True))) == 1
    assert code(refused(lambda: world.environments.update(environment.id, name="x"))) == "environment_archived"
    assert world.environments.delete(environment.id).type == "environment_deleted"


def test_a_deleted_environment_is_gone(world: Any) -> None:
    environment = world.environment()

    assert world.environments.delete(environment.id).to_dict() == {"id": environment.id, "type": "environment_deleted"}

    for call in (world.environments.retrieve, world.environments.delete, world.environments.archive):
        with pytest.raises(anthropic.NotFoundError):
            call(environment.id)
    with pytest.raises(anthropic.NotFoundError):
        world.environments.update(environment.id, name="x")


def test_an_environment_in_use_is_not_deleted(world: Any) -> None:
    environment = world.environment()
    session = world.session(environment_id=environment.id)

    with pytest.raises(anthropic.ConflictError):
        world.environments.delete(environment.id)
    world.sessions.archive(session.id)
    with pytest.raises(anthropic.ConflictError):
        world.environments.delete(environment.id)
    world.sessions.delete(session.id)
    world.environments.delete(environment.id)


def test_an_archived_session_can_be_told_not_to_hold_its_environment(world: Any) -> None:
    session = world.session()
    world.sessions.archive(session.id)
    world.control.settings(archived_sessions_hold_environment=False)

    assert world.environments.delete(session.environment_id).type == "environment_deleted"

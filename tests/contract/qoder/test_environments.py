from typing import Any

import pytest

LIMITED = {"type": "limited", "allowed_hosts": [], "allow_package_managers": False, "allow_mcp_servers": False}


def config(found: Any) -> Any:
    return found.to_dict(mode="json")["config"]


def test_an_environment_is_a_limited_cloud_by_default(world: Any) -> None:
    environment = world.environment().to_dict(mode="json")

    assert environment.pop("id").startswith("env_")
    stamp = environment.pop("created_at")
    assert environment == {
        "type": "environment",
        "name": "sandbox",
        "description": "",
        "config": {"type": "cloud", "networking": LIMITED},
        "metadata": {},
        "updated_at": stamp,
        "archived_at": None,
    }


def test_some_answers_leave_the_default_networking_out(world: Any) -> None:
    world.control.settings(qoder_default_networking="hide")

    assert config(world.environment()) == {"type": "cloud"}
    sent = {"type": "cloud", "networking": {"type": "unrestricted"}}
    assert config(world.environment(config=sent)) == sent


def test_everything_that_is_sent_is_answered(world: Any) -> None:
    fields = {
        "description": "runs reviews",
        "metadata": {"team": "a"},
        "config": {
            "type": "cloud",
            "networking": {
                "type": "limited",
                "allowed_hosts": ["*.example.com"],
                "allow_package_managers": True,
                "allow_mcp_servers": True,
            },
            "packages": {"type": "packages", "apt": ["jq"], "npm": [], "pip": ["httpx"]},
            "setup_script": "echo ready",
        },
    }
    environment = world.environment(**fields)
    answered = environment.to_dict(mode="json")

    empty = {"cargo": [], "gem": [], "go": []}
    fields["config"]["packages"] |= empty
    assert fields.items() <= answered.items()
    assert world.environments.retrieve(environment.id).to_dict() == environment.to_dict()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        None,
        {"type": "moon"},
        {"networking": {"type": "unrestricted"}},
        {"type": "cloud", "networking": {"type": "allowed_hosts"}},
        {"type": "cloud", "networking": {}},
        {"type": "cloud", "networking": {"type": "unrestricted", "allowed_hosts": []}},
        {"type": "cloud", "packages": {"brew": ["jq"]}},
        {"type": "cloud", "packages": {"pip": "httpx"}},
        {"type": "cloud", "packages": {"cargo": ["ripgrep"]}},
        {"type": "cloud", "setup_script": "x" * (64 * 1024 + 1)},
        {"type": "cloud", "setup_script": "ä" * (32 * 1024 + 1)},
        {"type": "self_hosted", "packages": {}},
    ],
)
def test_a_config_of_another_form_is_refused(world: Any, refused: Any, sent: Any) -> None:
    refused(400, lambda: world.environment(config=sent), "config", type="invalid_request_error")


def test_a_customer_can_host_it(world: Any) -> None:
    sent = {"type": "self_hosted", "setup_script": "echo ready"}

    assert config(world.environment(config=sent)) == sent


def test_which_package_managers_are_taken_is_a_setting(world: Any) -> None:
    world.control.settings(qoder_package_managers=["cargo"])

    found = world.environment(config={"type": "cloud", "packages": {"cargo": ["ripgrep"]}})
    assert found.config.packages.cargo == ["ripgrep"]


def test_a_scope_is_known_from_the_sdk_only(world: Any, refused: Any) -> None:
    assert "scope" not in world.environment(scope="organization").to_dict()
    world.control.settings(qoder_sdk_only_fields="refuse")

    refused(400, lambda: world.environment(scope="organization"), "scope")


def test_an_update_replaces_the_config_as_a_whole(world: Any) -> None:
    sent = {"type": "cloud", "networking": {"type": "unrestricted"}, "setup_script": "echo ready"}
    environment = world.environment(config=sent)

    updated = world.environments.update(environment.id, config={"type": "cloud"})

    assert config(updated) == {"type": "cloud", "networking": LIMITED}
    assert updated.name == environment.name


def test_what_is_left_out_of_an_update_stays(world: Any) -> None:
    environment = world.environment(description="old", metadata={"a": "1", "b": "2"})

    updated = world.environments.update(environment.id, name="other", metadata={"a": None, "c": "3"})

    assert (updated.name, updated.description) == ("other", "old")
    assert updated.metadata == {"b": "2", "c": "3"}
    assert updated.config == environment.config
    assert updated.updated_at > environment.updated_at


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_both_verbs_update(world: Any, method: str) -> None:
    environment = world.environment()

    assert world.call(method, f"environments/{environment.id}", {"name": "b"})["name"] == "b"


@pytest.mark.parametrize("body", [{"config": None}, {"config": {}}, {"name": None}, {"name": ""}, {"status": "ready"}])
def test_a_bad_update_is_refused(world: Any, body: Any) -> None:
    environment = world.environment()

    world.call("POST", f"environments/{environment.id}", body, status=400)
    assert world.environments.retrieve(environment.id).to_dict() == environment.to_dict()


def test_whether_the_type_can_change_is_a_setting(world: Any, refused: Any) -> None:
    environment = world.environment()
    sent = {"type": "self_hosted"}
    refused(400, lambda: world.environments.update(environment.id, config=sent), "config.type")
    world.control.settings(qoder_config_type_change="accept")

    assert config(world.environments.update(environment.id, config=sent)) == sent


def test_an_archived_environment_is_read_only_and_starts_nothing(world: Any, refused: Any) -> None:
    environment = world.environment()
    archived = world.environments.archive(environment.id)

    assert archived.archived_at is not None
    assert world.environments.archive(environment.id).archived_at == archived.archived_at
    refused(409, lambda: world.environments.update(environment.id, name="b"), "archived")
    refused(409, lambda: world.session(environment_id=environment.id), "archived")


def test_a_deleted_environment_is_gone(world: Any, refused: Any) -> None:
    environment = world.environment()

    gone = world.environments.delete(environment.id)

    assert gone.to_dict() == {"id": environment.id, "type": "environment_deleted"}
    refused(404, lambda: world.environments.retrieve(environment.id), "Environment")
    refused(404, lambda: world.environments.delete(environment.id))


def test_a_session_holds_its_environment(world: Any, refused: Any) -> None:
    environment = world.environment()
    session = world.session(environment_id=environment.id)
    error = refused(409, lambda: world.environments.delete(environment.id), type="conflict_error")
    assert "Archive it" in error.body["error"]["message"]
    world.sessions.delete(session.id)

    assert world.environments.delete(environment.id).type == "environment_deleted"


def test_whether_an_archived_session_holds_it_is_a_setting(world: Any, refused: Any) -> None:
    environment = world.environment()
    world.sessions.archive(world.session(environment_id=environment.id).id)
    refused(409, lambda: world.environments.delete(environment.id))
    world.control.settings(qoder_archived_sessions_hold_environment=False)

    assert world.environments.delete(environment.id).type == "environment_deleted"


def test_a_deleted_session_may_hold_it_for_ever(world: Any, refused: Any) -> None:
    world.control.settings(qoder_deleted_sessions_hold_environment=True)
    environment = world.environment()
    world.sessions.delete(world.session(environment_id=environment.id).id)

    refused(409, lambda: world.environments.delete(environment.id))
    assert world.environments.archive(environment.id).archived_at is not None

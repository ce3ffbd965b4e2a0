from typing import Any

import pytest

TOOLSET = {"type": "agent_toolset_20260401"}


def test_an_agent_is_created_with_empty_defaults(world: Any) -> None:
    agent = world.agent().to_dict(mode="json")

    assert agent.pop("id").startswith("agent_")
    stamp = agent.pop("created_at")
    assert agent == {
        "type": "agent",
        "version": 1,
        "name": "worker",
        "model": "ultimate",
        "system": "",
        "description": "",
        "tools": [],
        "mcp_servers": [],
        "skills": [],
        "metadata": {},
        "multiagent": None,
        "updated_at": stamp,
        "archived_at": None,
    }


def test_everything_that_is_sent_is_answered(world: Any) -> None:
    fields = {
        "name": "reviewer",
        "model": {"id": "ultimate", "effort": "high", "context_window": 1_000_000},
        "system": "You review code.",
        "description": "reviews",
        "tools": [TOOLSET | {"enabled_tools": ["Bash", "Read"]}],
        "mcp_servers": [{"type": "url", "name": "docs", "url": "https://mcp.example.com"}],
        "skills": [{"type": "custom", "skill_id": "skill_1"}, {"type": "qoder", "skill_id": "pdf", "version": "2"}],
        "metadata": {"team": "a"},
    }
    agent = world.agent(**fields)

    assert fields.items() <= agent.to_dict().items()
    assert world.agents.retrieve(agent.id).to_dict() == agent.to_dict()


@pytest.mark.parametrize("model", ["ultimate", {"id": "ultimate"}, {"id": "ultimate", "effort": {"type": "low"}}])
def test_the_model_is_answered_as_it_was_sent(world: Any, model: Any) -> None:
    answered = world.agent(model=model).model

    assert (answered if isinstance(model, str) else answered.to_dict()) == model


@pytest.mark.parametrize(
    "model",
    [
        "claude-opus-5-5",
        "",
        {"id": "unknown"},
        {"id": "auto"},
        {"id": "ultimate", "effort": "huge"},
        {"id": "ultimate", "context_window": 5},
        {"id": "ultimate", "speed": "fast"},
        {},
        7,
        None,
    ],
)
def test_a_model_that_is_not_offered_is_refused(world: Any, refused: Any, model: Any) -> None:
    refused(400, lambda: world.agent(model=model), "model")


@pytest.mark.parametrize("name", ["", "x" * 257, None, 7])
def test_a_name_has_1_to_256_characters(world: Any, refused: Any, name: Any) -> None:
    refused(400, lambda: world.agent(name=name), "name")
    assert world.agent(name="x" * 256).version == 1


def test_name_and_model_are_required(world: Any) -> None:
    assert world.call("POST", "agents", {"name": "a"}, status=400)["error"]["param"] == "model"
    assert world.call("POST", "agents", {"model": "auto"}, status=400)["error"]["param"] == "name"


@pytest.mark.parametrize(
    "field", ["instructions", "default_environment", "execution_identity", "workspace_id", "archived"]
)
def test_fields_of_other_generations_and_platforms_are_refused(world: Any, refused: Any, field: str) -> None:
    refused(400, lambda: world.agent(extra_body={field: "x"}), field)


@pytest.mark.parametrize(
    "metadata",
    [{str(n): "" for n in range(17)}, {"": "v"}, {"k" * 65: "v"}, {"k": "v" * 513}, {"k": 1}, {"k": None}, []],
)
def test_metadata_has_its_limits(world: Any, refused: Any, metadata: Any) -> None:
    refused(400, lambda: world.agent(metadata=metadata), "metadata")


def test_an_update_makes_a_version(world: Any) -> None:
    agent = world.agent(system="old", tools=[TOOLSET])

    updated = world.agents.update(agent.id, version=1, system="new")

    assert (updated.version, updated.system, updated.name) == (2, "new", "worker")
    assert updated.tools == agent.tools
    assert updated.created_at == agent.created_at
    assert updated.updated_at > agent.updated_at


def test_an_update_that_changes_nothing_counts_too(world: Any) -> None:
    agent = world.agent()

    assert world.agents.update(agent.id, version=1, name=agent.name).version == 2


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_both_verbs_update(world: Any, method: str) -> None:
    agent = world.agent()

    assert world.call(method, f"agents/{agent.id}", {"version": 1, "name": "b"})["version"] == 2


def test_a_version_is_required(world: Any, refused: Any) -> None:
    agent = world.agent()

    error = refused(400, lambda: world.agents.update(agent.id, name="b"), type="invalid_request_error")
    assert error.body["error"]["param"] == "version"


@pytest.mark.parametrize("version", [1, 3])
def test_another_version_is_a_conflict(world: Any, refused: Any, version: int) -> None:
    agent = world.agent()
    world.agents.update(agent.id, version=1, name="b")

    error = refused(409, lambda: world.agents.update(agent.id, version=version, name="c"), type="conflict_error")

    assert error.body["error"]["message"] == "Version conflict"
    assert world.agents.retrieve(agent.id).name == "b"


def test_lists_are_replaced_and_metadata_is_patched(world: Any) -> None:
    server = {"type": "url", "name": "docs", "url": "https://mcp.example.com"}
    agent = world.agent(mcp_servers=[server], tools=[TOOLSET], metadata={"a": "1", "b": "2"})

    updated = world.agents.update(agent.id, version=1, tools=[], metadata={"a": None, "c": "3"})

    assert updated.tools == []
    assert updated.mcp_servers == agent.mcp_servers
    assert updated.metadata == {"b": "2", "c": "3"}


def test_null_for_the_whole_metadata_changes_nothing(world: Any) -> None:
    agent = world.agent(metadata={"a": "1"})

    assert world.agents.update(agent.id, version=1, metadata=None).metadata == {"a": "1"}


@pytest.mark.parametrize(("choice", "left"), [("clear", ("", [])), ("keep", ("text", [TOOLSET]))])
def test_what_null_does_to_a_field_is_a_setting(world: Any, choice: str, left: Any) -> None:
    world.control.settings(qoder_null_fields=choice)
    agent = world.agent(system="text", tools=[TOOLSET])

    updated = world.agents.update(agent.id, version=1, system=None, tools=None).to_dict()

    assert (updated["system"], updated["tools"]) == left


def test_null_can_be_refused(world: Any, refused: Any) -> None:
    world.control.settings(qoder_null_fields="refuse")
    agent = world.agent(system="text")

    refused(400, lambda: world.agents.update(agent.id, version=1, system=None), "system")


@pytest.mark.parametrize("field", ["name", "model"])
def test_what_is_required_cannot_be_null(world: Any, refused: Any, field: str) -> None:
    agent = world.agent()

    refused(400, lambda: world.agents.update(agent.id, version=1, **{field: None}), field)


def test_each_version_can_be_read(world: Any) -> None:
    agent = world.agent(name="first")
    world.agents.update(agent.id, version=1, name="second")

    assert world.agents.retrieve(agent.id, version=1).name == "first"
    assert world.agents.retrieve(agent.id, version=2).name == "second"
    assert world.agents.retrieve(agent.id).name == "second"


def test_a_version_that_is_not_there_is_not_found(world: Any, refused: Any) -> None:
    agent = world.agent()

    refused(404, lambda: world.agents.retrieve(agent.id, version=2))
    world.call("GET", f"agents/{agent.id}?version=0", status=400)


def test_versions_are_listed_newest_first_with_numbers_as_cursors(world: Any) -> None:
    agent = world.agent()
    for version in (1, 2, 3, 4):
        world.agents.update(agent.id, version=version, name=f"n{version}")

    page = world.call("GET", f"agents/{agent.id}/versions?limit=2")

    assert [each["version"] for each in page["data"]] == [5, 4]
    assert (page["first_id"], page["last_id"], page["next_page"]) == ("5", "4", "4")
    assert [each.version for each in world.agents.versions.list(agent.id, limit=2)] == [5, 4, 3, 2, 1]


def test_an_archived_agent_is_read_only_and_hidden(world: Any, refused: Any) -> None:
    agent = world.agent()
    archived = world.agents.archive(agent.id)

    assert archived.archived_at is not None
    assert world.agents.archive(agent.id).archived_at == archived.archived_at
    assert list(world.agents.list()) == []
    assert [each.id for each in world.agents.list(include_archived=True)] == [agent.id]
    refused(409, lambda: world.agents.update(agent.id, version=1, name="b"))
    refused(409, lambda: world.session(agent=agent.id))


def test_the_status_of_that_refusal_is_a_setting(world: Any, refused: Any) -> None:
    world.control.settings(qoder_archived_refusal_status=400)
    agent = world.agents.archive(world.agent().id)

    refused(400, lambda: world.agents.update(agent.id, version=1, name="b"))


def test_a_deleted_agent_is_gone_and_its_sessions_stay(world: Any, refused: Any) -> None:
    agent = world.agent()
    session = world.session(agent=agent.id)

    assert world.call("DELETE", f"agents/{agent.id}") == {"id": agent.id, "type": "agent_deleted"}
    refused(404, lambda: world.agents.retrieve(agent.id))
    world.call("DELETE", f"agents/{agent.id}", status=404)
    assert world.sessions.retrieve(session.id).agent.name == "worker"


@pytest.mark.parametrize("status", [404, 405])
def test_agents_may_not_be_deletable(world: Any, status: int) -> None:
    world.control.settings(qoder_agent_delete_status=status)
    agent = world.agent()

    world.call("DELETE", f"agents/{agent.id}", status=status)
    assert world.agents.retrieve(agent.id).to_dict() == agent.to_dict()


def test_verbs_without_a_body_take_none(world: Any) -> None:
    agent = world.agent()

    world.call("POST", f"agents/{agent.id}/archive", {"force": True}, status=400)

from collections.abc import Callable
from typing import Any

import anthropic
import pytest


def refused(call: Callable[[], Any], *words: str) -> Any:
    with pytest.raises(anthropic.BadRequestError) as caught:
        call()
    assert caught.value.type == "invalid_request_error"
    for word in words:
        assert word in str(caught.value)
    return caught.value


def test_a_new_agent_comes_back_whole(world: Any) -> None:
    agent = world.agents.create(name="worker", model="claude-opus-5-5")

    assert agent.id.startswith("agent_")
    assert agent.to_dict(mode="json") == {
        "id": agent.id,
        "type": "agent",
        "version": 1,
        "name": "worker",
        "description": None,
        "model": {
            "id": "claude-opus-5-5",
            "effort": {"type": "high"},
            "speed": "standard",
            "inference_geo": None,
        },
        "system": None,
        "tools": [],
        "mcp_servers": [],
        "skills": [],
        "metadata": {},
        "multiagent": None,
        "execution_identity": {"type": "service_account"},
        "created_at": agent.to_dict(mode="json")["created_at"],
        "updated_at": agent.to_dict(mode="json")["created_at"],
        "archived_at": None,
    }


def test_an_agent_is_read_back_as_it_was_created(world: Any) -> None:
    agent = world.agent(system="be brief", metadata={"team": "a"}, description="d")

    assert world.agents.retrieve(agent.id) == agent


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 257}, "name"),
        ({"name": 7}, "name"),
        ({"description": "x" * 2049}, "description"),
        ({"system": "x" * 100_001}, "system"),
        ({"model": "gpt-9"}, "model"),
        ({"model": {"id": "claude-opus-5-5", "effort": "huge"}}, "model.effort"),
        ({"model": {"id": "claude-opus-5-5", "speed": "slow"}}, "model.speed"),
        ({"model": {"id": "claude-haiku-5-5", "speed": "fast"}}, "model.speed"),
        ({"model": {"id": "claude-opus-5-5", "inference_geo": ""}}, "model.inference_geo"),
        ({"model": {"id": "claude-opus-5-5", "colour": "red"}}, "model.colour"),
        ({"model": {"effort": "low"}}, "model.id"),
        ({"tools": None}, "tools"),
        ({"metadata": {"k" * 65: "v"}}, "metadata"),
        ({"metadata": {"k": "v" * 513}}, "metadata.k"),
        ({"metadata": {"": "v"}}, "metadata"),
        ({"metadata": {"k": 1}}, "metadata.k"),
        ({"metadata": {str(n): "v" for n in range(17)}}, "metadata"),
        ({"execution_identity": {"type": "aws_role"}}, "execution_identity.role_arn"),
        ({"execution_identity": {"type": "robot"}}, "execution_identity"),
        ({"skills": [{"type": "custom", "skill_id": "x" * 65}]}, "skills.0.skill_id"),
        ({"skills": [{"type": "custom", "skill_id": "skill_1"}]}, "read"),
        ({"extra_body": {"colour": "red"}}, "colour"),
    ],
)
def test_a_create_that_breaks_a_rule_names_the_path(world: Any, fields: dict[str, Any], named: str) -> None:
    refused(lambda: world.agent(**fields), named)
    assert world.control.objects("agents") == []


@pytest.mark.parametrize("missing", ["name", "model"])
def test_a_required_field_is_missed(world: Any, missing: str) -> None:
    fields = {"name": "worker", "model": "claude-opus-5-5"}
    del fields[missing]

    refused(lambda: world.client.post("/v1/agents", body=fields, cast_to=object, options=beta()), missing)


def beta() -> Any:
    return {"headers": {"anthropic-beta": "managed-agents-2026-04-01"}}


def test_metadata_refusals_carry_their_code(world: Any) -> None:
    world.control.settings(reserved_metadata_keys=["internal"])

    error = refused(lambda: world.agent(metadata={"internal": "x"}))

    assert error.body["error"]["details"] == {"error_code": "invalid_metadata"}


def test_effort_is_taken_bare_or_as_object(world: Any) -> None:
    bare = world.agent(model={"id": "claude-opus-5-5", "effort": "low"})
    wrapped = world.agent(model={"id": "claude-opus-5-5", "effort": {"type": "low"}})

    assert bare.model.effort.type == wrapped.model.effort.type == "low"


def test_skills_are_pinned(world: Any) -> None:
    agent = world.agent(
        tools=[{"type": "agent_toolset_20260401"}],
        skills=[{"type": "anthropic", "skill_id": "xlsx"}, {"type": "custom", "skill_id": "skill_1", "version": "3"}],
    )

    assert [skill.version for skill in agent.skills] == ["1", "3"]


def test_a_change_makes_a_new_version(world: Any) -> None:
    agent = world.agent(description="old", system="old")

    changed = world.agents.update(agent.id, description="new", version=1)

    assert (changed.version, changed.description, changed.system) == (2, "new", "old")
    assert changed.updated_at > agent.updated_at
    assert changed.created_at == agent.created_at


def test_a_version_that_does_not_match_is_a_conflict_even_without_a_change(world: Any) -> None:
    agent = world.agent()

    with pytest.raises(anthropic.ConflictError) as caught:
        world.agents.update(agent.id, name="worker", version=2)

    assert caught.value.type == "conflict_error"


def test_an_update_that_changes_nothing_makes_no_version(world: Any) -> None:
    agent = world.agent(description="d", tools=[{"type": "agent_toolset_20260401"}])

    same = world.agents.update(agent.id, description="d", tools=[{"type": "agent_toolset_20260401"}], version=1)

    assert same == agent


@pytest.mark.parametrize("nothing", [None, ""])
def test_description_and_system_are_cleared_by_null_or_nothing(world: Any, nothing: Any) -> None:
    agent = world.agent(description="d", system="s")

    changed = world.agents.update(agent.id, description=nothing, system=nothing)

    assert (changed.description, changed.system) == (None, None)


@pytest.mark.parametrize("nothing", [None, []])
def test_lists_are_replaced_as_a_whole_and_cleared_by_null_or_nothing(world: Any, nothing: Any) -> None:
    agent = world.agent(
        tools=[{"type": "agent_toolset_20260401"}, {"type": "mcp_toolset", "mcp_server_name": "git"}],
        mcp_servers=[{"type": "url", "name": "git", "url": "https://mcp.example.com"}],
        skills=[{"type": "anthropic", "skill_id": "xlsx"}],
    )

    changed = world.agents.update(agent.id, tools=nothing, mcp_servers=nothing, skills=nothing)

    assert (changed.tools, changed.mcp_servers, changed.skills) == ([], [], [])


@pytest.mark.parametrize("fields", [{"name": None}, {"name": ""}, {"model": None}, {"version": 0}])
def test_name_and_model_cannot_be_cleared(world: Any, fields: dict[str, Any]) -> None:
    agent = world.agent()

    refused(lambda: world.agents.update(agent.id, **fields), next(iter(fields)))


def test_metadata_is_patched_by_key(world: Any) -> None:
    agent = world.agent(metadata={"keep": "1", "change": "1", "drop": "1"})

    changed = world.agents.update(agent.id, metadata={"change": "2", "drop": None, "new": "3"})

    assert changed.metadata == {"keep": "1", "change": "2", "new": "3"}
    assert world.agents.update(agent.id, metadata=None).version == 2


def test_metadata_that_grows_beyond_the_limit_is_refused(world: Any) -> None:
    agent = world.agent(metadata={str(n): "v" for n in range(16)})

    refused(lambda: world.agents.update(agent.id, metadata={"one": "more"}), "metadata")


def test_effort_survives_while_the_model_stays_and_the_region_does_not(world: Any) -> None:
    agent = world.agent(model={"id": "claude-opus-5-5", "effort": "low", "speed": "fast", "inference_geo": "us"})

    same_model = world.agents.update(agent.id, model="claude-opus-5-5").model
    assert (same_model.effort.type, same_model.speed, same_model.inference_geo) == ("low", "standard", None)

    other_model = world.agents.update(agent.id, model="claude-opus-5").model
    assert other_model.effort.type == "high"


def test_the_identity_is_replaced_and_restored_by_null(world: Any) -> None:
    role = {"type": "aws_role", "role_arn": "arn:aws:iam::123456789012:role/runner"}
    agent = world.agent(execution_identity=role)

    assert agent.execution_identity.role_arn == role["role_arn"]
    assert world.agents.update(agent.id, execution_identity=None).execution_identity.type == "service_account"


def test_every_version_stays_readable_newest_first(world: Any) -> None:
    agent = world.agent()
    for n in range(3):
        world.agents.update(agent.id, name=f"worker {n}")

    assert [each.version for each in world.agents.versions.list(agent.id)] == [4, 3, 2, 1]
    assert [each.name for each in world.agents.versions.list(agent.id, limit=1)] == [
        "worker 2",
        "worker 1",
        "worker 0",
        "worker",
    ]
    assert world.agents.retrieve(agent.id, version=1).name == "worker"


def test_a_version_that_is_not_there_is_not_found(world: Any) -> None:
    agent = world.agent()

    with pytest.raises(anthropic.NotFoundError):
        world.agents.retrieve(agent.id, version=2)
    refused(lambda: world.agents.retrieve(agent.id, version=0), "version")


def test_an_archived_agent_is_read_only_and_out_of_lists(world: Any) -> None:
    agent = world.agent()

    archived = world.agents.archive(agent.id)

    assert archived.archived_at is not None
    assert archived.version == 1
    assert world.agents.archive(agent.id) == archived
    assert world.agents.retrieve(agent.id) == archived
    assert list(world.agents.list()) == []
    assert [each.id for each in world.agents.list(include_archived=True)] == [agent.id]
    refused(lambda: world.agents.update(agent.id, name="other"), "archived")


def test_an_agent_that_is_not_there_is_not_found(world: Any) -> None:
    for call in (world.agents.retrieve, world.agents.archive, world.agents.versions.list):
        with pytest.raises(anthropic.NotFoundError) as caught:
            call("agent_none")
        assert caught.value.type == "not_found_error"
    with pytest.raises(anthropic.NotFoundError):
        world.agents.update("agent_none", name="x")


def test_agents_are_filtered_by_creation(world: Any) -> None:
    first, second = world.agent(), world.agent()

    assert [each.id for each in world.agents.list(created_at_gte=second.created_at)] == [second.id]
    assert [each.id for each in world.agents.list(created_at_lte=first.created_at)] == [first.id]
    refused(lambda: world.agents.list(created_at_lte="yesterday"), "created_at[lte]")

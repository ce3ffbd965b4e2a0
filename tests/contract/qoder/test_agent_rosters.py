from typing import Any

import pytest

TOOLSET = {"type": "agent_toolset_20260401"}
ADVISOR = {"type": "advisor", "model": "ultimate"}


def lead(world: Any, *agents: Any, **fields: Any) -> Any:
    roster = {"type": "coordinator", "agents": list(agents)}
    return world.agent(**{"name": "lead", "tools": [TOOLSET], "multiagent": roster} | fields)


def members(agent: Any) -> Any:
    return agent.to_dict()["multiagent"]["agents"]


def test_a_member_without_a_version_is_stored_with_the_newest(world: Any) -> None:
    member = world.agent()
    world.agents.update(member.id, version=1, name="second")

    by_id, by_object = lead(world, member.id), lead(world, {"type": "agent", "id": member.id})

    assert members(by_id) == members(by_object) == [{"type": "agent", "id": member.id, "version": 2}]


def test_a_stored_version_stays_and_latest_floats(world: Any) -> None:
    member = world.agent()
    entries = [{"type": "agent", "id": member.id, "version": version} for version in (1, "latest")]
    agent = world.call(
        "POST",
        "agents",
        {"name": "l", "model": "auto", "tools": [TOOLSET], "multiagent": {"type": "coordinator", "agents": entries}},
    )
    world.agents.update(member.id, version=1, name="second")

    assert world.call("GET", f"agents/{agent['id']}")["multiagent"]["agents"] == entries
    session = world.call("POST", "sessions", {"agent": agent["id"], "environment_id": world.environment().id})
    assert [each["version"] for each in session["agent"]["multiagent"]["agents"]] == [1, 2]


def test_the_lead_and_an_advisor_can_be_in_the_roster(world: Any) -> None:
    assert members(lead(world, {"type": "self"}, ADVISOR)) == [{"type": "self"}, ADVISOR]


def test_an_advisor_alone_needs_no_tools(world: Any, refused: Any) -> None:
    assert lead(world, ADVISOR, tools=[]).version == 1
    refused(400, lambda: lead(world, {"type": "self"}, tools=[]), "agent_toolset_20260401")
    refused(400, lambda: lead(world, world.agent().id, tools=[]), "agent_toolset_20260401")


@pytest.mark.parametrize(
    "roster",
    [
        {"type": "coordinator", "agents": []},
        {"type": "coordinator"},
        {"type": "team", "agents": [{"type": "self"}]},
        {"type": "coordinator", "agents": [{"type": "advisor", "model": "unknown"}]},
        {"type": "coordinator", "agents": [{"type": "advisor"}]},
        {"type": "coordinator", "agents": [ADVISOR, ADVISOR]},
        {"type": "coordinator", "agents": [{"type": "self", "id": "x"}]},
        {"type": "coordinator", "agents": [{"id": "x"}]},
        {"type": "coordinator", "agents": [""]},
    ],
)
def test_a_roster_of_another_form_is_refused(world: Any, refused: Any, roster: Any) -> None:
    refused(400, lambda: world.agent(tools=[TOOLSET], multiagent=roster), "multiagent")


def test_a_member_must_be_there(world: Any, refused: Any) -> None:
    member = world.agent()

    refused(404, lambda: lead(world, "agent_none"), "agent_none")
    refused(400, lambda: lead(world, {"type": "agent", "id": member.id, "version": 9}), "version 9")
    world.agents.archive(member.id)
    refused(409, lambda: lead(world, member.id), "archived")


def test_a_roster_has_twenty_different_members_and_an_advisor(world: Any, refused: Any) -> None:
    ids = [world.agent().id for _ in range(20)]

    assert len(members(lead(world, *ids, ids[0], ADVISOR))) == 22
    refused(400, lambda: lead(world, *ids, {"type": "self"}), "20")


def test_a_cycle_is_not_refused(world: Any) -> None:
    first = world.agent(tools=[TOOLSET])
    second = lead(world, first.id)
    roster = {"type": "coordinator", "agents": [second.id]}

    assert world.agents.update(first.id, version=1, multiagent=roster).version == 2


def test_a_roster_is_kept_replaced_and_cleared(world: Any) -> None:
    agent = lead(world, {"type": "self"})
    assert members(world.agents.update(agent.id, version=1, name="b")) == [{"type": "self"}]
    roster = {"type": "coordinator", "agents": [ADVISOR]}
    assert members(world.agents.update(agent.id, version=2, multiagent=roster)) == [ADVISOR]

    assert world.agents.update(agent.id, version=3, multiagent=None).multiagent is None


def test_taking_the_tools_of_a_lead_is_refused(world: Any, refused: Any) -> None:
    agent = lead(world, {"type": "self"})

    refused(400, lambda: world.agents.update(agent.id, version=1, tools=[]), "multiagent")

from typing import Any

import anthropic
import pytest

NEW = "multiagent_20261001"


def test_a_coordinator_resolves_its_roster_with_the_advisor_last(world: Any) -> None:
    helper = world.agent()
    roster = [{"type": "advisor", "model": "claude-opus-5-5"}, helper.id, {"type": "self"}]

    lead = world.agent(multiagent={"type": "coordinator", "agents": roster})

    assert [entry.to_dict() for entry in lead.multiagent.agents] == [
        {"type": "agent", "id": helper.id, "version": 1},
        {"type": "agent", "id": lead.id, "version": 1},
        {"type": "advisor", "model": "claude-opus-5-5"},
    ]


def test_the_newer_form_fills_every_member(world: Any) -> None:
    lead = world.agent(multiagent={"type": NEW})

    assert lead.multiagent.to_dict() == {
        "type": NEW,
        "advisor": {"type": "disabled"},
        "subagents": {"type": "enabled", "inline_agents": {"type": "enabled"}, "predefined_agents": []},
        "workflows": {"type": "enabled", "inline_agents": {"type": "enabled"}, "predefined_agents": []},
    }


def test_the_newer_form_merges_level_by_level(world: Any) -> None:
    helper = world.agent()
    subagents = {"type": "enabled", "inline_agents": {"type": "disabled"}, "predefined_agents": [helper.id]}
    lead = world.agent(multiagent={"type": NEW, "subagents": subagents, "workflows": {"type": "disabled"}})

    changed = world.agents.update(
        lead.id, multiagent={"type": NEW, "advisor": {"type": "enabled", "model": "claude-opus-5-5"}, "workflows": None}
    )

    assert changed.multiagent.advisor.model == "claude-opus-5-5"
    assert changed.multiagent.subagents.inline_agents.type == "disabled"
    assert changed.multiagent.subagents.predefined_agents[0].id == helper.id
    assert changed.multiagent.workflows.type == "enabled"
    assert world.agents.update(lead.id, multiagent=None).multiagent is None


def test_self_means_the_version_that_is_saved(world: Any) -> None:
    lead = world.agent(multiagent={"type": "coordinator", "agents": [{"type": "self"}]})
    roster = {"type": "coordinator", "agents": [{"type": "self"}]}

    assert world.agents.update(lead.id, multiagent=roster).version == 1
    assert world.agents.update(lead.id, multiagent=roster, name="other").multiagent.agents[0].version == 2


def test_pins_do_not_follow_later_versions(world: Any) -> None:
    helper = world.agent()
    lead = world.agent(multiagent={"type": "coordinator", "agents": [helper.id]})
    world.agents.update(helper.id, name="newer")

    assert world.agents.retrieve(lead.id).multiagent.agents[0].version == 1


def broken_rosters(world: Any) -> dict[str, Any]:
    helper = world.agent()
    leader = world.agent(multiagent={"type": NEW})
    pinned = world.agent(model={"id": "claude-opus-5-5", "inference_geo": "us"})
    gone = world.agents.archive(world.agent().id)
    advisor = {"type": "advisor", "model": "claude-opus-5-5"}
    off = {"type": "enabled", "inline_agents": {"type": "disabled"}}
    return {
        "empty": {"type": "coordinator", "agents": []},
        "too many": {"type": "coordinator", "agents": [helper.id] * 21},
        "twice": {"type": "coordinator", "agents": [helper.id, helper.id]},
        "two advisors": {"type": "coordinator", "agents": [advisor, advisor]},
        "unknown advisor": {"type": "coordinator", "agents": [{"type": "advisor", "model": "gpt-9"}]},
        "missing": {"type": "coordinator", "agents": ["agent_none"]},
        "archived": {"type": "coordinator", "agents": [gone.id]},
        "too deep": {"type": "coordinator", "agents": [leader.id]},
        "other region": {"type": "coordinator", "agents": [pinned.id]},
        "no such version": {"type": "coordinator", "agents": [{"type": "agent", "id": helper.id, "version": 9}]},
        "unknown key": {"type": NEW, "colour": "red"},
        "unknown type": {"type": "swarm"},
        "advisor without model": {"type": NEW, "advisor": {"type": "enabled"}},
        "nobody to spawn": {"type": NEW, "subagents": off},
    }


@pytest.mark.parametrize(
    "case",
    [
        "empty",
        "too many",
        "twice",
        "two advisors",
        "unknown advisor",
        "missing",
        "archived",
        "too deep",
        "other region",
        "no such version",
        "unknown key",
        "unknown type",
        "advisor without model",
        "nobody to spawn",
    ],
)
def test_a_roster_that_breaks_a_rule_is_refused(world: Any, case: str) -> None:
    roster = broken_rosters(world)[case]

    with pytest.raises(anthropic.BadRequestError) as caught:
        world.agent(multiagent=roster)

    assert "multiagent" in str(caught.value)


def test_a_session_keeps_whole_definitions(world: Any) -> None:
    helper = world.agent(name="helper", system="help")
    lead = world.agent(multiagent={"type": "coordinator", "agents": [helper.id]})
    newer = world.agent(multiagent={"type": NEW, "workflows": {"type": "enabled", "predefined_agents": [helper.id]}})

    assert world.session(agent=lead.id).agent.multiagent.agents[0].system == "help"
    assert world.session(agent=newer.id).agent.multiagent.workflows.predefined_agents[0].name == "helper"

"""Agents: versions, two writers at once, and how an agent comes back from the platform."""

from pathlib import Path
from typing import Any

import pytest
from core.bags import checked
from core.platform import MODEL, SERVER, USES_SERVER, Platform, mounted

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import Conflict, Refused
from pulumi_managed_agents.lifecycle.steps import State
from pulumi_managed_agents.resources.registry import KINDS

AGENT = KINDS["Agent"]
BAG: Bag = {"name": "worker", "model": MODEL, "system": "a", "description": "a"}
TOOLSET = {"type": "agent_toolset_20260401"}


@pytest.fixture
def agent(platform: Platform) -> State:
    state = platform.create("Agent", BAG)
    platform.traffic()
    return state


def elsewhere(platform: Platform, agent: State, **fields: Any) -> None:
    """Another program changes the agent."""
    platform.control.change("agents", agent.id, **fields)


def test_each_change_is_a_new_version_and_nothing_else_is_none(platform: Platform, agent: State) -> None:
    changed = platform.update("Agent", agent, {**BAG, "system": "b"})

    assert (agent.outputs["version"], changed.outputs["version"]) == (1, 2)
    assert changed.outputs["createdAt"] == agent.outputs["createdAt"]


def test_a_change_of_other_properties_meanwhile_is_built_upon(platform: Platform, agent: State) -> None:
    elsewhere(platform, agent, description="theirs")

    changed = platform.update("Agent", agent, {**BAG, "system": "b"})

    stored = platform.stored("agents", agent.id)
    assert (stored["system"], stored["description"], changed.outputs["version"]) == ("b", "theirs", 3)
    assert platform.traffic() == ["agents.update", "agents.retrieve", "agents.update"]


FIRST_WORDS: dict[str, tuple[Bag, Bag]] = {
    "a first label": ({"metadata": {"mine": "1"}}, {"metadata": {"mine": "1"}}),
    "an identity": ({"executionIdentity": {"type": "aws_role", "roleArn": "arn:1"}}, {}),
    "a first tool": ({"tools": [TOOLSET]}, {}),
    "a first roster": ({"multiagent": {"type": "coordinator", "agents": [{"type": "self"}]}}, {}),
    "another speed": ({"model": {"id": MODEL, "speed": "fast"}}, {}),
}


@pytest.mark.parametrize("case", FIRST_WORDS)
def test_what_nobody_else_touched_is_no_conflict_when_it_is_declared_for_the_first_time(
    case: str, platform: Platform, agent: State
) -> None:
    elsewhere(platform, agent, description="theirs")

    changed = platform.update("Agent", agent, {**BAG, **FIRST_WORDS[case][0]})

    assert changed.outputs["version"] == 3
    assert platform.stored("agents", agent.id)["description"] == "theirs"


def test_a_change_of_the_same_property_meanwhile_is_no_ones_to_overwrite(platform: Platform, agent: State) -> None:
    elsewhere(platform, agent, system="theirs")

    with pytest.raises(Conflict) as caught:
        platform.update("Agent", agent, {**BAG, "system": "b", "description": "b"})

    assert platform.stored("agents", agent.id)["system"] == "theirs"
    told = str(caught.value)
    assert "`system`" in told
    assert "`description`" not in told
    assert "version 1 is known here, 2 is on the platform" in told
    assert "`pulumi refresh`" in told
    assert "theirs" not in told


def test_a_label_that_somebody_else_set_meanwhile_is_no_ones_to_overwrite(platform: Platform) -> None:
    agent = platform.create("Agent", {**BAG, "metadata": {"mine": "1"}})
    stored = platform.stored("agents", agent.id)["metadata"]
    elsewhere(platform, agent, metadata={**stored, "shared": "theirs"})

    with pytest.raises(Conflict) as caught:
        platform.update("Agent", agent, {**BAG, "metadata": {"mine": "1", "shared": "ours"}})

    assert "`metadata`" in str(caught.value)
    assert platform.stored("agents", agent.id)["metadata"]["shared"] == "theirs"


def test_labels_beside_those_that_somebody_else_set_meanwhile_are_ours(platform: Platform) -> None:
    agent = platform.create("Agent", {**BAG, "metadata": {"mine": "1", "gone": "1"}})
    stored = platform.stored("agents", agent.id)["metadata"]
    elsewhere(platform, agent, metadata={**stored, "theirs": "1"})

    platform.update("Agent", agent, {**BAG, "metadata": {"mine": "2"}})

    labels = platform.stored("agents", agent.id)["metadata"]
    assert {key: labels.get(key) for key in ("mine", "gone", "theirs")} == {"mine": "2", "gone": None, "theirs": "1"}


def test_a_change_that_was_made_already_is_no_conflict(platform: Platform, agent: State) -> None:
    elsewhere(platform, agent, system="b")

    changed = platform.update("Agent", agent, {**BAG, "system": "b"})

    assert (changed.outputs["system"], changed.outputs["version"]) == ("b", 2)


def test_a_change_whose_answer_was_lost_is_made_once(platform: Platform, agent: State) -> None:
    platform.control.faults([{"operation": "agents.update", "nth": 1, "drop": "after"}])

    changed = platform.update("Agent", agent, {**BAG, "system": "b"})

    assert (changed.outputs["system"], changed.outputs["version"]) == ("b", 2)


def test_a_third_writer_between_two_looks_is_a_conflict(platform: Platform, agent: State) -> None:
    elsewhere(platform, agent, description="theirs")
    platform.control.faults([{"operation": "agents.update", "status": 409, "message": "busy"}])

    with pytest.raises(Conflict):
        platform.update("Agent", agent, {**BAG, "system": "b"})

    assert platform.stored("agents", agent.id)["system"] == "a"


def test_an_archived_agent_refuses_a_change(platform: Platform, agent: State) -> None:
    platform.delete("Agent", agent)

    with pytest.raises(Refused, match="archived"):
        platform.update("Agent", agent, {**BAG, "system": "b"})


ROSTERS: dict[str, Bag] = {
    "itself": {"type": "coordinator", "agents": [{"type": "self"}]},
    "others by id": {"type": "coordinator", "agents": ["MEMBER"]},
    "others by id and itself and an adviser": {
        "type": "coordinator",
        "agents": [
            {"type": "advisor", "model": MODEL},
            {"type": "self"},
            {"type": "agent", "id": "MEMBER", "version": 1},
        ],
    },
    "a team": {"type": "multiagent_20261001", "subagents": {"predefinedAgents": ["MEMBER"]}},
    "an adviser": {"type": "multiagent_20261001", "advisor": {"type": "enabled", "model": MODEL}},
    "nobody": {"type": "multiagent_20261001", "subagents": {"type": "disabled"}, "workflows": {"type": "disabled"}},
}


@pytest.mark.parametrize("case", ROSTERS)
def test_a_roster_comes_back_in_the_users_words(case: str, platform: Platform, agent: State) -> None:
    roster = eval(repr(ROSTERS[case]).replace("MEMBER", agent.id))  # noqa: S307 - our own words
    bag = {"name": "leader", "model": MODEL, "multiagent": roster}

    state = platform.create("Agent", bag)
    read = platform.read("Agent", state.id, state.outputs)

    assert read == state
    assert plan.diff(AGENT, state.outputs, checked(AGENT, bag)) == ()


def test_a_roster_can_be_changed_into_every_other(platform: Platform, agent: State) -> None:
    rosters = [eval(repr(roster).replace("MEMBER", agent.id)) for roster in ROSTERS.values()]  # noqa: S307 - our own words
    bag = {"name": "leader", "model": MODEL}
    state = platform.create("Agent", bag)

    for before in rosters:
        for after in rosters:
            state = platform.update("Agent", state, {**bag, "multiagent": before})
            state = platform.update("Agent", state, {**bag, "multiagent": after})
            fresh = platform.create("Agent", {**bag, "multiagent": after})
            assert forms(platform, state) == forms(platform, fresh)


def forms(platform: Platform, state: State) -> str:
    stored = platform.stored("agents", state.id)
    return repr(stored["multiagent"]).replace(f"'{state.id}', 'version': {stored['version']}", "itself")


def test_tools_that_the_platform_fills_in_are_no_drift_and_a_changed_permission_is(platform: Platform) -> None:
    tools = [TOOLSET, USES_SERVER]
    bag = {**BAG, "mcpServers": [SERVER], "tools": tools}
    state = platform.create("Agent", bag)
    stored = platform.stored("agents", state.id)["tools"]

    assert state.outputs["tools"] == tools
    stored[1]["default_config"]["permission_policy"] = {"type": "always_allow"}
    elsewhere(platform, state, tools=stored)
    found = platform.read("Agent", state.id, state.outputs)

    assert found is not None
    (change,) = plan.diff(AGENT, found.outputs, checked(AGENT, bag, state.outputs))
    assert change.path[:3] == ("tools", 1, "defaultConfig")


# A model that there is not


@pytest.mark.parametrize("key", ["claude", "qoder"])
def test_a_model_that_the_platform_does_not_list_is_told_with_those_that_it_does(key: Any, tmp_path: Path) -> None:
    with mounted(tmp_path / "world.emulator", platform=key) as platform:
        wrong = f"{platform.model}x"
        with pytest.raises(Refused) as refused:
            platform.create("Agent", {"name": "worker", "model": wrong})
        assert platform.traffic() == ["agents.create", "models.list"]
        made = platform.create("Agent", {"name": "worker", "model": platform.model})
        with pytest.raises(Refused) as again:
            platform.update("Agent", made, {"name": "worker", "model": wrong})

    for told in (refused, again):
        assert f"did you mean `{platform.model}`? It has " in str(told.value)


def test_another_refusal_asks_for_no_models(platform: Platform) -> None:
    platform.control.faults([{"operation": "agents.create", "status": 400}])

    with pytest.raises(Refused):
        platform.create("Agent", BAG)

    assert platform.traffic() == ["agents.create"]

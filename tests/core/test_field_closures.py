"""Fields and headers in the form that the platform's newest SDK has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from core.bags import CONTEXT
from core.platform import MODEL, bent

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.emulator.claude.headers import KNOWN_BETAS
from pulumi_managed_agents.errors import Refused
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.platforms.qoder import Qoder
from pulumi_managed_agents.resources.registry import KINDS

RESULT: Bag = {
    "type": "search_result",
    "source": "https://example.com/a",
    "title": "A",
    "content": [{"type": "text", "text": "found"}],
    "citations": {"enabled": True},
}


def wrong(kind: str, bag: Bag, capabilities: Any = Claude.capabilities) -> list[str]:
    context = replace(CONTEXT, capabilities=capabilities)
    return list(map(str, plan.check(KINDS[kind].on(capabilities.key), {}, bag, context)[1]))


def team(*members: Bag | str, **words: Any) -> Bag:
    return {"type": "multiagent_20261001", "subagents": {"predefinedAgents": [*members], **words}}


@pytest.mark.parametrize("form", ["coordinator", "subagents", "workflows"])
def test_self_stands_in_every_roster_and_reads_back_as_self(platform: Any, form: str) -> None:
    """The platform answers with a reference to the agent; that is no change."""
    helper = platform.create("Agent", {"name": "helper", "model": MODEL})
    members = [{"type": "self"}, helper.id]
    roster: Bag = {"type": "coordinator", "agents": members}
    if form != "coordinator":
        roster = {"type": "multiagent_20261001", form: {"predefinedAgents": members}}
    bag = {"name": "lead", "model": MODEL, "multiagent": roster}
    made = platform.create("Agent", bag)

    found = platform.read("Agent", made.id, made.outputs)

    kind = platform.kind("Agent")
    assert plan.diff(kind, found.outputs, platform.checked("Agent", bag, made.outputs)) == ()
    imported = platform.read("Agent", made.id)
    again = plan.inputs_in(kind, imported.outputs, {})
    assert {"type": "self"} in (again["multiagent"].get("agents") or again["multiagent"][form]["predefinedAgents"])


def test_a_member_by_reference_names_somebody_or_is_self() -> None:
    """What a roster cannot hold is said at its place."""
    agent = {"name": "lead", "model": MODEL}

    assert wrong("Agent", {**agent, "multiagent": team({"type": "self", "id": "agent_1"})}) == [
        "`multiagent.subagents.predefinedAgents[0]` is this agent itself: leave `id` and `version` out"
    ]
    assert wrong("Agent", {**agent, "multiagent": team({"version": 1})}) == [
        "`multiagent.subagents.predefinedAgents[0].id` is required, unless `type` is `self`"
    ]
    assert wrong("Agent", {**agent, "multiagent": team({"type": "self"}, {"type": "self"})}) == [
        "`multiagent.subagents.predefinedAgents[1]` stands in the roster already"
    ]
    assert not wrong("Agent", {**agent, "multiagent": team({"type": "self"}, inlineAgents={"type": "disabled"})})


def test_a_tool_of_a_machine_of_ones_own_is_answered(platform: Any) -> None:
    """`user.tool_result` goes to sessions in self-hosted environments, with what a search found."""
    environment = platform.create("Environment", {"name": "own", "config": {"type": "self_hosted"}})
    agent = platform.create("Agent", {"name": "worker", "model": MODEL})
    session = platform.create("Session", {"agent": agent.id, "environmentId": environment.id})
    platform.control.emit(session.id, {"type": "agent.tool_use", "name": "bash", "input": {}})
    listing = Call(Operation("sessions.events", "list"), {"session_id": session.id})
    use = platform.context.backend.send(listing)["data"][-1]
    event = {"type": "user.tool_result", "toolUseId": use["id"], "content": [RESULT], "isError": False}

    platform.create("SessionEvents", {"sessionId": session.id, "events": [event]})

    listed = platform.context.backend.send(listing)["data"]
    assert [item["content"][0]["type"] for item in listed if item["type"] == "user.tool_result"] == ["search_result"]


def test_what_only_claude_has_is_refused_on_qoder_with_the_way_out() -> None:
    """As every word of one platform."""
    events = {"sessionId": "s", "events": [{"type": "user.tool_result", "toolUseId": "t"}]}

    assert "user.custom_tool_result" in wrong("SessionEvents", events, Qoder.capabilities)[0]


def test_a_search_result_says_everything() -> None:
    """The platform requires each of its fields, and takes none in a message."""
    result = {key: value for key, value in RESULT.items() if key != "title"}
    answer = {"type": "user.custom_tool_result", "customToolUseId": "t", "content": [result]}
    message = {"type": "user.message", "content": [RESULT]}

    assert wrong("SessionEvents", {"sessionId": "s", "events": [answer]}) == [
        "`events[0].content[0].title` is required"
    ]
    assert "unknown `type`" in wrong("SessionEvents", {"sessionId": "s", "events": [message]})[0]


def test_what_the_platform_withholds_is_no_change(platform: Any) -> None:
    """A deployment's first message may come back as `redacted`: what the program wrote stands."""
    agent = platform.create("Agent", {"name": "worker", "model": MODEL})
    environment = platform.create("Environment", {"name": "sandbox"})
    message = {"type": "user.message", "content": [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]}
    bag = {"name": "d", "agent": agent.id, "environmentId": environment.id, "initialEvents": [message]}
    made = platform.create("Deployment", bag)

    def withheld(answer: Bag) -> Bag:
        answer["initial_events"][0]["content"][1] = {"type": "redacted"}
        return answer

    with bent(platform, "GET /v1/deployments/.*", withheld):
        found = platform.read("Deployment", made.id, made.outputs)
        imported = platform.read("Deployment", made.id)

    kind = platform.kind("Deployment")
    assert plan.diff(kind, found.outputs, platform.checked("Deployment", bag, made.outputs)) == ()
    assert found.outputs["initialEvents"] == made.outputs["initialEvents"]
    again = plan.inputs_in(kind, imported.outputs, {})
    assert again["initialEvents"][0]["content"][1] == {"type": "redacted"}
    assert not wrong("Deployment", {**again, "creationId": None})


@pytest.mark.parametrize("placeholders", [1, 2, 3])
def test_placeholders_in_place_of_all_that_was_said_are_no_change(platform: Any, placeholders: int) -> None:
    """Nobody promises one for each block."""
    agent = platform.create("Agent", {"name": "worker", "model": MODEL})
    environment = platform.create("Environment", {"name": "sandbox"})
    message = {"type": "user.message", "content": [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]}
    bag = {"name": "d", "agent": agent.id, "environmentId": environment.id, "initialEvents": [message]}
    made = platform.create("Deployment", bag)

    def withheld(answer: Bag) -> Bag:
        answer["initial_events"][0]["content"] = [{"type": "redacted"}] * placeholders
        return answer

    with bent(platform, "GET /v1/deployments/.*", withheld):
        found = platform.read("Deployment", made.id, made.outputs)

    assert found.outputs["initialEvents"] == made.outputs["initialEvents"]
    changed = {**bag, "initialEvents": [{**message, "content": message["content"][:1]}]}
    kind = platform.kind("Deployment")
    assert plan.diff(kind, found.outputs, platform.checked("Deployment", changed, made.outputs))


def test_the_geography_of_inference_is_an_open_set(platform: Any) -> None:
    """Nothing lists what a workspace may use."""
    made = platform.create("Agent", {"name": "worker", "model": {"id": MODEL, "inferenceGeo": "eu-central"}})

    assert platform.stored("agents", made.id)["model"]["inference_geo"] == "eu-central"


@pytest.mark.parametrize(
    ("collection", "beta"),
    [
        ("memory_stores", "agent-memory-2026-07-22"),
        ("memory_stores.memories", "agent-memory-2026-07-22"),
        ("sessions", "managed-agents-2026-04-01"),
        ("files", None),
    ],
)
def test_memory_stores_ask_for_their_own_beta(collection: str, beta: str | None) -> None:
    """One of the two, never both."""
    assert Claude().headers(Call(Operation(collection, "list"))).get("anthropic-beta") == beta


def test_a_memory_that_somebody_rewrote_is_not_deleted(platform: Any) -> None:
    """The delete names the text that was last seen; a refresh sees the new one, and then it goes."""
    store = platform.create("MemoryStore", {"name": "store"})
    memory = platform.create("Memory", {"memoryStoreId": store.id, "path": "/a.md", "content": "seen"})
    ids = {"memory_store_id": store.id, "memory_id": memory.id.rpartition("/")[2]}
    platform.context.backend.send(Call(Operation("memory_stores.memories", "update"), ids, {"content": "rewritten"}))

    with pytest.raises(Refused, match="pulumi refresh"):
        platform.delete("Memory", memory)
    found = platform.read("Memory", memory.id, memory.outputs)
    platform.delete("Memory", found)

    assert platform.read("Memory", memory.id, found.outputs) is None


def test_betas_of_the_newest_sdk_and_of_logins_are_known() -> None:
    """The emulator refuses an unknown beta, as the API does, and no real one."""
    assert {"efs-2026-10-01", "google-managed-data-controls-2026-09-01", "oauth-2025-04-20"} <= KNOWN_BETAS

"""Functions that list what runs: filters, limits and pages as the platforms have them, on both; few requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.platform import HELLO, bent, mounted

from pulumi_managed_agents import apply
from pulumi_managed_agents.errors import CallFailed, NotFound
from pulumi_managed_agents.functions.registry import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.platform import Platform

    from pulumi_managed_agents.declaration.platform import PlatformKey
    from pulumi_managed_agents.declaration.values import Bag

BOTH = pytest.mark.parametrize("key", ["claude", "qoder"])


@pytest.fixture
def there(tmp_path: Path, key: PlatformKey) -> Iterator[Platform]:
    """A world of its own on one of the platforms."""
    with mounted(tmp_path / "world", platform=key) as platform:
        platform.draws = True
        yield platform


def ask(platform: Platform, called: str, /, **arguments: Any) -> Bag:
    """What a function finds, of arguments that nothing is wrong with."""
    function = FUNCTIONS[called]
    assert function.failures(arguments) == []
    platform.traffic()
    return apply.look_up(function.steps(arguments), platform.context)


def ids(found: list[Bag]) -> list[str]:
    return [each["id"] for each in found]


@BOTH
def test_sessions_are_narrowed_by_what_the_platform_takes_and_by_labels(there: Platform) -> None:
    bag = there.session_bag()
    first, second = (there.create("Session", {**bag, "metadata": {"team": team}}) for team in ("red", "blue"))
    other = there.session()
    there.control.set_status(second.id, "running")

    def found(**arguments: Any) -> list[str]:
        return ids(ask(there, "listSessions", **arguments)["sessions"])

    assert found() == [other.id, second.id, first.id]
    assert found(order="asc", limit=1) == [first.id]
    assert found(agentId=bag["agent"]) == [second.id, first.id]
    assert found(agentId=bag["agent"], agentVersion=2) == []
    assert found(statuses=["running"]) == [second.id]
    assert found(metadata={"team": "red"}) == [first.id]
    assert found(metadata={"team": "green"}) == []
    assert found(createdAtGt="2999-01-01T00:00:00Z") == []
    assert found(deploymentId="depl_01none") == []
    assert there.traffic() == ["sessions.list"]


@BOTH
def test_a_session_of_the_list_says_what_it_is(there: Platform) -> None:
    session = there.session(title="review", metadata={"team": "red"})

    (found,) = ask(there, "listSessions")["sessions"]

    assert (found["id"], found["status"], found["title"]) == (session.id, "idle", "review")
    assert found["metadata"]["team"] == "red"
    assert found["agent"]["version"] == 1
    assert {"usage", "stats", "createdAt", "environmentId"} <= found.keys()


def test_a_session_of_the_list_shows_its_outcomes_and_its_spend(platform: Platform) -> None:
    money = {"amount": "500", "currency": "USD"}
    outcome = {"type": "user.define_outcome", "description": "done", "rubric": {"type": "text", "content": "all"}}
    budget = {"type": "limit", "maxListCost": money}
    session = platform.session(budget=budget, initialEvents=[{**outcome, "rubric": {"type": "text", "content": "a"}}])
    spend(platform, session.id, "499")

    (found,) = ask(platform, "listSessions")["sessions"]

    assert found["budgetUsage"] == {"spent": "499", "limit": "500", "unit": "USD cents", "reached": False}
    assert [each["description"] for each in found["outcomeEvaluations"]] == ["done"]


def spend(platform: Platform, session_id: str, amount: str) -> None:
    """As if the session had cost that much."""
    (usage,) = [each["usage"] for each in platform.control.objects("sessions") if each["id"] == session_id]
    cost = {"amount": amount, "currency": "USD"}
    platform.control.change("sessions", session_id, usage={**usage, "list_cost": cost, "input_tokens": 7})


def test_looking_for_labels_ends_with_the_pages_that_may_be_read(platform: Platform) -> None:
    bag = platform.session_bag()
    for _ in range(101):
        platform.create("Session", bag)

    with pytest.raises(CallFailed, match=r"goes on after one page \(100 objects\).*`pages`"):
        ask(platform, "listSessions", metadata={"team": "red"}, pages=1)

    assert platform.traffic() == ["sessions.list"]
    assert ask(platform, "listSessions", metadata={"team": "red"})["sessions"] == []
    assert len(ask(platform, "listSessions", limit=101)["sessions"]) == 101
    assert platform.traffic() == ["sessions.list"] * 2


def deployment(there: Platform) -> str:
    bag = there.session_bag()
    event = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
    return there.create("Deployment", {"name": "nightly", "initialEvents": [event], "runTrigger": "1", **bag}).id


@BOTH
def test_runs_of_deployments_are_listed_and_looked_up(there: Platform) -> None:
    id_ = deployment(there)

    (run,) = ask(there, "listDeploymentRuns", deploymentId=id_, hasError=False, triggerType="manual", limit=5)["runs"]

    assert (run["deploymentId"], run["triggerContext"]) == (id_, {"type": "manual"})
    assert run["sessionId"].startswith("ses")
    assert ask(there, "getDeploymentRun", id=run["id"]) == run
    assert ask(there, "listDeploymentRuns", hasError=True)["runs"] == []
    assert ask(there, "listDeploymentRuns", triggerType="schedule")["runs"] == []
    assert ask(there, "listDeploymentRuns", createdAtGte="2999-01-01T00:00:00Z")["runs"] == []
    assert ids(ask(there, "listSessions", deploymentId=id_)["sessions"]) == [run["sessionId"]]


def test_a_run_that_failed_says_why(platform: Platform) -> None:
    platform.control.settings(deployment_run_error="workspace_archived_error")
    deployment(platform)

    (run,) = ask(platform, "listDeploymentRuns", hasError=True)["runs"]

    assert run["error"]["type"] == "workspace_archived_error"
    assert "sessionId" not in run


def test_threads_and_their_events_are_listed(platform: Platform) -> None:
    session = platform.session(initialEvents=[HELLO])

    (thread,) = ask(platform, "listThreads", sessionId=session.id)["threads"]

    assert thread["agent"]["name"] == "worker"
    assert "parentThreadId" not in thread
    assert ask(platform, "listThreads", sessionId=session.id, statuses=["terminated"])["threads"] == []
    events = ask(platform, "listThreadEvents", sessionId=session.id, threadId=thread["id"])["events"]
    assert [each["type"] for each in events][:2] == ["user.message", "session.status_running"]
    assert len(ask(platform, "listThreadEvents", sessionId=session.id, threadId=thread["id"], limit=1)["events"]) == 1


@pytest.mark.parametrize("key", ["qoder"])
def test_qoder_is_not_asked_for_what_it_does_not_take(there: Platform) -> None:
    session = there.session()

    assert ask(there, "listThreads", sessionId=session.id, statuses=["idle"])["threads"] == []
    assert ask(there, "listModels")["models"][0]["id"] == "auto"


@BOTH
def test_an_agent_is_shown_as_a_version_of_it_was(there: Platform) -> None:
    agent = there.create("Agent", {"name": "worker", "model": there.model, "system": "First."})
    there.update("Agent", agent, {"name": "worker", "model": there.model, "system": "Second."})

    assert ask(there, "getAgent", id=agent.id)["system"] == "Second."
    was = ask(there, "getAgent", id=agent.id, version=1)

    assert (was["id"], was["system"], was["version"]) == (agent.id, "First.", 1)
    assert there.traffic() == ["agents.retrieve"]
    with pytest.raises(NotFound):
        ask(there, "getAgent", id=agent.id, version=3)


def test_every_model_is_listed_with_its_stage_limits_and_capabilities(platform: Platform) -> None:
    facts = {"lifecycle": "deprecated", "retires_at": "2027-01-31T00:00:00Z", "max_tokens": 64_000}
    facts["capabilities"] = {"batch": {"supported": True}}
    platform.control.settings(model_facts={"claude-opus-4-5": facts, "claude-sonnet-4-5": {"lifecycle": "retired"}})

    found = {each["id"]: each for each in ask(platform, "listModels")["models"]}

    assert platform.traffic() == ["models.list"]
    assert found["claude-opus-4-5"].items() >= {"lifecycle": "deprecated", "retiresAt": "2027-01-31T00:00:00Z"}.items()
    assert found["claude-opus-4-5"]["maxTokens"] == 64_000
    assert found["claude-opus-4-5"]["capabilities"] == {"batch": {"supported": True}}
    assert "claude-sonnet-4-5" not in found
    assert ids(ask(platform, "listModels", lifecycle=["retired"])["models"]) == ["claude-sonnet-4-5"]


def test_the_older_pages_of_models_are_turned(platform: Platform) -> None:
    """They go on from an id, and say whether there is more."""
    every = ids(ask(platform, "listModels")["models"])
    halves = {"one": {"data": [{"id": every[0]}], "has_more": True, "last_id": every[0]}}

    def half(answer: Bag) -> Bag:
        return halves.pop("one", answer)

    with bent(platform, "GET /v1/models", half):
        found = ids(ask(platform, "listModels")["models"])

    assert found == every
    assert [row["path"].partition("?")[2] for row in platform.control.requests()][-1].count("after_id") <= 1


@BOTH
def test_the_history_of_memories_is_listed_with_contents_only_where_asked_for(there: Platform) -> None:
    store = there.create("MemoryStore", {"name": "notes"})
    memory = there.create("Memory", {"memoryStoreId": store.id, "path": "/a.md", "content": "first"})
    there.update("Memory", memory, {"memoryStoreId": store.id, "path": "/a.md", "content": "second"})

    newest, oldest = ask(there, "listMemoryVersions", memoryStoreId=store.id)["versions"]

    assert (newest["operation"], oldest["operation"]) == ("modified", "created")
    assert "content" not in newest
    full = ask(there, "listMemoryVersions", memoryStoreId=store.id, view="full", operation="created")["versions"]
    assert [each["content"] for each in full] == ["first"]
    was = ask(there, "getMemoryVersion", memoryStoreId=store.id, id=oldest["id"])
    assert (was["content"], was["path"], was["createdBy"]["type"]) == ("first", "/a.md", "api_actor")
    own = memory.id.partition("/")[2]
    assert len(ask(there, "listMemoryVersions", memoryStoreId=store.id, memoryId=own, limit=1)["versions"]) == 1
    assert ask(there, "listMemoryVersions", memoryStoreId=store.id, createdAtGte="2999-01-01T00:00:00Z") == {
        "versions": []
    }


def test_a_place_without_threads_and_runs_says_so() -> None:
    assert [mark.places for name in ("listThreads", "listThreadEvents") for mark in FUNCTIONS[name].not_in] == [
        ("aws",),
        ("aws",),
    ]
    assert all(FUNCTIONS[name].not_in for name in ("listDeploymentRuns", "getDeploymentRun", "listModels"))

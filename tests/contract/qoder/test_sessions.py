from datetime import datetime
from typing import Any

import pytest

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
TOOLSET = {"type": "agent_toolset_20260401"}
SERVER = {"type": "url", "name": "docs", "url": "https://mcp.example.com"}


def test_a_session_is_idle_and_shows_its_agent(world: Any) -> None:
    agent, environment = world.agent(system="You help.", tools=[TOOLSET]), world.environment()

    session = world.session(agent=agent.id, environment_id=environment.id).to_dict(mode="json")

    assert session.pop("id").startswith("sess_")
    stamp = session.pop("created_at")
    assert session.pop("stats").keys() == {"active_seconds", "duration_seconds"}
    assert session == {
        "type": "session",
        "agent": {
            "id": agent.id,
            "type": "agent",
            "version": 1,
            "name": "worker",
            "description": "",
            "model": {"id": "ultimate", "effective_context_window": 200_000},
            "system": "You help.",
            "tools": [TOOLSET],
            "skills": [],
            "mcp_servers": [],
        },
        "environment_id": environment.id,
        "status": "idle",
        "title": None,
        "metadata": {},
        "resources": [],
        "vault_ids": [],
        "deployment_id": None,
        "outcome_evaluations": [],
        "usage": {"total_credits": 0.0},
        "environment_variables": {},
        "archived_at": None,
        "updated_at": stamp,
    }


def test_the_chosen_window_is_in_effect(world: Any) -> None:
    agent = world.agent(model={"id": "ultimate", "context_window": 1_000_000})

    assert world.session(agent=agent.id).agent.model.effective_context_window == 1_000_000


def test_an_agent_is_named_by_its_id_or_by_a_version(world: Any) -> None:
    agent = world.agent(name="first")
    world.agents.update(agent.id, version=1, name="second")

    assert world.session(agent=agent.id).agent.name == "second"
    assert world.session(agent={"id": agent.id, "type": "agent"}).agent.name == "second"
    assert world.session(agent={"id": agent.id, "type": "agent", "version": 1}).agent.name == "first"


def test_a_later_version_does_not_touch_a_session(world: Any) -> None:
    agent = world.agent(name="first")
    session = world.session(agent=agent.id)
    world.agents.update(agent.id, version=1, name="second")

    assert world.sessions.retrieve(session.id).agent.name == "first"


@pytest.mark.parametrize("agent", [{"id": "ID"}, {"type": "agent"}, {"id": "ID", "type": "robot"}, "", 7])
def test_an_agent_of_another_form_is_refused(world: Any, refused: Any, agent: Any) -> None:
    refused(400, lambda: world.sessions.create(agent=agent, environment_id=world.environment().id), "agent")


def test_everything_it_names_must_be_there(world: Any, refused: Any) -> None:
    agent = world.agent()
    bodies: list[Any] = [
        {"agent": "agent_none"},
        {"agent": {"id": agent.id, "type": "agent", "version": 9}},
        {"environment_id": "env_none"},
        {"vault_ids": ["vault_none"]},
        {"resources": [{"type": "file", "file_id": "file_none"}]},
        {"resources": [{"type": "memory_store", "memory_store_id": "memstore_none"}]},
    ]
    for body in bodies:
        refused(404, lambda body=body: world.session(**body), "not found", type="not_found_error")
    world.control.settings(qoder_missing_reference_status=400)
    for body in bodies:
        refused(400, lambda body=body: world.session(**body), "not found")
    assert list(world.sessions.list()) == []


def test_parts_of_the_agent_can_be_overridden(world: Any, refused: Any) -> None:
    agent = world.agent(system="old", tools=[TOOLSET])
    override = {"type": "agent_with_overrides", "id": agent.id, "system": "new", "tools": [], "model": "auto"}

    found = world.session(agent=override).agent

    assert (found.system, found.tools, found.model.id, found.name) == ("new", [], "auto", "worker")
    world.control.settings(qoder_sdk_only_fields="refuse")
    refused(400, lambda: world.session(agent=override), "agent.type")


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"REGION": "eu", "_x1": ""}, {"REGION": "eu", "_x1": ""}),
        ("REGION=eu;MODE=a=b", {"REGION": "eu", "MODE": "a=b"}),
        ("REGION=eu\nMODE=\n", {"REGION": "eu", "MODE": ""}),
        ("", {}),
    ],
)
def test_variables_come_as_a_map_or_a_text_and_go_as_a_map(world: Any, sent: Any, found: Any) -> None:
    session = world.session(environment_variables=sent)

    assert session.environment_variables == found
    assert world.sessions.retrieve(session.id).environment_variables == found


@pytest.mark.parametrize(
    "sent",
    [
        {"1A": "x"},
        {"A-B": "x"},
        {"": "x"},
        {"SERVER_ENDPOINT": "x"},
        {"USER_ID": "x"},
        {"WORK_DIR": "x"},
        {"CAW_X": "x"},
        {"QODER_X": "x"},
        {"A": 1},
        "A",
        "QODER_X=1",
        ["A=1"],
    ],
)
def test_variables_with_other_names_are_refused(world: Any, refused: Any, sent: Any) -> None:
    refused(400, lambda: world.session(environment_variables=sent), "environment_variables")


def test_a_self_hosted_environment_takes_neither_resources_nor_variables(world: Any, refused: Any, repo: Any) -> None:
    environment = world.environment(config={"type": "self_hosted"}).id

    assert world.session(environment_id=environment).status == "idle"
    refused(400, lambda: world.session(environment_id=environment, resources=[repo()]), "resources")
    refused(400, lambda: world.session(environment_id=environment, environment_variables={"A": "b"}), "variables")


def test_a_server_that_cannot_be_reached_fails_the_create(world: Any, refused: Any) -> None:
    agent = world.agent(mcp_servers=[SERVER])
    world.control.settings(qoder_unreachable_mcp_servers=[SERVER["url"]])

    refused(400, lambda: world.session(agent=agent.id), "docs")
    assert list(world.sessions.list()) == []


def test_a_budget_is_kept(world: Any, refused: Any) -> None:
    budget = {"type": "limit", "max_credit_cost": "12.50"}

    assert world.session(budget=budget).budget.to_dict() == budget
    for amount in ("0", "-1", "1.234", "x", "1" * 13, ""):
        bad = {"type": "limit", "max_credit_cost": amount}
        refused(400, lambda bad=bad: world.session(budget=bad), "budget")


def test_fields_that_only_the_sdk_knows_can_be_refused(world: Any, refused: Any) -> None:
    world.control.settings(qoder_sdk_only_fields="refuse")

    refused(400, lambda: world.session(budget={"type": "limit", "max_credit_cost": "1"}), "budget")
    refused(400, lambda: world.session(initial_events=[HELLO]), "initial_events")


@pytest.mark.parametrize("field", ["delta_flush_interval_ms", "memory_store_ids", "vaults", "agent_id", "turn_status"])
def test_fields_of_older_generations_are_refused(world: Any, refused: Any, field: str) -> None:
    refused(400, lambda: world.session(extra_body={field: 1}), field)


def test_title_and_metadata_change_in_place(world: Any) -> None:
    session = world.session(title="old", metadata={"a": "1", "b": "2"})

    updated = world.sessions.update(session.id, title="new", metadata={"a": None, "c": "3"})

    assert (updated.title, updated.metadata) == ("new", {"b": "2", "c": "3"})
    assert updated.updated_at > session.updated_at
    assert world.sessions.update(session.id, title=None).title is None
    assert world.sessions.update(session.id, metadata=None).metadata == {"b": "2", "c": "3"}


def test_the_lists_of_its_agent_are_replaced_one_by_one(world: Any) -> None:
    agent = world.agent(tools=[TOOLSET], mcp_servers=[SERVER])
    session = world.session(agent=agent.id)

    updated = world.sessions.update(session.id, agent={"tools": []})

    assert updated.agent.tools == []
    assert updated.to_dict()["agent"]["mcp_servers"] == [SERVER]
    assert world.agents.retrieve(agent.id).to_dict()["tools"] == [TOOLSET]


@pytest.mark.parametrize(
    "body",
    [
        {"vault_ids": []},
        {"environment_variables": {}},
        {"budget": {"type": "limit", "max_credit_cost": "1"}},
        {"agent": {"model": "auto"}},
        {"agent": {"system": "new"}},
        {"agent": {"skills": []}},
        {"agent": None},
        {"environment_id": "env_1"},
        {"resources": []},
        {"delta_flush_interval_ms": 1},
    ],
)
def test_nothing_else_changes(world: Any, body: Any) -> None:
    session = world.session()

    document = world.call("POST", f"sessions/{session.id}", body, status=400)

    assert next(iter(body)) in document["error"]["message"]


def test_what_only_the_sdk_updates_can_be_accepted(world: Any, refused: Any) -> None:
    world.control.settings(qoder_sdk_only_updates="accept")
    session = world.session(environment_variables={"A": "b"})

    updated = world.sessions.update(session.id, environment_variables={"C": "d"}, agent={"system": "new"})

    assert updated.environment_variables == {"C": "d"}
    assert updated.agent.system == "new"
    refused(400, lambda: world.sessions.update(session.id, vault_ids=[]), "vault_ids")


def test_an_idle_session_is_cancelled_without_effect(world: Any) -> None:
    session = world.session()

    answer = world.http.post(f"sessions/{session.id}/cancel")

    assert answer.status_code == 200
    assert answer.json() == {"id": session.id, "type": "session", "status": "canceling"}
    assert world.sessions.retrieve(session.id).status == "idle"


def test_a_running_session_is_cancelled(world: Any) -> None:
    session = world.running_session()
    world.control.settings(qoder_cancel_ends="after 2 reads")
    assert world.sessions.retrieve(session.id).status == "running"

    answer = world.http.post(f"sessions/{session.id}/cancel")

    assert answer.status_code == 202
    states = [world.sessions.retrieve(session.id).status for _ in range(3)]
    assert states == ["canceling", "canceling", "idle"]
    assert world.event_types(session.id)[-1] == "session.status_idle"


def test_cancel_is_an_operation_of_the_sdk(world: Any) -> None:
    assert world.sessions.cancel(world.running_session().id).status == "canceling"


def test_an_archive_leaves_the_status_and_ends_the_session(world: Any, refused: Any) -> None:
    session = world.session()
    archived = world.sessions.archive(session.id)

    assert (archived.status, archived.archived_at is None) == ("idle", False)
    assert world.sessions.archive(session.id).archived_at == archived.archived_at
    assert list(world.sessions.list()) == []
    assert [each.id for each in world.sessions.list(include_archived=True)] == [session.id]
    refused(409, lambda: world.sessions.update(session.id, title="x"), "archived")
    refused(409, lambda: world.sessions.events.send(session.id, events=[HELLO]))
    refused(409, lambda: world.sessions.cancel(session.id))


def test_a_session_that_ended_takes_nothing(world: Any, refused: Any) -> None:
    session = world.session()
    world.control.set_status(session.id, "terminated")

    assert world.sessions.retrieve(session.id).status == "terminated"
    refused(409, lambda: world.sessions.update(session.id, title="x"), "ended")
    assert world.sessions.delete(session.id).type == "session_deleted"


@pytest.mark.parametrize("verb", ["archive", "delete"])
def test_a_running_session_is_interrupted_first(world: Any, refused: Any, verb: str) -> None:
    session = world.running_session()
    call = getattr(world.sessions, verb)
    refused(409, lambda: call(session.id), "interrupt")
    world.sessions.events.send(session.id, events=[{"type": "user.interrupt"}])

    assert call(session.id).id == session.id


def test_whether_it_must_be_is_a_setting(world: Any, refused: Any) -> None:
    session = world.running_session()
    world.control.settings(qoder_busy_refusal_status=400)
    refused(400, lambda: world.sessions.delete(session.id))
    world.control.settings(qoder_busy_refusal_status=None)

    assert world.sessions.delete(session.id).type == "session_deleted"


def test_a_deleted_session_is_gone(world: Any, refused: Any) -> None:
    session = world.session()

    assert world.sessions.delete(session.id).to_dict() == {"id": session.id, "type": "session_deleted"}
    refused(404, lambda: world.sessions.retrieve(session.id), "Session")
    refused(404, lambda: world.events(session.id))


def test_sessions_are_filtered(world: Any) -> None:
    agent, store = world.agent(), world.store()
    plain = world.session(agent=agent.id)
    world.agents.update(agent.id, version=1, name="b")
    newer = world.session(agent=agent.id, resources=[{"type": "memory_store", "memory_store_id": store.id}])
    other = world.running_session()

    def ids(**query: Any) -> list[str]:
        return [each.id for each in world.sessions.list(**query)]

    assert ids() == [other.id, newer.id, plain.id]
    assert ids(order="asc", limit=2) == [plain.id, newer.id, other.id]
    assert ids(agent_id=agent.id) == [newer.id, plain.id]
    assert ids(agent_id=agent.id, agent_version=1) == [plain.id]
    assert ids(memory_store_id=store.id) == [newer.id]
    assert ids(deployment_id="dep_1") == []
    assert ids(extra_query={"statuses[]": ["running"]}) == [other.id]
    assert ids(created_at_gt=plain.created_at, created_at_lt=other.created_at) == [newer.id]
    assert isinstance(plain.created_at, datetime)
    world.call("GET", "sessions?order=up", status=400)
    world.call("GET", "sessions?statuses[]=asleep", status=400)


def test_a_run_takes_time(world: Any) -> None:
    world.control.clock(now="2026-10-01T12:00:00Z")
    session = world.running_session()
    world.control.clock(advance_seconds=60)
    world.sessions.events.send(session.id, events=[{"type": "user.interrupt"}])
    world.control.clock(advance_seconds=60)

    stats = world.sessions.retrieve(session.id).stats

    assert (stats.active_seconds, round(stats.duration_seconds)) == (60, 120)

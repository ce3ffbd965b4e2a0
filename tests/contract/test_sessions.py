from collections.abc import Callable
from typing import Any

import anthropic
import pytest

BUDGET = {"type": "limit", "max_list_cost": {"amount": "500", "currency": "USD"}}
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
OUTCOME = {"type": "user.define_outcome", "description": "d", "rubric": {"type": "text", "content": "c"}}
SERVER = {"type": "url", "name": "git", "url": "https://mcp.example.com"}
USES_SERVER = {"type": "mcp_toolset", "mcp_server_name": "git"}


def refused(call: Callable[[], Any], *words: str) -> Any:
    with pytest.raises(anthropic.BadRequestError) as caught:
        call()
    for word in words:
        assert word in str(caught.value)
    return caught.value


def test_a_new_session_is_idle_and_whole(world: Any) -> None:
    agent, environment = world.agent(system="be brief"), world.environment()

    session = world.sessions.create(agent=agent.id, environment_id=environment.id)

    assert session.id.startswith("sesn_")
    body = session.to_dict(mode="json")
    assert body.pop("created_at") == body.pop("updated_at")
    assert body.pop("agent") == {
        key: value
        for key, value in agent.to_dict(mode="json").items()
        if key not in ("metadata", "created_at", "updated_at", "archived_at")
    }
    assert body.pop("stats")["active_seconds"] == 0
    assert body.pop("usage")["list_cost"] == {"amount": "0", "currency": "USD"}
    assert body == {
        "id": session.id,
        "type": "session",
        "status": "idle",
        "title": None,
        "metadata": {},
        "environment_id": environment.id,
        "resources": [],
        "vault_ids": [],
        "budget": None,
        "outcome_evaluations": [],
        "deployment_id": None,
        "archived_at": None,
    }


def test_a_session_keeps_its_snapshot_when_the_agent_changes(world: Any) -> None:
    agent = world.agent(name="old")
    session = world.session(agent=agent.id)

    world.agents.update(agent.id, name="new")

    assert world.sessions.retrieve(session.id).agent.name == "old"


def test_an_agent_is_taken_by_id_at_a_version_or_with_overrides(world: Any) -> None:
    agent = world.agent(name="one", system="s", description="d")
    world.agents.update(agent.id, name="two")

    assert world.session(agent=agent.id).agent.version == 2
    assert world.session(agent={"type": "agent", "id": agent.id}).agent.version == 2
    assert world.session(agent={"type": "agent", "id": agent.id, "version": 1}).agent.name == "one"
    overridden = world.session(
        agent={
            "type": "agent_with_overrides",
            "id": agent.id,
            "model": {"id": "claude-opus-5", "effort": "low"},
            "system": None,
            "tools": [{"type": "agent_toolset_20260401"}],
        }
    ).agent
    assert (overridden.model.id, overridden.model.effort.type) == ("claude-opus-5", "high")
    assert (overridden.system, overridden.description, len(overridden.tools)) == (None, "d", 1)
    assert world.agents.retrieve(agent.id).tools == []


def test_overrides_are_checked_as_a_whole(world: Any) -> None:
    agent = world.agent(
        tools=[{"type": "agent_toolset_20260401"}, USES_SERVER],
        mcp_servers=[SERVER],
        skills=[{"type": "anthropic", "skill_id": "xlsx"}],
    )

    def override(**fields: Any) -> Callable[[], Any]:
        return lambda: world.session(agent={"type": "agent_with_overrides", "id": agent.id} | fields)

    assert refused(override(model=None)).body["error"]["details"]["error_code"] == "agent_model_required"
    refused(override(tools=[USES_SERVER]), "skills")
    refused(override(mcp_servers=[]), "git")
    refused(override(colour="red"), "agent.colour")
    assert override(tools=[], mcp_servers=[], skills=[])().agent.skills == []


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": "x" * 501}, "title"),
        ({"metadata": {str(n): "" for n in range(17)}}, "metadata"),
        ({"agent": {"type": "robot", "id": "x"}}, "agent.type"),
        ({"agent": {"type": "agent", "id": "x" * 129}}, "agent.id"),
        ({"agent": {"type": "agent", "id": "agent_x", "version": 0}}, "agent.version"),
        ({"budget": BUDGET | {"max_list_cost": {"amount": "0", "currency": "USD"}}}, "budget.max_list_cost.amount"),
        ({"budget": BUDGET | {"max_list_cost": {"amount": "05", "currency": "USD"}}}, "budget.max_list_cost.amount"),
        ({"budget": BUDGET | {"max_list_cost": {"amount": 5, "currency": "USD"}}}, "budget.max_list_cost.amount"),
        ({"budget": BUDGET | {"max_list_cost": {"amount": "5", "currency": "EUR"}}}, "budget.max_list_cost.currency"),
        ({"initial_events": [HELLO] * 51}, "initial_events"),
        ({"initial_events": [OUTCOME, OUTCOME]}, "initial_events"),
        ({"initial_events": [{"type": "user.interrupt"}]}, "initial_events.0"),
        ({"initial_events": [{"type": "user.define_outcome", "description": "d"}]}, "initial_events.0.rubric"),
        (
            {
                "initial_events": [
                    {
                        "type": "user.message",
                        "content": [{"type": "document", "source": {"type": "file", "file_id": "file_1"}}] * 101,
                    }
                ]
            },
            "initial_events",
        ),
        ({"budget": None}, "budget"),
        ({"extra_body": {"colour": "red"}}, "colour"),
    ],
)
def test_a_create_that_breaks_a_rule_leaves_nothing_behind(world: Any, fields: dict[str, Any], named: str) -> None:
    refused(lambda: world.session(**fields), named)
    assert world.control.objects("sessions") == []


@pytest.mark.parametrize("status", [400, 404])
def test_what_a_session_refers_to_must_be_there(world: Any, status: int) -> None:
    world.control.settings(missing_reference_status=status)
    agent, environment = world.agent(), world.environment()

    for fields in (
        {"agent": "agent_none"},
        {"agent": {"type": "agent", "id": agent.id, "version": 2}},
        {"environment_id": "env_none"},
        {"vault_ids": ["vault-1"]},
        {"resources": [{"type": "file", "file_id": "nothing"}]},
        {"resources": [{"type": "memory_store", "memory_store_id": "nothing"}]},
    ):
        with pytest.raises(anthropic.APIStatusError) as caught:
            world.session(**{"agent": agent.id, "environment_id": environment.id} | fields)
        assert caught.value.status_code == status


def test_archived_agents_and_environments_start_nothing(world: Any) -> None:
    agent, environment = world.agent(), world.environment()
    session = world.session(agent=agent.id, environment_id=environment.id)
    world.agents.archive(agent.id)

    refused(lambda: world.session(agent=agent.id), "archived")
    world.environments.archive(environment.id)
    refused(lambda: world.session(environment_id=environment.id), "archived")
    assert world.sessions.retrieve(session.id).status == "idle"


def test_a_self_hosted_environment_mounts_no_repository_and_no_file(world: Any, repo: Any) -> None:
    environment = world.environment(config={"type": "self_hosted"})
    store = {"type": "memory_store", "memory_store_id": "memstore_1"}

    refused(lambda: world.session(environment_id=environment.id, resources=[repo()]), "self-hosted")
    assert world.session(environment_id=environment.id, resources=[store]).resources[0].type == "memory_store"


def test_title_and_metadata_are_updated_in_any_live_status(world: Any) -> None:
    session = world.running_session(title="old", metadata={"a": "1", "b": "1"})

    changed = world.sessions.update(session.id, title="new", metadata={"a": None, "c": "2"})

    assert (changed.title, changed.metadata) == ("new", {"b": "1", "c": "2"})
    assert changed.updated_at > session.updated_at
    told = world.events(session.id, types=["session.updated"])
    assert [(event.title, event.metadata) for event in told] == [("new", {"b": "1", "c": "2"})]


def test_an_update_without_a_change_tells_nothing(world: Any) -> None:
    session = world.session(title="t")

    same = world.sessions.update(session.id, title="t", metadata={})

    assert same.updated_at == session.updated_at
    assert world.event_types(session.id) == []


def test_a_null_title_clears_or_keeps_as_set(world: Any) -> None:
    session = world.session(title="t")

    world.control.settings(title_null="keep")
    assert world.sessions.update(session.id, title=None).title == "t"
    world.control.settings(title_null="clear")
    assert world.sessions.update(session.id, title=None).title is None


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "x" * 501},
        {"vault_ids": []},
        {"agent": {"model": "claude-opus-5"}},
        {"agent": None},
        {"agent": {"tools": [USES_SERVER]}},
        {"extra_body": {"resources": []}},
        {"extra_body": {"environment_id": "env_1"}},
    ],
)
def test_what_cannot_be_updated_is_refused(world: Any, fields: dict[str, Any]) -> None:
    session = world.session()

    refused(lambda: world.sessions.update(session.id, **fields))


def test_tools_change_while_idle_and_only_here(world: Any) -> None:
    agent = world.agent()
    session = world.session(agent=agent.id)

    changed = world.sessions.update(session.id, agent={"tools": [USES_SERVER], "mcp_servers": [SERVER]})
    assert [tool.type for tool in changed.agent.tools] == ["mcp_toolset"]
    assert world.agents.retrieve(agent.id).tools == []
    assert world.events(session.id, types=["session.updated"])[0].agent.mcp_servers[0].name == "git"
    assert world.sessions.update(session.id, agent={"tools": [], "mcp_servers": []}).agent.tools == []


@pytest.mark.parametrize("status", [400, 409, 412])
def test_a_running_session_refuses_what_needs_idle(world: Any, status: int) -> None:
    session = world.running_session()
    world.control.settings(busy_refusal_status=status)

    for call in (
        lambda: world.sessions.archive(session.id),
        lambda: world.sessions.delete(session.id),
        lambda: world.sessions.update(session.id, agent={"tools": []}),
    ):
        with pytest.raises(anthropic.APIStatusError) as caught:
            call()
        assert caught.value.status_code == status
    assert world.sessions.retrieve(session.id).status == "running"


def test_a_budget_moves_above_what_is_spent_and_goes_for_good(world: Any) -> None:
    session = world.session(budget=BUDGET)
    spend(world, session.id, 300)

    lower = BUDGET | {"max_list_cost": {"amount": "301", "currency": "USD"}}
    assert world.sessions.update(session.id, budget=lower).budget.max_list_cost.amount == "301"
    spent = BUDGET | {"max_list_cost": {"amount": "300", "currency": "USD"}}
    assert code(refused(lambda: world.sessions.update(session.id, budget=spent))) == "budget_not_raised"
    assert world.sessions.update(session.id, budget=None).budget is None
    assert code(refused(lambda: world.sessions.update(session.id, budget=BUDGET))) == "budget_create_only"


def code(error: Any) -> Any:
    return error.body["error"]["details"]["error_code"]


def spend(world: Any, session_id: str, cents: int) -> None:
    usage = world.control.objects("sessions")[-1]["usage"] | {"list_cost": {"amount": str(cents), "currency": "USD"}}
    world.control.change("sessions", session_id, usage=usage)


def test_a_budget_needs_models_with_a_price(world: Any) -> None:
    world.control.settings(models_without_price=["claude-opus-5-5"])

    assert code(refused(lambda: world.session(budget=BUDGET))) == "model_not_budgetable"


def test_a_session_at_its_budget_takes_only_answers_until_it_is_raised(world: Any) -> None:
    session = world.session(budget=BUDGET)
    spend(world, session.id, 500)
    world.control.settings(run_ends="never")

    refused(lambda: world.sessions.events.send(session.id, events=[HELLO]), "budget")
    world.sessions.events.send(session.id, events=[{"type": "user.interrupt"}])
    raised = BUDGET | {"max_list_cost": {"amount": "900", "currency": "USD"}}
    assert world.sessions.update(session.id, budget=raised).status == "running"


def test_an_archived_session_is_over(world: Any) -> None:
    session = world.session()

    archived = world.sessions.archive(session.id)

    assert (archived.status, archived.archived_at is None) == ("terminated", False)
    assert world.sessions.archive(session.id).archived_at == archived.archived_at
    assert world.event_types(session.id) == ["session.status_terminated"]
    refused(lambda: world.sessions.update(session.id, title="x"))
    refused(lambda: world.sessions.events.send(session.id, events=[HELLO]))
    assert list(world.sessions.list()) == []
    assert [each.id for each in world.sessions.list(include_archived=True)] == [session.id]


def test_a_deleted_session_is_gone(world: Any) -> None:
    session = world.session()

    assert world.sessions.delete(session.id).to_dict() == {"id": session.id, "type": "session_deleted"}

    for call in (
        lambda: world.sessions.retrieve(session.id),
        lambda: world.sessions.update(session.id, title="x"),
        lambda: world.sessions.archive(session.id),
        lambda: world.sessions.delete(session.id),
        lambda: world.sessions.resources.list(session.id),
        lambda: world.sessions.events.list(session.id),
        lambda: world.sessions.events.send(session.id, events=[HELLO]),
        lambda: world.sessions.threads.list(session.id),
    ):
        with pytest.raises(anthropic.NotFoundError):
            call()


def test_a_run_ends_by_the_next_request(world: Any) -> None:
    session = world.session(initial_events=[HELLO])

    assert session.status == "running"
    assert world.sessions.retrieve(session.id).status == "idle"
    assert world.event_types(session.id) == [
        "user.message",
        "session.status_running",
        "session.usage",
        "session.status_idle",
    ]
    assert world.sessions.delete(world.session(initial_events=[HELLO]).id).type == "session_deleted"


def test_a_run_ends_after_so_many_reads(world: Any) -> None:
    world.control.settings(run_ends="after 2 reads")
    session = world.session(initial_events=[HELLO])

    assert [world.sessions.retrieve(session.id).status for _ in range(3)] == ["running", "running", "idle"]


def test_a_run_ends_after_so_many_seconds(world: Any) -> None:
    world.control.settings(run_ends="after 60 seconds")
    world.control.clock(now="2026-11-01T00:00:00Z")
    session = world.session(initial_events=[HELLO])

    world.control.clock(advance_seconds=59)
    assert world.sessions.retrieve(session.id).status == "running"
    world.control.clock(advance_seconds=1)
    ended = world.sessions.retrieve(session.id)
    assert (ended.status, ended.stats.active_seconds) == ("idle", pytest.approx(60, abs=0.01))


def test_outcomes_of_initial_events_are_evaluated(world: Any) -> None:
    session = world.session(initial_events=[OUTCOME])

    assert session.outcome_evaluations[0].result == "pending"
    assert world.sessions.retrieve(session.id).outcome_evaluations[0].result == "satisfied"

from typing import Any

import pytest
from contract.refusals import absent, refused

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
SYSTEM = {"type": "system.message", "content": [{"type": "text", "text": "be brief"}]}
OUTCOME = {"type": "user.define_outcome", "description": "d", "rubric": {"type": "text", "content": "r"}}
DAILY = {"type": "cron", "expression": "0 9 * * *", "timezone": "UTC"}
BUDGET = {"type": "limit", "max_list_cost": {"amount": "500", "currency": "USD"}}
TOKEN = "token-of-a-deployment"
FILE = {"type": "file", "file_id": "file_1"}
STORE = {"type": "memory_store", "memory_store_id": "memstore_1"}


def test_a_new_deployment_comes_back_whole(world: Any) -> None:
    agent, environment = world.agent(), world.environment()

    made = world.deployments.create(
        name="nightly", agent=agent.id, environment_id=environment.id, initial_events=[HELLO]
    )

    assert made.id.startswith("depl_")
    assert made.to_dict() == {
        "id": made.id,
        "type": "deployment",
        "name": "nightly",
        "description": None,
        "agent": {"type": "agent", "id": agent.id, "version": 1},
        "environment_id": environment.id,
        "initial_events": [HELLO],
        "resources": [],
        "vault_ids": [],
        "metadata": {},
        "schedule": None,
        "status": "active",
        "paused_reason": None,
        "created_at": made.created_at,
        "updated_at": made.created_at,
        "archived_at": None,
    }
    assert world.deployments.retrieve(made.id) == made


def test_everything_that_is_sent_is_echoed_but_the_token(world: Any, repo: Any) -> None:
    mounted = repo(checkout={"type": "branch", "name": "main"})
    made = world.deployment(
        description="d",
        resources=[mounted | {"authorization_token": TOKEN}, FILE, STORE | {"access": "read_only"}],
        vault_ids=["vlt_1", "vlt_2"],
        budget=BUDGET,
        metadata={"team": "a"},
        initial_events=[OUTCOME, HELLO, SYSTEM],
    )

    assert made.description == "d"
    assert [each.to_dict() for each in made.resources] == [
        mounted | {"mount_path": None},
        FILE | {"mount_path": None},
        STORE | {"access": "read_only", "instructions": None},
    ]
    assert made.vault_ids == ["vlt_1", "vlt_2"]
    assert made.budget.to_dict() == BUDGET
    assert made.metadata == {"team": "a"}
    assert [each.to_dict() for each in made.initial_events] == [OUTCOME, HELLO, SYSTEM]


def test_a_mount_path_can_be_echoed_resolved(world: Any, repo: Any) -> None:
    world.control.settings(deployment_mount_path="resolved")

    assert world.deployment(resources=[repo()]).resources[0].mount_path == "/workspace/app"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 257}, "name"),
        ({"description": "x" * 2049}, "description"),
        ({"agent": {"type": "agent"}}, "agent.id"),
        ({"agent": {"type": "agent_with_overrides", "id": "agent_1"}}, "agent.type"),
        ({"agent": {"type": "agent", "id": "agent_1", "version": 0}}, "agent.version"),
        ({"environment_id": "x" * 129}, "environment_id"),
        ({"initial_events": []}, "initial_events"),
        ({"initial_events": [HELLO] * 51}, "initial_events"),
        ({"initial_events": [SYSTEM]}, "initial_events"),
        ({"initial_events": [OUTCOME, OUTCOME]}, "initial_events"),
        ({"initial_events": [{"type": "user.interrupt"}]}, "initial_events.0"),
        ({"initial_events": [HELLO | {"colour": "red"}]}, "initial_events.0.colour"),
        ({"resources": [FILE] * 501}, "resources"),
        ({"resources": [{"type": "github_repository", "url": "https://github.com/acme/app.git"}]}, "resources.0.url"),
        ({"resources": [FILE | {"colour": "red"}]}, "resources.0.colour"),
        ({"resources": None}, "resources"),
        ({"vault_ids": ["vlt_1"] * 51}, "vault_ids"),
        ({"budget": {"type": "limit", "max_list_cost": {"amount": "0", "currency": "USD"}}}, "budget"),
        ({"metadata": {"k": "v" * 513}}, "metadata.k"),
        ({"schedule": {"type": "cron", "expression": "0 9 * * *"}}, "schedule.timezone"),
        ({"extra_body": {"title": "x"}}, "title"),
    ],
)
def test_a_create_that_breaks_a_rule_names_the_path(world: Any, fields: dict[str, Any], named: str) -> None:
    refused(lambda: world.deployment(**fields), named)
    assert list(world.deployments.list()) == []


@pytest.mark.parametrize("field", ["name", "agent", "environment_id", "initial_events"])
def test_a_create_needs_its_parts(world: Any, field: str) -> None:
    body = {"name": "n", "agent": world.agent().id, "environment_id": world.environment().id, "initial_events": [HELLO]}
    body.pop(field)
    options = {"headers": {"anthropic-beta": "managed-agents-2026-04-01"}}

    refused(lambda: world.client.post("/v1/deployments", body=body, cast_to=object, options=options), field)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"agent": "agent_none"}, "agent"),
        ({"environment_id": "env_none"}, "environment_id"),
        ({"vault_ids": ["elsewhere"]}, "vault_ids.0"),
        ({"resources": [FILE | {"file_id": "elsewhere"}]}, "resources.0.file_id"),
        ({"resources": [STORE | {"memory_store_id": "elsewhere"}]}, "resources.0.memory_store_id"),
    ],
)
def test_a_deployment_refers_to_what_is_there(world: Any, fields: dict[str, Any], named: str) -> None:
    made = world.deployment()

    refused(lambda: world.deployment(**fields), named, status=404)
    refused(lambda: world.deployments.update(made.id, **fields), named, status=404)
    assert world.deployments.retrieve(made.id) == made


def test_a_deployment_refers_to_nothing_archived(world: Any) -> None:
    agent, environment, vault, store = world.agent(), world.environment(), world.vault(), world.store()
    world.agents.archive(agent.id)
    world.environments.archive(environment.id)
    world.vaults.archive(vault.id)
    world.stores.archive(store.id)

    refused(lambda: world.deployment(agent=agent.id), "agent", "archived")
    error = refused(lambda: world.deployment(environment_id=environment.id), "environment_id", "archived")
    assert error["details"]["error_code"] == "environment_archived"
    refused(lambda: world.deployment(vault_ids=[vault.id]), "vault_ids.0", "archived")
    refused(lambda: world.deployment(resources=[STORE | {"memory_store_id": store.id}]), "resources.0", "archived")


def test_the_agent_is_pinned_when_it_is_saved(world: Any) -> None:
    agent = world.agent()
    made = world.deployment(agent=agent.id)
    world.agents.update(agent.id, name="newer")

    assert world.deployments.update(made.id, name="other").agent.version == 1
    assert world.deployments.update(made.id, agent=agent.id).agent.version == 2
    reference = {"type": "agent", "id": agent.id}
    assert world.deployments.update(made.id, agent=reference | {"version": 1}).agent.version == 1
    assert world.deployments.update(made.id, agent=reference).agent.version == 2
    refused(lambda: world.deployments.update(made.id, agent=reference | {"version": 3}), "version 3", status=404)


def test_an_update_keeps_what_it_leaves_out(world: Any, repo: Any) -> None:
    made = world.deployment(
        description="d", resources=[repo()], vault_ids=["vlt_1"], budget=BUDGET, metadata={"a": "1"}, schedule=DAILY
    )

    changed = world.deployments.update(made.id, name="other")

    assert changed.to_dict() | {"name": "nightly", "updated_at": made.updated_at} == made.to_dict()
    assert changed.updated_at > made.updated_at
    assert world.deployments.update(made.id, metadata=None) == changed


@pytest.mark.parametrize(
    ("field", "stored", "empty", "cleared"),
    [
        ("description", "d", None, None),
        ("description", "d", "", None),
        ("resources", [FILE], None, []),
        ("resources", [FILE], [], []),
        ("vault_ids", ["vlt_1"], None, []),
        ("vault_ids", ["vlt_1"], [], []),
        ("schedule", DAILY, None, None),
        ("budget", BUDGET, None, None),
    ],
)
def test_what_may_be_empty_is_cleared(world: Any, field: str, stored: Any, empty: Any, cleared: Any) -> None:
    made = world.deployment(**{field: stored})

    changed = world.deployments.update(made.id, **{field: empty})

    assert getattr(changed, field) == cleared
    assert ("budget" in changed.to_dict()) is False
    set_again = world.deployments.update(made.id, **{field: stored})
    assert getattr(set_again, field) == getattr(made, field)


@pytest.mark.parametrize("field", ["name", "agent", "environment_id", "initial_events"])
def test_what_must_be_there_is_not_cleared(world: Any, field: str) -> None:
    made = world.deployment()

    refused(lambda: world.deployments.update(made.id, **{field: None}), field)
    refused(lambda: world.deployments.update(made.id, **{field: [] if field == "initial_events" else ""}), field)
    assert world.deployments.retrieve(made.id) == made


def test_lists_are_replaced_and_metadata_is_patched(world: Any) -> None:
    made = world.deployment(resources=[FILE], vault_ids=["vlt_1"], metadata={"a": "1", "b": "2"})

    changed = world.deployments.update(
        made.id, resources=[STORE], vault_ids=["vlt_2"], initial_events=[OUTCOME], metadata={"a": None, "c": "3"}
    )

    assert [each.type for each in changed.resources] == ["memory_store"]
    assert changed.vault_ids == ["vlt_2"]
    assert [each.type for each in changed.initial_events] == ["user.define_outcome"]
    assert changed.metadata == {"b": "2", "c": "3"}


def test_an_update_without_a_change_moves_nothing(world: Any, repo: Any) -> None:
    made = world.deployment(resources=[repo(authorization_token=TOKEN)], schedule=DAILY)

    same = world.deployments.update(
        made.id,
        name="nightly",
        initial_events=[HELLO],
        schedule=DAILY,
        resources=[repo(authorization_token=TOKEN)],
        agent=made.agent.id,
    )

    assert same.updated_at == made.updated_at
    assert world.deployments.update(made.id) == same


def test_tokens_come_with_the_list_or_are_gone(world: Any, repo: Any) -> None:
    made = world.deployment(resources=[repo(authorization_token=TOKEN), FILE])

    def marks() -> list[Any]:
        return [mount["fingerprint"] for mount in world.control.mounts(made.id)]

    assert marks() == [world.control.fingerprint(TOKEN)]
    world.deployments.update(made.id, name="other")
    assert marks() == [world.control.fingerprint(TOKEN)]
    rotated = world.deployments.update(made.id, resources=[repo(authorization_token="another-token"), FILE])
    assert marks() == [world.control.fingerprint("another-token")]
    assert rotated.resources == made.resources
    assert rotated.updated_at > made.updated_at
    world.deployments.update(made.id, resources=[repo(), FILE])
    assert marks() == [None]


def test_a_budget_needs_a_priced_model(world: Any) -> None:
    made = world.deployment(budget=BUDGET)
    world.control.settings(models_without_price=["claude-opus-5-5"])

    for call in (
        lambda: world.deployment(budget=BUDGET),
        lambda: world.deployments.update(made.id, budget=BUDGET),
        lambda: world.deployments.update(made.id, agent=made.agent.id),
    ):
        assert refused(call)["details"]["error_code"] == "model_not_budgetable"
    assert world.deployments.update(made.id, name="other").name == "other"


def test_a_pause_is_manual_until_it_is_taken_back(world: Any) -> None:
    made = world.deployment()

    paused = world.deployments.pause(made.id)
    assert (paused.status, paused.paused_reason.to_dict()) == ("paused", {"type": "manual"})
    assert world.deployments.pause(made.id) == paused
    active = world.deployments.unpause(made.id)
    assert (active.status, active.paused_reason) == ("active", None)
    assert world.deployments.unpause(made.id) == active
    world.control.settings(repeated_pause=409)
    refused(lambda: world.deployments.unpause(made.id), "active", status=409)


def test_an_archived_deployment_is_terminal(world: Any) -> None:
    made = world.deployment(schedule=DAILY)
    world.deployments.pause(made.id)

    archived = world.deployments.archive(made.id)

    assert archived.archived_at is not None
    assert (archived.status, archived.paused_reason) == ("active", None)
    assert archived.schedule.upcoming_runs_at == []
    assert world.deployments.archive(made.id) == archived
    assert world.deployments.retrieve(made.id) == archived
    for call in (world.deployments.pause, world.deployments.unpause, world.deployments.run):
        refused(lambda call=call: call(made.id), "archived")
    refused(lambda: world.deployments.update(made.id, name="x"), "archived")


def test_the_deployments_of_an_archived_agent_are_archived_with_it(world: Any) -> None:
    agent = world.agent()
    made, other = world.deployment(agent=agent.id), world.deployment()

    world.agents.archive(agent.id)

    assert world.deployments.retrieve(made.id).archived_at is not None
    assert world.deployments.retrieve(other.id) == other


def test_what_is_not_there_is_not_found(world: Any) -> None:
    calls = ("retrieve", "update", "archive", "pause", "unpause", "run")

    absent(*(lambda name=name: getattr(world.deployments, name)("depl_none") for name in calls))


def test_deployments_are_listed_paged_and_filtered(world: Any) -> None:
    agent = world.agent()
    made = [world.deployment(agent=agent.id) for _ in range(5)]
    other = world.deployment()
    world.deployments.archive(made[0].id)
    world.deployments.pause(made[1].id)

    def ids(**query: Any) -> list[str]:
        return [each.id for each in world.deployments.list(**query)]

    newest_first = [other.id, *(each.id for each in made[::-1])]
    assert ids(limit=2) == newest_first[:-1]
    assert ids(include_archived=True) == newest_first
    assert ids(agent_id=other.agent.id) == [other.id]
    assert ids(agent_id="agent_none") == []
    assert ids(status="paused") == [made[1].id]
    assert ids(status="active") == [other.id, made[4].id, made[3].id, made[2].id]
    assert ids(created_at_gte=made[3].created_at, created_at_lte=made[4].created_at) == [made[4].id, made[3].id]
    refused(lambda: ids(status="archived"), "status")
    refused(lambda: ids(status="active", include_archived=True), "include_archived")
    refused(lambda: ids(limit=101), "limit")


def test_another_program_changes_and_removes_deployments(world: Any) -> None:
    made = world.deployment()

    world.control.change("deployments", made.id, name="drifted", schedule=DAILY | {"last_run_at": None})
    found = world.deployments.retrieve(made.id)
    assert (found.name, len(found.schedule.upcoming_runs_at)) == ("drifted", 5)
    assert [each["name"] for each in world.control.objects("deployments")] == ["drifted"]
    world.control.remove("deployments", made.id)

    absent(lambda: world.deployments.retrieve(made.id))

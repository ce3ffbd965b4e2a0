from collections.abc import Callable
from typing import Any

import pytest
from contract.refusals import absent, refused

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
SYSTEM = {"type": "system.message", "content": [{"type": "text", "text": "be brief"}]}
BUDGET = {"type": "limit", "max_list_cost": {"amount": "500", "currency": "USD"}}
READ = {"type": "agent_toolset_20260401"}
TOKEN = "token-that-reads-app"
SKILL = [("tables/SKILL.md", b"---\nname: tables\ndescription: Fills in tables.\n---\n")]
SERVER = {"type": "url", "name": "tracker", "url": "https://mcp.example.com/mcp"}


def limited(*hosts: str) -> dict[str, Any]:
    return {"type": "cloud", "networking": {"type": "limited", "allowed_hosts": list(hosts)}}


def test_a_run_makes_a_session(world: Any, repo: Any) -> None:
    made = world.deployment(
        resources=[repo(authorization_token=TOKEN), {"type": "memory_store", "memory_store_id": "memstore_1"}],
        vault_ids=["vlt_1"],
        budget=BUDGET,
        initial_events=[HELLO, SYSTEM],
    )

    run = world.deployments.run(made.id)

    assert run.id.startswith("drun_")
    assert run.to_dict() == {
        "id": run.id,
        "type": "deployment_run",
        "deployment_id": made.id,
        "agent": made.agent.to_dict(),
        "trigger_context": {"type": "manual"},
        "session_id": run.session_id,
        "error": None,
        "created_at": run.created_at,
    }
    assert world.runs.retrieve(run.id) == run
    session = world.sessions.retrieve(run.session_id)
    assert (session.deployment_id, session.agent.id, session.agent.version) == (made.id, made.agent.id, 1)
    assert (session.environment_id, session.vault_ids) == (made.environment_id, ["vlt_1"])
    assert session.budget.to_dict() == BUDGET
    assert session.resources[0].mount_path == "/workspace/app"
    assert world.event_types(session.id)[:3] == ["user.message", "system.message", "session.status_running"]
    assert [each.id for each in world.sessions.list(deployment_id=made.id)] == [session.id]


def test_a_session_of_a_run_has_the_token_of_its_deployment(world: Any, repo: Any) -> None:
    world.control.repositories([{"url": "https://github.com/acme/app", "private": True, "tokens": [TOKEN]}])
    good = world.deployment(resources=[repo(authorization_token=TOKEN)])
    bad = world.deployment(resources=[repo()])

    sessions = [world.deployments.run(each.id).session_id for each in (good, bad)]

    assert world.control.mounts(sessions[0])[0]["fingerprint"] == world.control.fingerprint(TOKEN)
    assert world.errors(sessions[0]) == []
    assert [error.type for error in world.errors(sessions[1])] == ["repository_authentication_error"]


def test_a_run_takes_the_version_that_is_pinned(world: Any) -> None:
    agent = world.agent(name="old")
    made = world.deployment(agent=agent.id)
    world.agents.update(agent.id, name="new")

    session = world.sessions.retrieve(world.deployments.run(made.id).session_id)

    assert (session.agent.name, session.agent.version) == ("old", 1)


def test_a_paused_deployment_runs_by_hand(world: Any) -> None:
    made = world.deployment()
    world.deployments.pause(made.id)

    assert world.deployments.run(made.id).session_id is not None


Spoil = Callable[[Any], tuple[dict[str, Any], Callable[[], Any]]]


def without_environment(world: Any) -> Any:
    environment = world.environment().id
    return {"environment_id": environment}, lambda: world.environments.delete(environment)


def with_an_archived_environment(world: Any) -> Any:
    environment = world.environment().id
    return {"environment_id": environment}, lambda: world.environments.archive(environment)


def without_vault(world: Any) -> Any:
    vault = world.vault().id
    return {"vault_ids": [vault]}, lambda: world.vaults.delete(vault)


def with_an_archived_vault(world: Any) -> Any:
    vault = world.vault().id
    return {"vault_ids": [vault]}, lambda: world.vaults.archive(vault)


def without_file(world: Any) -> Any:
    file = world.client.files.upload(file=("a", b"x")).id
    return {"resources": [{"type": "file", "file_id": file}]}, lambda: world.client.files.delete(file)


def without_store(world: Any) -> Any:
    store = world.store().id
    mounted = {"resources": [{"type": "memory_store", "memory_store_id": store}]}
    return mounted, lambda: world.stores.delete(store)


def with_an_archived_store(world: Any) -> Any:
    store = world.store().id
    mounted = {"resources": [{"type": "memory_store", "memory_store_id": store}]}
    return mounted, lambda: world.stores.archive(store)


def without_skill(world: Any) -> Any:
    skill = world.client.skills.create(files=SKILL).id
    agent = world.agent(tools=[READ], skills=[{"type": "custom", "skill_id": skill}])
    return {"agent": agent.id}, lambda: world.client.skills.delete(skill)


def without_skill_version(world: Any) -> Any:
    skill = world.client.skills.create(files=SKILL)
    agent = world.agent(tools=[READ], skills=[{"type": "custom", "skill_id": skill.id}])
    world.client.skills.versions.create(skill.id, files=SKILL)
    pinned = skill.latest_version_id
    return {"agent": agent.id}, lambda: world.client.skills.versions.delete(pinned, skill_id=skill.id)


def with_an_archived_member(world: Any) -> Any:
    member = world.agent().id
    agent = world.agent(multiagent={"type": "coordinator", "agents": [member]})
    return {"agent": agent.id}, lambda: world.agents.archive(member)


def with_an_archived_subagent(world: Any) -> Any:
    member = world.agent().id
    roster = {"type": "multiagent_20261001", "subagents": {"type": "enabled", "predefined_agents": [member]}}
    return {"agent": world.agent(multiagent=roster).id}, lambda: world.agents.archive(member)


def on_a_self_hosted_environment(world: Any) -> Any:
    environment = world.environment(config={"type": "self_hosted"}).id
    return {"environment_id": environment, "resources": [{"type": "file", "file_id": "file_1"}]}, lambda: None


def behind_a_wall(world: Any) -> Any:
    tools = [{"type": "mcp_toolset", "mcp_server_name": "tracker"}]
    agent = world.agent(mcp_servers=[SERVER], tools=tools).id
    environment = world.environment(config=limited("mcp.example.com")).id
    return (
        {"agent": agent, "environment_id": environment},
        lambda: world.environments.update(environment, config=limited("example.com", "*.mcp.example.com")),
    )


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (without_environment, "environment_not_found_error"),
        (with_an_archived_environment, "environment_archived_error"),
        (without_vault, "vault_not_found_error"),
        (with_an_archived_vault, "vault_archived_error"),
        (without_file, "file_not_found_error"),
        (without_store, "session_resource_not_found_error"),
        (with_an_archived_store, "memory_store_archived_error"),
        (without_skill, "skill_not_found_error"),
        (without_skill_version, "skill_not_found_error"),
        (with_an_archived_member, "agent_archived_error"),
        (with_an_archived_subagent, "agent_archived_error"),
        (on_a_self_hosted_environment, "self_hosted_resources_unsupported_error"),
        (behind_a_wall, "mcp_egress_blocked_error"),
    ],
)
def test_a_run_that_cannot_be_says_why(world: Any, spoil: Spoil, error: str) -> None:
    fields, happen = spoil(world)
    made = world.deployment(**fields)
    happen()

    run = world.deployments.run(made.id)

    assert (run.session_id, run.error.type) == (None, error)
    assert run.error.message
    assert world.deployments.retrieve(made.id) == made
    assert world.control.objects("sessions") == []


def test_a_server_that_the_environment_admits_blocks_nothing(world: Any) -> None:
    tools = [{"type": "mcp_toolset", "mcp_server_name": "tracker"}]
    agent = world.agent(mcp_servers=[SERVER], tools=tools).id
    for config in (
        limited("MCP.example.com"),
        limited("*.example.com"),
        {"type": "cloud"},
        {"type": "cloud", "networking": {"type": "limited", "allow_mcp_servers": True}},
    ):
        made = world.deployment(agent=agent, environment_id=world.environment(config=config).id)
        assert world.deployments.run(made.id).error is None


def test_any_other_refusal_is_a_rejected_session(world: Any) -> None:
    made = world.deployment(budget=BUDGET)
    world.control.settings(models_without_price=["claude-opus-5-5"])

    assert world.deployments.run(made.id).error.type == "session_creation_rejected_error"


@pytest.mark.parametrize("error", ["workspace_archived_error", "organization_disabled_error", "unknown_error"])
def test_an_error_from_elsewhere_can_be_set(world: Any, error: str) -> None:
    made = world.deployment()
    world.control.settings(deployment_run_error=error)

    assert world.deployments.run(made.id).error.type == error


def test_runs_are_listed_paged_and_filtered(world: Any) -> None:
    world.control.clock(now="2026-11-01T00:00:00Z")
    made = world.deployment(schedule={"type": "cron", "expression": "0 9 * * *", "timezone": "UTC"})
    other = world.deployment()
    manual = [world.deployments.run(made.id) for _ in range(3)]
    world.control.settings(deployment_run_error="unknown_error")
    failed = world.deployments.run(other.id)
    world.control.settings(deployment_run_error=None)
    world.control.clock(advance_seconds=9 * 3600)

    def ids(**query: Any) -> list[str]:
        return [each.id for each in world.runs.list(**query)]

    (scheduled,) = ids(trigger_type="schedule")
    newest_first = [scheduled, failed.id, *(each.id for each in manual[::-1])]
    assert ids(limit=2) == newest_first
    assert ids(deployment_id=other.id) == [failed.id]
    assert ids(deployment_id="depl_none") == []
    assert ids(trigger_type="manual") == newest_first[1:]
    assert ids(has_error=True) == [failed.id]
    assert ids(has_error=False) == [scheduled, *newest_first[2:]]
    assert ids(created_at_gt=manual[2].created_at) == [scheduled, failed.id]
    assert ids(created_at_gte=failed.created_at, created_at_lt="2026-11-01T05:00:00Z") == [failed.id]
    assert ids(created_at_lte=manual[0].created_at) == [manual[0].id]
    refused(lambda: ids(trigger_type="webhook"), "trigger_type")
    refused(lambda: ids(limit=1001), "limit")
    refused(lambda: ids(page="nonsense"), "page")
    refused(lambda: ids(extra_query={"has_error": "maybe"}), "has_error")


def test_a_run_takes_no_body_and_is_found_by_its_id(world: Any) -> None:
    made = world.deployment()

    refused(lambda: world.deployments.run(made.id, extra_body={"title": "x"}), "title")
    absent(lambda: world.runs.retrieve("drun_none"))
    assert world.control.objects("deployment_runs") == []


def test_another_program_changes_and_removes_runs(world: Any) -> None:
    run = world.deployments.run(world.deployment().id)

    world.control.change("deployment_runs", run.id, session_id="sesn_other")
    assert world.runs.retrieve(run.id).session_id == "sesn_other"
    world.control.remove("deployment_runs", run.id)

    absent(lambda: world.runs.retrieve(run.id))

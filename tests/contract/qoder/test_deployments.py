from typing import Any

import pytest

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
OUTCOME = {"type": "user.define_outcome", "description": "ship", "rubric": {"type": "text", "content": "it runs"}}
SYSTEM = {"type": "system.message", "content": [{"type": "text", "text": "be brief"}]}
TOKEN = "token-that-reads-app"


@pytest.fixture(autouse=True)
def _no_token_is_told(refused: Any) -> None:
    refused.secrets.append(TOKEN)


@pytest.fixture
def deployments(world: Any) -> Any:
    return world.client.deployments


def test_a_deployment_is_active_with_empty_defaults(world: Any) -> None:
    agent, environment = world.agent().id, world.environment().id

    made = world.deployment(agent=agent, environment_id=environment).to_dict(mode="json")

    assert made.pop("id").startswith("dep_")
    stamp = made.pop("created_at")
    assert made == {
        "type": "deployment",
        "name": "nightly",
        "agent": {"id": agent, "type": "agent", "version": 1},
        "environment_id": environment,
        "initial_events": [HELLO],
        "schedule": None,
        "resources": [],
        "vault_ids": [],
        "environment_variables": "",
        "description": "",
        "metadata": {},
        "status": "active",
        "paused_reason": None,
        "updated_at": stamp,
        "archived_at": None,
    }


def test_everything_that_is_sent_is_answered_but_tokens(world: Any, repo: Any) -> None:
    fields = {
        "initial_events": [HELLO, OUTCOME, SYSTEM],
        "vault_ids": [world.vault().id],
        "environment_variables": "REGION=eu;MODE=fast",
        "description": "every night",
        "metadata": {"team": "a"},
        "budget": {"type": "limit", "max_credit_cost": "5"},
    }
    resources = [repo(authorization_token=TOKEN, mount_path="/app/app", checkout={"type": "branch", "name": "main"})]
    made = world.deployment(resources=resources, **fields)

    found = made.to_dict(mode="json")
    assert fields.items() <= found.items()
    shown = {name: value for name, value in resources[0].items() if name != "authorization_token"}
    assert found["resources"] == [shown]
    assert TOKEN not in world.http.get(f"deployments/{made.id}").text


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": "x" * 257},
        {"initial_events": []},
        {"initial_events": [HELLO] * 51},
        {"initial_events": [{"type": "user.interrupt"}]},
        {"initial_events": [SYSTEM, HELLO]},
        {"environment_variables": {"A": "b"}},
        {"environment_variables": "QODER_A=b"},
        {"schedule": {"type": "cron", "expression": "0 9 * * *"}},
        {"tunnel_id": "t"},
        {"resources": [{"type": "bucket"}]},
        {"budget": {"type": "limit", "max_credit_cost": "0"}},
    ],
)
def test_a_deployment_of_another_form_is_refused(world: Any, body: Any) -> None:
    agent, environment = world.agent().id, world.environment().id
    whole = {"name": "n", "agent": agent, "environment_id": environment, "initial_events": [HELLO]} | body

    document = world.call("POST", "deployments", whole, status=400)

    assert document["error"]["param"].startswith(next(iter(body)))
    assert world.control.objects("deployments") == []


def test_everything_it_names_must_be_there(world: Any, refused: Any) -> None:
    refused(404, lambda: world.deployment(agent="agent_none"))
    refused(404, lambda: world.deployment(environment_id="env_none"))
    refused(404, lambda: world.deployment(vault_ids=["vault_none"]))
    refused(400, lambda: world.deployment(agent={"id": world.agent().id, "type": "agent", "version": 9}))


def test_an_agent_is_stored_with_a_version(world: Any, deployments: Any) -> None:
    agent = world.agent()
    made = world.deployment(agent=agent.id)
    world.agents.update(agent.id, version=1, name="second")

    assert deployments.retrieve(made.id).agent.version == 1
    assert deployments.update(made.id, agent=agent.id).agent.version == 2
    assert deployments.update(made.id, agent={"id": agent.id, "type": "agent", "version": 1}).agent.version == 1


def test_an_update_is_a_merge_patch(world: Any, deployments: Any, repo: Any) -> None:
    made = world.deployment(
        description="old", metadata={"a": "1", "b": "2"}, resources=[repo()], environment_variables="A=b"
    )

    updated = deployments.update(made.id, name="other", metadata={"a": None, "c": "3"}, resources=[repo("b")])

    assert (updated.name, updated.description, updated.environment_variables) == ("other", "old", "A=b")
    assert updated.metadata == {"b": "2", "c": "3"}
    assert [each.url for each in updated.resources] == ["https://github.com/acme/b"]
    assert updated.updated_at > made.updated_at


def test_null_empties_what_can_be_empty(world: Any, deployments: Any, repo: Any) -> None:
    made = world.deployment(description="old", resources=[repo()], environment_variables="A=b")

    updated = deployments.update(made.id, description=None, resources=None, environment_variables=None)

    assert (updated.description, updated.resources, updated.environment_variables) == ("", [], "")


@pytest.mark.parametrize("field", ["name", "agent", "environment_id", "initial_events", "budget"])
def test_the_rest_is_not_updated_to_null(world: Any, deployments: Any, refused: Any, field: str) -> None:
    made = world.deployment()

    refused(400, lambda: deployments.update(made.id, **{field: None}), field)


def test_only_post_updates(world: Any) -> None:
    made = world.deployment()

    for method in ("PUT", "PATCH", "DELETE"):
        world.call(method, f"deployments/{made.id}", {"name": "b"}, status=405)


def test_a_manual_run_starts_a_session(world: Any, deployments: Any, repo: Any) -> None:
    made = world.deployment(
        resources=[repo(authorization_token=TOKEN)], environment_variables="A=b", vault_ids=[world.vault().id]
    )

    run = deployments.run(made.id)

    assert run.id.startswith("drun_")
    assert (run.deployment_id, run.error, run.trigger_context.type) == (made.id, None, "manual")
    assert run.agent.to_dict() == made.agent.to_dict()
    session = world.sessions.retrieve(run.session_id)
    assert (session.deployment_id, session.environment_variables) == (made.id, {"A": "b"})
    assert session.vault_ids == made.vault_ids
    assert world.control.mounts(session.id)[0]["fingerprint"] == world.control.fingerprint(TOKEN)
    assert world.event_types(session.id)[0] == "user.message"
    assert [each.id for each in world.sessions.list(deployment_id=made.id)] == [session.id]


def test_a_run_uses_the_token_of_the_last_update(world: Any, deployments: Any, repo: Any) -> None:
    made = world.deployment(resources=[repo(authorization_token="old")])
    deployments.update(made.id, resources=[repo(authorization_token=TOKEN)])
    deployments.update(made.id, name="other")

    session = deployments.run(made.id).session_id

    assert world.control.mounts(session)[0]["fingerprint"] == world.control.fingerprint(TOKEN)


def test_a_run_uses_the_stored_version_of_the_agent(world: Any, deployments: Any) -> None:
    agent = world.agent(name="first")
    made = world.deployment(agent=agent.id)
    world.agents.update(agent.id, version=1, name="second")

    assert world.sessions.retrieve(deployments.run(made.id).session_id).agent.name == "first"


def test_a_run_that_cannot_start_tells_why(world: Any, deployments: Any) -> None:
    environment = world.environment()
    made = world.deployment(environment_id=environment.id)
    world.environments.archive(environment.id)

    run = deployments.run(made.id)

    assert run.session_id is None
    assert (run.error.type, "archived" in run.error.message) == ("conflict_error", True)
    assert list(world.sessions.list()) == []
    assert [each.id for each in world.client.deployment_runs.list(has_error=True)] == [run.id]


def test_runs_are_listed_in_two_places(world: Any, deployments: Any, refused: Any) -> None:
    first, second = world.deployment(), world.deployment(name="other")
    runs = [deployments.run(made.id).id for made in (first, second, first)]

    def everywhere(**query: Any) -> list[str]:
        return [each.id for each in world.client.deployment_runs.list(**query)]

    assert everywhere(limit=2) == runs[::-1]
    assert everywhere(deployment_id=first.id) == [runs[2], runs[0]]
    assert everywhere(trigger_type="schedule") == []
    assert everywhere(has_error=False, trigger_type="manual") == runs[::-1]
    assert [each.id for each in deployments.runs.list(first.id, limit=1)] == [runs[2], runs[0]]
    assert deployments.runs.retrieve(runs[1], deployment_id=second.id).id == runs[1]
    assert world.client.deployment_runs.retrieve(runs[1]).deployment_id == second.id
    refused(404, lambda: deployments.runs.retrieve(runs[1], deployment_id=first.id), "Deployment run")
    refused(404, lambda: list(deployments.runs.list("dep_none")))


def test_runs_are_filtered_by_their_time(world: Any, deployments: Any) -> None:
    made = world.deployment()
    first, second = deployments.run(made.id), deployments.run(made.id)

    later = deployments.runs.list(made.id, triggered_after=first.to_dict(mode="json")["created_at"])
    earlier = deployments.runs.list(made.id, triggered_before=second.to_dict(mode="json")["created_at"])

    assert [each.id for each in later] == [second.id]
    assert [each.id for each in earlier] == [first.id]


def test_a_paused_deployment_says_so_and_runs_on_demand(world: Any, deployments: Any) -> None:
    made = world.deployment()

    paused = deployments.pause(made.id)

    assert (paused.status, paused.paused_reason.type) == ("paused", "manual")
    assert deployments.pause(made.id).updated_at == paused.updated_at
    assert deployments.run(made.id).error is None
    assert [each.id for each in deployments.list(status="paused")] == [made.id]
    resumed = deployments.unpause(made.id)
    assert (resumed.status, resumed.paused_reason) == ("active", None)


def test_an_archive_renames_and_ends_the_deployment(world: Any, deployments: Any, refused: Any) -> None:
    world.control.clock(now="2026-10-01T12:00:00Z")
    made = world.deployment()

    archived = deployments.archive(made.id)

    assert archived.name == "nightly_archived_1790856000"
    assert (archived.status, archived.archived_at is None) == ("active", False)
    assert deployments.archive(made.id).name == archived.name
    assert list(deployments.list()) == []
    assert [each.id for each in deployments.list(include_archived=True)] == [made.id]
    for verb in ("run", "pause", "unpause", "update"):
        refused(409, lambda verb=verb: getattr(deployments, verb)(made.id), "archived")


def test_whether_names_can_be_shared_is_a_setting(world: Any, deployments: Any, refused: Any) -> None:
    first, second = world.deployment(), world.deployment()
    world.control.settings(qoder_duplicate_deployment_name="refuse")

    refused(409, world.deployment, type="conflict_error")
    refused(409, lambda: deployments.update(first.id, name=second.name))
    deployments.archive(second.id)
    assert deployments.update(first.id, name="nightly").name == "nightly"


def test_deployments_are_filtered_and_paged(world: Any, deployments: Any) -> None:
    agent = world.agent().id
    ids = [world.deployment(agent=agent, name=f"n{n}").id for n in range(3)]
    world.deployment(name="other")

    assert [each.id for each in deployments.list(agent_id=agent, limit=1)] == ids[::-1]
    assert [each.id for each in deployments.list(status="paused")] == []
    world.call("GET", "deployments?status=asleep", status=400)


@pytest.mark.parametrize(
    "resource",
    [
        {"type": "github_repository", "url": f"https://u:{TOKEN}@github.com/acme/app"},
        {"type": "git_repository", "url": "https://git.example.com/acme/app"},
        {"type": "github_repository", "url": "https://github.com/acme/app", "mount_path": "app"},
    ],
)
def test_a_resource_that_no_session_could_mount_is_refused_at_once(world: Any, refused: Any, resource: Any) -> None:
    refused(400, lambda: world.deployment(resources=[resource]), "resources.0")
    made = world.deployment()
    refused(400, lambda: world.client.deployments.update(made.id, resources=[resource]), "resources.0")

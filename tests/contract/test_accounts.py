"""What one account makes is not there for another one; every answer tells whose the key is."""

from typing import Any

import anthropic
import loopback
import pytest
from contract.refusals import absent

from pulumi_managed_agents.emulator import Emulator, EmulatorError

THEIRS = {"organization_id": "org-of-others", "workspace_id": "wrkspc_of_others"}
TENANT = ("anthropic-organization-id", "anthropic-workspace-id")


@pytest.fixture
def others(world: Any) -> Any:
    world.control.settings(accounts={"key-of-others": THEIRS})
    with loopback.claude(world.server.url, "key-of-others") as client:
        yield client.beta


def tenant(headers: Any) -> list[str]:
    return [headers[name] for name in TENANT]


def test_every_answer_tells_whose_the_key_is(world: Any, others: Any) -> None:
    ours = tenant(world.agents.with_raw_response.list().headers)

    assert tenant(others.agents.with_raw_response.list().headers) == list(THEIRS.values())
    assert ours == [world.control.settings()[name] for name in THEIRS]


@pytest.mark.parametrize("fault", [None, {"status": 529}, {"status": 401}])
def test_a_refusal_tells_it_too(world: Any, others: Any, fault: Any) -> None:
    world.control.faults([fault] if fault else [])

    with pytest.raises(anthropic.APIStatusError) as caught:
        others.agents.retrieve("agent_none")

    assert tenant(caught.value.response.headers) == list(THEIRS.values())


def test_the_objects_of_another_account_are_not_there(world: Any, others: Any) -> None:
    agent, session = world.agent(), world.session()

    absent(
        lambda: others.agents.retrieve(agent.id),
        lambda: others.agents.update(agent.id, name="taken over"),
        lambda: others.agents.archive(agent.id),
        lambda: others.sessions.events.send(session.id, events=[{"type": "user.interrupt"}]),
        lambda: others.sessions.create(agent=agent.id, environment_id=session.environment_id),
    )
    assert list(others.agents.list()) == []
    assert world.agents.retrieve(agent.id) == agent


def test_what_a_key_makes_belongs_to_its_account(world: Any, others: Any) -> None:
    agent = others.agents.create(name="theirs", model="claude-opus-5-5")
    environment = others.environments.create(name="theirs")
    session = others.sessions.create(agent=agent.id, environment_id=environment.id)
    others.sessions.delete(session.id)

    absent(lambda: world.agents.retrieve(agent.id), lambda: others.sessions.retrieve(session.id))
    assert [each.id for each in others.agents.list()] == [agent.id]
    assert [each["id"] for each in world.control.objects("agents")] == [agent.id]


def test_a_schedule_runs_in_its_own_account(world: Any, others: Any) -> None:
    agent = others.agents.create(name="theirs", model="claude-opus-5-5")
    environment = others.environments.create(name="theirs")
    said = [{"type": "user.message", "content": [{"type": "text", "text": "hello"}]}]
    hourly = {"type": "cron", "expression": "0 * * * *", "timezone": "UTC"}
    world.control.clock(now="2026-11-01T00:30:00Z")
    others.deployments.create(
        name="theirs", agent=agent.id, environment_id=environment.id, initial_events=said, schedule=hourly
    )

    world.control.clock(advance_seconds=3600)

    assert world.control.objects("deployment_runs")[0]["error"] is None
    assert len(list(others.sessions.list())) == 1
    assert list(world.sessions.list()) == []


def test_a_workspace_that_is_asked_for_is_the_keys_own(world: Any, others: Any) -> None:
    assert list(others.agents.list(workspace_id=THEIRS["workspace_id"])) == []
    with pytest.raises(anthropic.PermissionDeniedError):
        others.agents.list(workspace_id=world.control.settings()["workspace_id"])


def test_two_keys_of_one_account_see_the_same(world: Any) -> None:
    agent = world.agent()
    world.control.settings(accounts={"second-key": {}, "key-of-others": THEIRS, "another-of-theirs": THEIRS})

    with loopback.claude(world.server.url, "second-key") as second:
        assert second.beta.agents.retrieve(agent.id) == agent
    with (
        loopback.claude(world.server.url, "key-of-others") as one,
        loopback.claude(world.server.url, "another-of-theirs") as two,
    ):
        made = one.beta.agents.create(name="theirs", model="claude-opus-5-5")
        assert two.beta.agents.retrieve(made.id) == made


def test_the_file_keeps_no_key(world: Any, others: Any, database: Any) -> None:
    kept = world.control.settings()["accounts"]

    assert kept == {world.control.fingerprint("key-of-others"): THEIRS}
    assert world.control.settings(accounts=kept)["accounts"] == kept
    assert list(others.agents.list()) == []
    assert not any(b"key-of-others" in path.read_bytes() for path in database.parent.iterdir())


@pytest.mark.parametrize("accounts", ["key", {"key": "org"}, {"key": {"user_id": "u"}}, {"key": {"workspace_id": ""}}])
def test_a_table_of_accounts_that_cannot_be_is_refused(emulator: Emulator, accounts: Any) -> None:
    with pytest.raises(EmulatorError):
        emulator.control.settings(accounts=accounts)

from typing import Any

import httpx
import loopback
import pytest

from pulumi_managed_agents.emulator import EmulatorError


@pytest.fixture
def control(world: Any) -> Any:
    return world.control


def test_objects_of_two_platforms_do_not_mix(world: Any, control: Any) -> None:
    qoder = world.agent()
    with loopback.claude(world.server.url) as client:
        claude = client.beta.agents.create(name="c", model="claude-opus-5-5")

    assert [each["id"] for each in control.objects("agents")] == [qoder.id]
    assert [each["id"] for each in control.on("claude").objects("agents")] == [claude.id]
    assert [each.id for each in world.agents.list()] == [qoder.id]
    world.call("GET", f"agents/{claude.id}", status=404)


def test_objects_look_as_in_answers(world: Any, control: Any) -> None:
    made = {
        "agents": world.call("POST", "agents", {"name": "a", "model": "auto"}),
        "environments": world.call("POST", "environments", {"name": "e"}),
        "memory_stores": world.call("POST", "memory_stores", {"name": "m"}),
    }

    assert {kind: control.objects(kind)[0] for kind in made} == made


def test_a_change_behind_the_clients_back_is_seen(world: Any, control: Any) -> None:
    environment, agent = world.environment(), world.agent()

    control.change("environments", environment.id, description="drifted")
    control.change("agents", agent.id, system="drifted")

    assert world.environments.retrieve(environment.id).description == "drifted"
    found = world.agents.retrieve(agent.id)
    assert (found.system, found.version) == ("drifted", 2)


def test_a_removal_behind_the_clients_back_is_seen(world: Any, control: Any, refused: Any) -> None:
    session = world.session()
    control.remove("sessions", session.id)

    refused(404, lambda: world.sessions.retrieve(session.id))


def test_a_status_is_put_and_told(world: Any, control: Any) -> None:
    session = world.session()
    for status in ("running", "rescheduling", "canceling", "terminated"):
        assert control.set_status(session.id, status)["status"] == status
        assert world.sessions.retrieve(session.id).status == status

    told = [name for name in world.event_types(session.id) if name.startswith("session.status")]
    assert told == ["session.status_running", "session.status_rescheduled", "session.status_terminated"]


def test_an_event_is_appended_as_it_is_given(world: Any, control: Any) -> None:
    session = world.session()
    control.emit(session.id, {"type": "agent.message", "content": [{"type": "text", "text": "hi"}]})

    (event,) = world.events(session.id)
    assert (event.type, event.content[0].text) == ("agent.message", "hi")


@pytest.mark.parametrize(
    "call",
    [
        lambda control: control.objects("horses"),
        lambda control: control.change("agents", "agent_none", name="x"),
        lambda control: control.remove("agents", "agent_none"),
        lambda control: control.set_status("sess_none", "idle"),
        lambda control: control.mounts("sess_none"),
        lambda control: control.credential_secrets("vcred_none"),
        lambda control: control.emit("sess_none", {"type": "x"}),
    ],
)
def test_a_call_on_nothing_is_refused(control: Any, call: Any) -> None:
    with pytest.raises(EmulatorError):
        call(control)


def test_a_field_that_is_not_there_and_an_unknown_status_are_refused(world: Any, control: Any) -> None:
    with pytest.raises(EmulatorError, match="colour"):
        control.change("agents", world.agent().id, colour="red")
    with pytest.raises(EmulatorError, match="asleep"):
        control.set_status(world.session().id, "asleep")
    with pytest.raises(EmulatorError, match="type"):
        control.emit(world.session().id, {})


def test_the_same_calls_come_by_http(world: Any) -> None:
    agent = world.agent()

    found = httpx.get(f"{world.server.url}/_emulator/objects/agents", params={"platform": "qoder"}).json()

    assert [each["id"] for each in found] == [agent.id]


def test_operations_are_counted_by_the_words_of_the_sdk(world: Any, control: Any) -> None:
    world.session()

    assert control.counters() == {"agents.create": 1, "environments.create": 1, "sessions.create": 1}
    paths = [row["path"] for row in control.requests()]
    assert paths == ["/api/v1/cloud/agents", "/api/v1/cloud/environments", "/api/v1/cloud/sessions"]


@pytest.mark.parametrize(("status", "type"), [(429, "rate_limit_error"), (500, "api_error"), (503, "api_error")])
def test_a_fault_has_the_platforms_envelope(world: Any, control: Any, refused: Any, status: int, type: str) -> None:
    control.faults([{"operation": "agents.list", "status": status, "retry_after": 3}])

    error = refused(status, world.agents.list, type=type)

    assert error.response.headers["retry-after"] == "3"
    assert error.request_id == error.body["request_id"]


def test_a_stale_read_does_not_see_the_last_write(world: Any, control: Any) -> None:
    agent = world.agent(name="old")
    world.agents.update(agent.id, version=1, name="new")
    control.faults([{"operation": "agents.retrieve", "stale": True, "times": 1}])

    assert [world.agents.retrieve(agent.id).name for _ in range(2)] == ["old", "new"]


def test_a_rate_limit_knows_creates_reads_and_writes(world: Any, control: Any, refused: Any) -> None:
    control.settings(rate_limit_per_minute={"create": 2})
    world.agent()
    world.file()

    refused(429, world.agent)
    assert len(list(world.agents.list())) == 1

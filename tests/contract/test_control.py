import json
import urllib.error
import urllib.request
from typing import Any

import anthropic
import loopback
import pytest

from pulumi_managed_agents.emulator import Emulator, EmulatorError

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}


def ask(world: Any, method: str, path: str, body: Any = None, **headers: Any) -> Any:
    data = None if body is None else json.dumps(body).encode()
    url = f"{world.server.url}/_emulator/{path}"
    request = urllib.request.Request(url, data=data, method=method, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_requests_are_logged_without_bodies_and_queries(world: Any) -> None:
    agent = world.agent(system="a text that is not logged")
    world.agents.list(created_at_gte="2026-01-01T00:00:00Z")
    with pytest.raises(anthropic.NotFoundError):
        world.agents.retrieve("agent_none")

    log = world.control.requests()

    assert [(each["method"], each["path"], each["operation"], each["status"], each["fault"]) for each in log] == [
        ("POST", "/v1/agents", "agents.create", 200, None),
        ("GET", "/v1/agents", "agents.list", 200, None),
        ("GET", "/v1/agents/agent_none", "agents.retrieve", 404, None),
    ]
    assert set(log[0]) == {"n", "time", "method", "path", "operation", "status", "fault"}
    assert [each["n"] for each in world.control.requests(since=2)] == [3]
    assert agent.id not in json.dumps(log)


def test_every_operation_is_counted_under_the_words_of_the_sdk(world: Any) -> None:
    agent, environment = world.agent(), world.environment()
    session = world.sessions.create(agent=agent.id, environment_id=environment.id)
    world.agents.retrieve(agent.id)
    world.agents.list()
    world.agents.update(agent.id, name="x")
    world.agents.versions.list(agent.id)
    world.environments.retrieve(environment.id)
    world.environments.list()
    world.environments.update(environment.id, name="x")
    world.sessions.retrieve(session.id)
    world.sessions.list()
    world.sessions.update(session.id, title="x")
    added = world.sessions.resources.add(session.id, file_id="file_1", type="file")
    world.sessions.resources.list(session.id)
    world.sessions.resources.retrieve(added.id, session_id=session.id)
    with pytest.raises(anthropic.BadRequestError):
        world.sessions.resources.update(added.id, session_id=session.id, authorization_token="x")
    world.sessions.resources.delete(added.id, session_id=session.id)
    world.sessions.events.send(session.id, events=[HELLO])
    world.sessions.events.list(session.id)
    world.control.settings(stream_seconds=0)
    with world.sessions.events.stream(session.id) as stream:
        list(stream)
    world.sessions.threads.list(session.id)
    world.sessions.archive(session.id)
    world.sessions.delete(session.id)
    world.environments.archive(environment.id)
    world.environments.delete(environment.id)
    world.agents.archive(agent.id)

    operations = [
        "agents.create",
        "agents.retrieve",
        "agents.list",
        "agents.update",
        "agents.archive",
        "agents.versions.list",
        "environments.create",
        "environments.retrieve",
        "environments.list",
        "environments.update",
        "environments.delete",
        "environments.archive",
        "sessions.create",
        "sessions.retrieve",
        "sessions.list",
        "sessions.update",
        "sessions.delete",
        "sessions.archive",
        "sessions.resources.list",
        "sessions.resources.retrieve",
        "sessions.resources.add",
        "sessions.resources.update",
        "sessions.resources.delete",
        "sessions.events.list",
        "sessions.events.send",
        "sessions.events.stream",
        "sessions.threads.list",
    ]
    assert world.control.counters() == dict.fromkeys(sorted(operations), 1)


def test_a_seed_repeats_ids(world: Any) -> None:
    def first_ids() -> tuple[str, str]:
        world.control.reset()
        world.control.seed(42)
        return world.agent().id, world.environment().id

    assert first_ids() == first_ids()


def test_a_seed_that_comes_again_gives_no_id_twice(world: Any) -> None:
    def ids() -> list[str]:
        world.control.reset()
        found = []
        for seed in (1, 1, 2, 1):
            world.control.seed(seed)
            found += [world.agent().id for _ in range(3)]
        return found

    first = ids()

    assert len(set(first)) == len(first)
    assert ids() == first


def test_a_reset_empties_the_world_and_keeps_fingerprints(world: Any) -> None:
    fingerprint = world.control.fingerprint("token-a")
    world.session()
    world.control.settings(run_ends="never")
    world.control.faults([{"nth": 99, "status": 500}])

    world.control.reset()

    assert [world.control.objects(kind) for kind in ("agents", "environments", "sessions")] == [[], [], []]
    assert (world.control.requests(), world.control.counters(), world.control.fault_rules()) == ([], {}, [])
    assert world.control.settings()["run_ends"] == "at once"
    assert world.control.fingerprint("token-a") == fingerprint


def test_a_set_clock_stands_still_but_stamps_move(world: Any) -> None:
    world.control.clock(now="2026-11-01T00:00:00Z")

    first, second = world.agent(), world.agent()

    assert first.created_at.isoformat().startswith("2026-11-01T00:00:00")
    assert first.created_at < second.created_at
    assert world.control.clock(advance_seconds=3600) == "2026-11-01T01:00:00.000000Z"
    with pytest.raises(EmulatorError):
        world.control.clock(now="noon")


@pytest.mark.parametrize(
    "changes",
    [{"colour": "red"}, {"run_ends": "soon"}, {"busy_refusal_status": 200}, {"rate_limit_per_minute": 0}],
)
def test_a_setting_that_cannot_be_is_refused(emulator: Emulator, changes: dict[str, Any]) -> None:
    before = emulator.control.settings()

    with pytest.raises(EmulatorError):
        emulator.control.settings(title_null="keep", **changes)

    assert emulator.control.settings() == before


def test_a_change_behind_the_back_of_the_client_makes_a_version(world: Any) -> None:
    agent, environment, session = world.agent(), world.environment(), world.session()

    world.control.change("agents", agent.id, name="drifted")
    world.control.change("environments", environment.id, description="drifted")
    world.control.change("sessions", session.id, title="drifted")

    changed = world.agents.retrieve(agent.id)
    assert (changed.name, changed.version) == ("drifted", 2)
    assert world.agents.retrieve(agent.id, version=1).name == "worker"
    assert world.environments.retrieve(environment.id).description == "drifted"
    assert world.sessions.retrieve(session.id).title == "drifted"
    with pytest.raises(EmulatorError):
        world.control.change("agents", agent.id, colour="red")


def test_a_removal_behind_the_back_of_the_client_asks_nobody(world: Any) -> None:
    session = world.session()

    world.control.remove("environments", session.environment_id)
    world.control.remove("agents", session.agent.id)

    with pytest.raises(anthropic.NotFoundError):
        world.agents.retrieve(session.agent.id)
    assert world.sessions.retrieve(session.id).status == "idle"
    with pytest.raises(EmulatorError):
        world.control.remove("agents", session.agent.id)
    with pytest.raises(EmulatorError):
        world.control.objects("planets")


def test_a_status_that_is_set_stays(world: Any) -> None:
    session = world.session()

    world.control.set_status(session.id, "running")
    assert [world.sessions.retrieve(session.id).status for _ in range(3)] == ["running"] * 3
    world.control.set_status(session.id, "rescheduling")
    with pytest.raises(anthropic.BadRequestError):
        world.sessions.delete(session.id)
    world.control.set_status(session.id, "idle")
    assert world.event_types(session.id)[-1] == "session.status_idle"
    world.control.set_status(session.id, "terminated")
    assert world.sessions.delete(session.id).type == "session_deleted"
    with pytest.raises(EmulatorError):
        world.control.set_status("sesn_none", "idle")


def test_the_same_calls_exist_by_http(world: Any, repo: Any) -> None:
    assert ask(world, "POST", "seed", {"seed": 3}) == (200, {})
    described = {"repositories": [{"url": "https://github.com/acme/app", "private": True, "tokens": ["token-a"]}]}
    assert ask(world, "POST", "repositories", described)[0] == 200
    session = world.session(resources=[repo()])
    resource = session.resources[0].id
    world.sessions.resources.update(resource, session_id=session.id, authorization_token="token-a")

    assert ask(world, "POST", "settings", {"title_null": "keep"})[1]["title_null"] == "keep"
    assert ask(world, "GET", "settings")[1]["run_ends"]["source"] == "inferred"
    assert ask(world, "POST", "clock", {"now": "2026-11-01T00:00:00Z"})[1] == {"now": "2026-11-01T00:00:00.000000Z"}
    assert ask(world, "GET", "requests?since=1")[1][0]["n"] == 2
    assert ask(world, "GET", "counters")[1]["sessions.create"] == 1
    fingerprint = ask(world, "POST", "fingerprint", {"token": "token-a"})[1]
    assert ask(world, "GET", f"sessions/{session.id}/rotations")[1][0]["fingerprint"] == fingerprint
    assert ask(world, "GET", f"sessions/{session.id}/mounts")[1][0]["fingerprint"] == fingerprint
    bearer = {"type": "static_bearer", "mcp_server_url": "https://mcp.example.com", "token": "token-a"}
    credential = world.credentials.create(world.vault().id, auth=bearer).id
    assert ask(world, "GET", f"credentials/{credential}/secrets")[1] == {"auth.token": fingerprint}
    assert ask(world, "POST", f"objects/sessions/{session.id}", {"title": "t"})[1]["title"] == "t"
    assert ask(world, "POST", f"sessions/{session.id}/status", {"status": "running"})[1]["status"] == "running"
    assert ask(world, "POST", f"sessions/{session.id}/events", {"type": "agent.thinking"})[1]["id"].startswith("sevt_")
    assert ask(world, "POST", "faults", {"faults": [{"operation": "agents.list", "status": 500}]})[0] == 200
    assert ask(world, "GET", "faults")[1][0]["status"] == 500
    assert ask(world, "DELETE", "faults")[0] == 200
    assert len(ask(world, "GET", "objects/sessions")[1]) == 1
    assert ask(world, "DELETE", f"objects/sessions/{session.id}")[0] == 200
    assert ask(world, "POST", "reset") == (200, {})
    assert ask(world, "GET", "objects/agents") == (200, [])


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "nothing", None, 404),
        ("GET", "reset", None, 405),
        ("POST", "seed", {}, 400),
        ("POST", "faults", [{}], 400),
        ("POST", "settings", {"colour": "red"}, 400),
        ("POST", "repositories", [{"url": 1, "tokens": ["token-a"]}], 400),
        ("GET", "objects/planets", None, 400),
        ("GET", "sessions/sesn_none/mounts", None, 400),
        ("GET", "credentials/vcrd_none/secrets", None, 400),
    ],
)
def test_a_control_call_that_cannot_be_used_says_so(world: Any, method: str, path: str, body: Any, status: int) -> None:
    code, answer = ask(world, method, path, body)

    assert code == status
    assert answer["error"]
    assert "token-a" not in answer["error"]


def test_the_control_plane_does_not_answer_to_web_pages(world: Any) -> None:
    assert ask(world, "POST", "reset", {}, Origin="https://evil.example")[0] == 403


def test_the_control_plane_is_not_in_the_log(world: Any) -> None:
    ask(world, "GET", "counters")

    assert world.control.requests() == []


def test_a_taken_port_is_named(world: Any, emulator: Emulator) -> None:
    with pytest.raises(EmulatorError, match=str(world.server.port)):
        emulator.serve(port=world.server.port)


def test_the_server_is_on_the_loopback_only_and_ends(emulator: Emulator) -> None:
    with emulator.serve() as server:
        assert server.url == f"http://127.0.0.1:{server.port}"
        with loopback.claude(server.url) as client:
            client.beta.agents.list()
            server.close()
            with pytest.raises(anthropic.APIConnectionError):
                client.beta.agents.list()
    server.close()


def test_connections_are_kept(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    enter = world.server._connections.enter  # noqa: SLF001 - the only place that sees connections
    monkeypatch.setattr(world.server._connections, "enter", lambda each: (opened.append(each), enter(each)))  # noqa: SLF001

    for _ in range(5):
        world.agent()

    assert len(opened) == 1

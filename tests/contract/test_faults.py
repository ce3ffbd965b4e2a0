import time
from typing import Any

import anthropic
import pytest
from werkzeug.test import Client

from pulumi_managed_agents.emulator import Emulator, EmulatorError

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
HEADERS = {
    "x-api-key": "test-key",
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "managed-agents-2026-04-01",
}


def names(world: Any) -> list[str]:
    return [each["name"] for each in world.control.objects("agents")]


def test_a_status_comes_with_its_type_and_delay(world: Any) -> None:
    world.control.faults([{"operation": "agents.create", "status": 429, "retry_after": 7, "times": 1}])

    with pytest.raises(anthropic.RateLimitError) as caught:
        world.agent()

    assert caught.value.type == "rate_limit_error"
    assert caught.value.response.headers["retry-after"] == "7"
    assert names(world) == []
    assert world.agent().version == 1


@pytest.mark.parametrize(
    ("status", "kind"), [(500, "api_error"), (529, "overloaded_error"), (503, "api_error"), (504, "timeout_error")]
)
def test_server_errors_have_their_types(world: Any, status: int, kind: str) -> None:
    world.control.faults([{"status": status, "message": "tired"}])

    with pytest.raises(anthropic.APIStatusError) as caught:
        world.agents.list()

    assert (caught.value.status_code, caught.value.type) == (status, kind)
    assert "tired" in str(caught.value)
    assert "retry-after" not in caught.value.response.headers


def test_an_error_type_can_be_chosen_and_follow_the_commit(world: Any) -> None:
    world.control.faults([{"status": 500, "error_type": "strange_error", "after_commit": True}])

    with pytest.raises(anthropic.InternalServerError) as caught:
        world.agent(name="made")

    assert caught.value.body["error"]["type"] == "strange_error"
    assert names(world) == ["made"]
    assert world.control.requests()[-1]["fault"] == "status 500 after commit"


@pytest.mark.parametrize(("moment", "made"), [("before", []), ("after", ["worker"])])
def test_a_drop_resets_the_connection_before_or_after_the_commit(world: Any, moment: str, made: list[str]) -> None:
    world.control.faults([{"method": "POST", "drop": moment, "times": 1}])

    with pytest.raises(anthropic.APIConnectionError) as caught:
        world.agent()

    assert type(caught.value) is anthropic.APIConnectionError
    assert names(world) == made
    last = world.control.requests()[-1]
    assert last["fault"] == f"drop {moment}"
    assert last["status"] == (None if moment == "before" else 200)
    assert world.agent().version == 1


@pytest.mark.parametrize(("moment", "made"), [("before", []), ("after", ["worker"])])
def test_a_drop_in_process_is_a_reset_too(emulator: Emulator, moment: str, made: list[str]) -> None:
    emulator.control.faults([{"drop": moment}])

    with pytest.raises(ConnectionResetError):
        Client(emulator.wsgi).post("/v1/agents", json={"name": "worker", "model": "claude-opus-5-5"}, headers=HEADERS)

    assert [each["name"] for each in emulator.control.objects("agents")] == made


def test_a_body_can_end_early(world: Any) -> None:
    agent = world.agent()
    world.control.faults([{"operation": "agents.retrieve", "body": "truncated", "times": 1}])

    with pytest.raises(anthropic.APIConnectionError):
        world.agents.retrieve(agent.id)

    assert world.agents.retrieve(agent.id) == agent


def test_a_body_in_process_is_half_of_the_document(emulator: Emulator) -> None:
    emulator.control.faults([{"body": "truncated"}])

    answer = Client(emulator.wsgi).get("/v1/agents", headers=HEADERS)

    assert answer.status_code == 200
    assert '{"data": [], "next_page": null}'.startswith(answer.get_data(as_text=True))
    assert len(answer.get_data()) < int(answer.headers["content-length"])


def test_a_body_can_be_no_json(world: Any) -> None:
    world.control.faults([{"body": "garbage"}])

    answer = world.agents.with_raw_response.list()

    assert answer.headers["content-type"].startswith("text/html")
    assert answer.http_response.content.startswith(b"<html>")


def test_an_answer_can_be_held_after_the_commit(world: Any) -> None:
    world.control.faults([{"operation": "agents.create", "latency_seconds": 0.6, "times": 1}])

    with pytest.raises(anthropic.APITimeoutError):
        world.client.with_options(timeout=0.2).beta.agents.create(name="worker", model="claude-opus-5-5")

    assert names(world) == ["worker"]


def test_one_slow_answer_does_not_hold_the_others(world: Any) -> None:
    world.control.faults([{"operation": "agents.list", "latency_seconds": 5, "times": 1}])

    with pytest.raises(anthropic.APITimeoutError):
        world.client.with_options(timeout=0.1).beta.agents.list()
    started = time.monotonic()
    world.agents.list()

    assert time.monotonic() - started < 2


def test_headers_can_drip(world: Any) -> None:
    world.control.faults([{"slow_headers_seconds": 0.5, "times": 1}])
    started = time.monotonic()

    assert world.client.with_options(timeout=0.3).beta.agents.list().data == []

    assert time.monotonic() - started >= 0.5


def test_a_stale_read_does_not_see_the_last_write(world: Any) -> None:
    agent = world.agent(name="old")
    world.agents.update(agent.id, name="new")
    world.control.faults([{"method": "GET", "stale": True, "times": 2}])

    assert world.agents.retrieve(agent.id).name == "old"
    assert [each.name for each in world.agents.list()] == ["old"]
    assert world.agents.retrieve(agent.id).name == "new"


def test_a_stale_read_misses_a_new_object_and_still_has_a_deleted_one(world: Any) -> None:
    first = world.environment()
    second = world.environment()
    world.control.faults([{"method": "GET", "stale": True, "times": 3}])

    with pytest.raises(anthropic.NotFoundError):
        world.environments.retrieve(second.id)
    assert world.environments.retrieve(first.id) == first
    world.environments.delete(second.id)
    assert world.environments.retrieve(second.id) == second
    with pytest.raises(anthropic.NotFoundError):
        world.environments.retrieve(second.id)


def test_a_write_does_not_work_on_old_data(world: Any) -> None:
    agent = world.agent(name="old", system="first")
    world.agents.update(agent.id, name="new")
    world.control.faults([{"stale": True, "latency_seconds": 0}, {"stale": True}])

    world.agents.update(agent.id, system="second", version=2)
    made = world.agent(name="made")
    world.agents.update(made.id, name="changed")

    assert [(each["name"], each["system"]) for each in world.control.objects("agents")] == [
        ("new", "second"),
        ("changed", None),
    ]


def test_a_stale_read_is_counted_among_reads_only(world: Any) -> None:
    world.control.faults([{"stale": True, "nth": 1}])
    world.agents.create(name="worker", model="claude-opus-5-5")

    assert list(world.agents.list()) == []
    assert [(rule["seen"], rule["fired"]) for rule in world.control.fault_rules()] == [(1, 1)]


def test_a_stale_history_lacks_what_was_said_last(world: Any) -> None:
    session = world.session()
    world.sessions.events.send(session.id, events=[HELLO])
    before = world.event_types(session.id)
    world.sessions.events.send(session.id, events=[HELLO])
    world.control.faults([{"operation": "sessions.events.list", "stale": True, "times": 1}])

    assert world.event_types(session.id) == before
    assert len(world.event_types(session.id)) > len(before)


def test_a_replica_is_behind_no_longer_than_the_rule_says(world: Any) -> None:
    world.control.clock(now="2026-11-01T00:00:00Z")
    agent = world.agent(name="old")
    world.agents.update(agent.id, name="new")
    world.control.faults([{"method": "GET", "stale": True, "stale_seconds": 0.5}])

    assert world.agents.retrieve(agent.id).name == "old"
    world.control.clock(advance_seconds=0.5)
    assert world.agents.retrieve(agent.id).name == "new"


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("ingress", b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"),
        ("gateway", b'{"message": "no Route matched with those values"}'),
        ("empty", b""),
    ],
)
def test_something_in_front_of_the_platform_can_answer_in_its_place(
    emulator: Emulator, form: str, content: bytes
) -> None:
    client = Client(emulator.wsgi)
    agent = client.post("/v1/agents", json={"name": "worker", "model": "claude-opus-5-5"}, headers=HEADERS).json["id"]
    emulator.control.faults([{"status": 404, "body": form, "times": 2}])

    read = client.get(f"/v1/agents/{agent}", headers=HEADERS)
    client.post(f"/v1/agents/{agent}/archive", headers=HEADERS)

    assert (read.status_code, read.get_data()) == (404, content)
    assert not [name for name, _ in read.headers if "id" in name.lower().split("-")]
    assert emulator.control.requests()[-1]["fault"] == f"status 404, body {form}"
    assert emulator.control.objects("agents")[0]["archived_at"] is None


def statuses(world: Any, count: int) -> list[int]:
    found = []
    for _ in range(count):
        try:
            world.agents.list()
            found.append(200)
        except anthropic.APIStatusError as error:
            found.append(error.status_code)
    return found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"nth": 2}, [200, 500, 200, 200]),
        ({"every": 2}, [200, 500, 200, 500]),
        ({"times": 2}, [500, 500, 200, 200]),
        ({"every": 2, "times": 1}, [200, 500, 200, 200]),
        ({"probability": 1.0}, [500, 500, 500, 500]),
        ({"probability": 0.0}, [200, 200, 200, 200]),
        ({"method": "POST"}, [200, 200, 200, 200]),
        ({"path": "^/v1/agents$"}, [500, 500, 500, 500]),
        ({"path": "sessions"}, [200, 200, 200, 200]),
        ({"operation": "agents.create"}, [200, 200, 200, 200]),
    ],
)
def test_a_rule_chooses_its_requests(world: Any, rule: dict[str, Any], expected: list[int]) -> None:
    world.control.faults([rule | {"status": 500}])

    assert statuses(world, 4) == expected


def test_probability_follows_the_seed(world: Any) -> None:
    def run(seed: int) -> list[int]:
        world.control.reset()
        world.control.seed(seed)
        world.control.faults([{"probability": 0.5, "status": 500}])
        return statuses(world, 20)

    first = run(7)
    assert set(first) == {200, 500}
    assert run(7) == first
    assert run(8) != first


def test_the_first_rule_that_hits_decides_and_all_count(world: Any) -> None:
    world.control.faults([{"nth": 2, "status": 500}, {"nth": 2, "status": 503}, {"nth": 3, "status": 529}])

    assert statuses(world, 3) == [200, 500, 529]
    assert [(rule["seen"], rule["fired"]) for rule in world.control.fault_rules()] == [(3, 1), (3, 0), (3, 1)]


def test_cleared_rules_do_nothing(world: Any) -> None:
    world.control.faults([{"status": 500}])
    world.control.clear_faults()

    assert statuses(world, 1) == [200]


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"nth": 1},
        {"nth": 0, "status": 500},
        {"status": 200},
        {"status": 500, "colour": "red"},
        {"path": "(", "status": 500},
        {"probability": 2, "status": 500},
        {"drop": "during"},
        {"body": "ingress"},
        {"stale_seconds": 1},
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(emulator: Emulator, rule: dict[str, Any]) -> None:
    with pytest.raises(EmulatorError):
        emulator.control.faults([{"status": 500}, rule])

    assert emulator.control.fault_rules() == []


def test_a_rate_limit_refuses_and_says_when_to_come_back(world: Any) -> None:
    world.control.clock(now="2026-11-01T00:00:00Z")
    world.control.settings(rate_limit_per_minute=2)
    world.agents.list()
    world.control.clock(advance_seconds=20)
    world.agents.list()

    with pytest.raises(anthropic.RateLimitError) as caught:
        world.agents.list()
    assert caught.value.response.headers["retry-after"] == "40"
    world.control.clock(advance_seconds=40.1)
    assert statuses(world, 2) == [200, 429]


def test_creates_and_reads_can_have_limits_of_their_own(world: Any) -> None:
    world.control.settings(rate_limit_per_minute={"create": 1})
    world.agent()

    with pytest.raises(anthropic.RateLimitError):
        world.agent()
    assert statuses(world, 3) == [200, 200, 200]

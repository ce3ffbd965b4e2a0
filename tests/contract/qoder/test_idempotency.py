from typing import Any

import httpx

KEY = "0b5ae1f6-2f6c-4a7c-9a43-2f1d0c7a9b11"
AGENT = {"name": "a", "model": "ultimate"}


def post(world: Any, path: str, body: Any, key: str = KEY, status: int = 200, **headers: str) -> Any:
    return world.call("POST", path, body, status, idempotency_key=key, **headers)


def test_the_same_request_is_answered_once_more(world: Any) -> None:
    first, second = post(world, "agents", AGENT), post(world, "agents", AGENT)

    assert first == second
    assert len(list(world.agents.list())) == 1


def test_a_replay_is_the_first_answer_even_when_things_have_changed(world: Any) -> None:
    first = post(world, "agents", AGENT)
    world.agents.update(first["id"], version=1, name="b")

    assert post(world, "agents", AGENT) == first


def test_another_body_under_the_same_key_is_a_conflict(world: Any) -> None:
    post(world, "agents", AGENT)
    document = post(world, "agents", AGENT | {"name": "b"}, status=409)

    assert document["error"]["type"] == "conflict_error"
    assert post(world, "environments", {"name": "e"}, status=409)["error"]["type"] == "conflict_error"


def test_without_a_key_every_request_counts(world: Any) -> None:
    world.call("POST", "agents", AGENT)
    world.call("POST", "agents", AGENT)

    assert len(list(world.agents.list())) == 2


def test_keys_of_two_tokens_do_not_meet(world: Any) -> None:
    mine = post(world, "agents", AGENT)
    theirs = post(world, "agents", AGENT, authorization="Bearer pt-somebody-else")

    assert mine["id"] != theirs["id"]


def test_a_key_is_remembered_for_a_day(world: Any) -> None:
    world.control.clock(now="2026-10-01T12:00:00Z")
    first = post(world, "agents", AGENT)
    world.control.clock(advance_seconds=24 * 60 * 60 - 1)
    assert post(world, "agents", AGENT) == first
    world.control.clock(advance_seconds=2)

    other = post(world, "agents", {"name": "other", "model": "auto"})
    assert other["id"] != first["id"]
    assert post(world, "agents", {"name": "other", "model": "auto"}) == other


def test_updates_and_deletes_are_replayed_too(world: Any) -> None:
    agent = world.agent()
    body = {"version": 1, "name": "b"}
    first = world.call("PUT", f"agents/{agent.id}", body, idempotency_key="k1")
    assert world.call("PUT", f"agents/{agent.id}", body, idempotency_key="k1") == first
    gone = world.call("DELETE", f"agents/{agent.id}", idempotency_key="k2")

    assert world.call("DELETE", f"agents/{agent.id}", idempotency_key="k2") == gone
    world.call("DELETE", f"agents/{agent.id}", status=404)


def test_a_key_on_a_read_means_nothing(world: Any) -> None:
    world.call("GET", "agents", idempotency_key=KEY)
    world.agent()

    assert len(world.call("GET", "agents", idempotency_key=KEY)["data"]) == 1


def test_a_refused_request_leaves_its_key_free(world: Any) -> None:
    post(world, "agents", {"name": "a"}, status=400)

    assert post(world, "agents", AGENT)["name"] == "a"


def test_a_session_is_created_once_when_its_first_answer_was_lost(world: Any, repo: Any) -> None:
    body = {
        "agent": world.agent().id,
        "environment_id": world.environment().id,
        "resources": [repo(authorization_token="token-of-a-repository")],
    }
    world.control.faults([{"operation": "sessions.create", "nth": 1, "drop": "after"}])
    try:
        world.http.post("sessions", json=body, headers={"idempotency-key": KEY})
    except httpx.TransportError:
        lost = True

    assert lost
    assert post(world, "sessions", body)["id"] == world.control.objects("sessions")[0]["id"]
    assert len(list(world.sessions.list())) == 1


def test_the_boundary_of_an_upload_does_not_make_it_another_request(world: Any) -> None:
    def upload(content: bytes) -> httpx.Response:
        files = {"file": ("a.txt", content, "text/plain")}
        return world.http.post("files", files=files, headers={"idempotency-key": KEY})

    first, second = upload(b"text"), upload(b"text")

    assert first.request.headers["content-type"] != second.request.headers["content-type"]
    assert first.json() == second.json()
    assert upload(b"other").status_code == 409


def test_the_sdk_sends_a_key_as_a_header(world: Any) -> None:
    agents = [world.agent(extra_headers={"Idempotency-Key": KEY}) for _ in range(2)]

    assert agents[0].id == agents[1].id

import re
from typing import Any

import httpx
import pytest
import qca

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def refusal(answer: httpx.Response, status: int, type: str) -> Any:
    assert answer.status_code == status
    document = answer.json()
    assert document["type"] == "error"
    assert document["error"]["type"] == type
    assert set(document) == {"type", "error", "request_id"}
    return document


@pytest.mark.parametrize("token", ["pt-0123", "a.service.account", "x"])
def test_any_bearer_token_is_a_credential(world: Any, token: str) -> None:
    world.call("GET", "agents", authorization=f"Bearer {token}")
    world.call("GET", "agents", authorization=f"bearer {token}")


@pytest.mark.parametrize("value", ["", "Bearer", "Basic abc", "pt-0123"])
def test_anything_else_is_refused(world: Any, value: str) -> None:
    answer = world.http.get("agents", headers={"authorization": value})

    refusal(answer, 401, "authentication_error")


def test_an_api_key_does_not_stand_in_for_a_token(world: Any) -> None:
    with httpx.Client(base_url=world.http.base_url) as bare:
        refusal(bare.get("agents", headers={"x-api-key": "pt-0123"}), 401, "authentication_error")


def test_no_version_and_no_beta_header_is_needed(world: Any) -> None:
    assert world.http.get("agents").json()["data"] == []


def test_a_request_id_is_echoed_in_header_and_error(world: Any) -> None:
    answer = world.http.get("agents/agent_none", headers={"x-request-id": "my-request"})

    assert answer.headers["x-request-id"] == "my-request"
    assert refusal(answer, 404, "not_found_error")["request_id"] == "my-request"


def test_a_request_id_is_drawn_when_none_is_sent(world: Any) -> None:
    first, second = (world.http.get("agents/agent_none") for _ in range(2))

    ids = [refusal(answer, 404, "not_found_error")["request_id"] for answer in (first, second)]
    assert all(UUID.fullmatch(each) for each in ids)
    assert ids[0] != ids[1]
    assert ids[0] == first.headers["x-request-id"]
    assert world.http.get("agents").headers["x-request-id"]


def test_the_sdk_reads_the_error(world: Any, refused: Any) -> None:
    error = refused(404, lambda: world.agents.retrieve("agent_none"), type="not_found_error")

    assert isinstance(error, qca.NotFoundError)
    assert error.body["error"]["message"] == "Agent 'agent_none' was not found."
    assert UUID.fullmatch(error.request_id)


def test_an_unknown_field_is_named(world: Any, refused: Any) -> None:
    body = {"tunnel_id": "t"}
    error = refused(400, lambda: world.agent(extra_body=body), "unknown field", type="invalid_request_error")

    assert error.body["error"]["param"] == "tunnel_id"


def test_a_nested_field_is_named_by_its_path(world: Any, refused: Any) -> None:
    tools = [{"type": "agent_toolset_20260401", "colour": "red"}]
    error = refused(400, lambda: world.agent(tools=tools))

    assert error.body["error"]["param"] == "tools.0.colour"


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b'{"name": NaN}', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(world: Any, body: bytes) -> None:
    refusal(world.http.post("agents", content=body), 400, "invalid_request_error")


def test_a_content_type_is_not_needed(world: Any) -> None:
    answer = world.http.post("agents", content=b'{"name": "a", "model": "auto"}')

    assert answer.status_code == 200


def test_a_body_that_is_too_large_is_a_bad_request(world: Any) -> None:
    answer = world.http.post("agents", content=b" " * (32 * 1024 * 1024 + 1))

    refusal(answer, 400, "invalid_request_error")


def test_an_unknown_path_is_not_found(world: Any) -> None:
    refusal(world.http.get("horses"), 404, "not_found_error")
    assert world.http.delete("models").status_code == 405


def test_an_update_that_sends_no_values_of_tokens_quotes_none(world: Any, repo: Any, refused: Any) -> None:
    refused.secrets.append("token-of-a-bad-request")
    bad = repo(authorization_token="token-of-a-bad-request", colour="red")
    refused(400, lambda: world.session(resources=[bad]))
    refused(400, lambda: world.session(resources=[repo(authorization_token=["token-of-a-bad-request"])]))
    refused(400, lambda: world.session(resources=[repo(url="https://u:token-of-a-bad-request@github.com/a/b")]))


def test_older_pages_answer_a_create_with_201(world: Any) -> None:
    world.control.settings(qoder_create_status=201)

    world.call("POST", "agents", {"name": "a", "model": "auto"}, status=201)
    world.call("POST", "environments", {"name": "e"}, status=201)
    assert world.agent(name="b").version == 1


def test_ids_have_their_prefix_and_32_hexadecimal_digits(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo()])
    found = [world.agent().id, world.environment().id, session.id, world.store().id, world.vault().id, world.file().id]

    for each, prefix in zip(found, ["agent", "env", "sess", "memstore", "vault", "file"], strict=True):
        assert re.fullmatch(f"{prefix}_019e[0-9a-f]{{8}}7[0-9a-f]{{3}}[89ab][0-9a-f]{{15}}", each)
    assert re.fullmatch("sesr_[0-9a-f]{24}", session.resources[0].id)


def test_a_seed_makes_ids_repeatable(world: Any) -> None:
    def ids() -> list[str]:
        world.control.reset()
        world.control.seed(7)
        return [world.agent().id, world.agent().id]

    assert ids() == ids()


@pytest.mark.parametrize(
    ("now", "written"),
    [
        ("2026-05-18T12:00:00Z", "2026-05-18T12:00:00Z"),
        ("2026-05-18T12:00:00.774840Z", "2026-05-18T12:00:00.77484Z"),
        ("2026-05-18T12:00:00.5Z", "2026-05-18T12:00:00.5Z"),
        ("2026-05-18T14:00:00.774841+02:00", "2026-05-18T12:00:00.774841Z"),
    ],
)
def test_moments_lose_their_trailing_zeros(world: Any, now: str, written: str) -> None:
    world.control.clock(now=now)

    made = world.call("POST", "environments", {"name": "e"})

    assert made["created_at"] == made["updated_at"] == written


def test_a_text_of_the_client_that_looks_like_a_moment_is_left_alone(world: Any) -> None:
    metadata = {"due_at": "2026-05-18T12:00:00.100000Z"}

    assert world.agent(metadata=metadata).metadata == metadata


def test_order_in_lists_does_not_depend_on_trimmed_zeros(world: Any) -> None:
    world.control.clock(now="2026-05-18T12:00:00.774840Z")
    names = [world.agent(name=name).name for name in "abc"]

    assert [agent.name for agent in world.agents.list()] == names[::-1]

import json
import urllib.error
import urllib.request
from typing import Any

import anthropic
import pytest

GOOD = {
    "x-api-key": "test-key",
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "managed-agents-2026-04-01",
}


def ask(world: Any, headers: dict[str, str], path: str = "/v1/agents", method: str = "GET", body: Any = None) -> Any:
    request = urllib.request.Request(world.server.url + path, headers=headers, method=method, data=body)  # noqa: S310
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read()), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read()), error.headers


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in GOOD.items() if key != name}


def test_an_api_key_in_either_header_is_accepted(world: Any) -> None:
    assert ask(world, GOOD)[0] == 200
    assert ask(world, without("x-api-key") | {"Authorization": "Bearer test-key"})[0] == 200


@pytest.mark.parametrize("extra", [{}, {"Authorization": "Bearer "}, {"Authorization": "Basic abc"}])
def test_a_request_without_credential_is_not_authenticated(world: Any, extra: dict[str, str]) -> None:
    status, body, _ = ask(world, without("x-api-key") | extra)

    assert (status, body["error"]["type"]) == (401, "authentication_error")


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        (without("anthropic-version"), "anthropic-version"),
        (GOOD | {"anthropic-beta": "managed-agents-2026-04-01,time-travel-2031-01-01"}, "time-travel-2031-01-01"),
    ],
)
def test_a_version_and_known_betas_are_required(world: Any, headers: dict[str, str], named: str) -> None:
    status, body, _ = ask(world, headers)

    assert (status, body["error"]["type"]) == (400, "invalid_request_error")
    assert named in body["error"]["message"]


@pytest.mark.parametrize("sent", [without("anthropic-beta"), GOOD | {"anthropic-beta": "skills-2025-10-02"}])
def test_without_its_beta_there_is_nothing(world: Any, sent: dict[str, str]) -> None:
    status, body, _ = ask(world, sent)
    assert (status, body["error"]["type"]) == (400, "invalid_request_error")
    assert "managed-agents-2026-04-01" in body["error"]["message"]

    world.control.settings(missing_beta_status=404)

    status, body, _ = ask(world, sent)
    assert (status, body["error"]["type"]) == (404, "not_found_error")


def test_the_beta_is_looked_at_before_the_version(world: Any) -> None:
    world.control.settings(missing_beta_status=404)
    assert ask(world, {"x-api-key": "test-key"})[0] == 404
    assert ask(world, {})[0] == 401


@pytest.mark.parametrize("path", ["/v1/files", "/v1/skills", "/v1/models"])
def test_files_skills_and_models_need_no_beta(world: Any, path: str) -> None:
    assert ask(world, without("anthropic-beta"), path)[0] == 200
    assert ask(world, GOOD | {"anthropic-beta": "time-travel-2031-01-01"}, path)[0] == 400
    assert ask(world, without("x-api-key"), path)[0] == 401


def test_another_workspace_is_refused(world: Any) -> None:
    with pytest.raises(anthropic.PermissionDeniedError):
        world.agents.list(workspace_id="wrkspc_other")


def test_the_request_id_stands_in_header_and_envelope(world: Any) -> None:
    status, body, headers = ask(world, GOOD, "/v1/agents/agent_none")

    assert status == 404
    assert body["type"] == "error"
    assert body["request_id"].startswith("req_")
    assert body["request_id"] == headers["request-id"]


def test_answers_name_the_tenant(world: Any) -> None:
    _, _, headers = ask(world, GOOD)

    assert headers["anthropic-organization-id"]
    assert headers["anthropic-workspace-id"].startswith("wrkspc_")


def test_the_beta_query_is_ignored(world: Any) -> None:
    assert ask(world, GOOD, "/v1/agents?beta=true")[0] == 200


def test_unknown_paths_and_methods_are_refused(world: Any) -> None:
    assert ask(world, GOOD, "/v1/nothing")[0] == 404
    assert ask(world, GOOD, "/v1/agents", "PUT", b"{}")[0] == 405
    assert ask(world, GOOD, "/v1/agents/agent_x", "DELETE")[0] == 405


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff", b'{"name": NaN}', b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(world: Any, body: Any) -> None:
    status, answer, _ = ask(world, GOOD, "/v1/agents", "POST", body)

    assert (status, answer["error"]["type"]) == (400, "invalid_request_error")


def test_a_body_beyond_32_megabytes_is_too_large(world: Any) -> None:
    status, answer, _ = ask(world, GOOD, "/v1/agents", "POST", b" " * (32 * 1024 * 1024 + 1))

    assert (status, answer["error"]["type"]) == (413, "request_too_large")

import json
import urllib.error
import urllib.request

import anthropic
import pytest

GOOD = {
    "x-api-key": "test-key",
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "managed-agents-2026-04-01",
}


def ask(world, headers, path="/v1/agents", method="GET", body=None):
    request = urllib.request.Request(world.server.url + path, headers=headers, method=method, data=body)  # noqa: S310
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read()), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read()), error.headers


def without(name):
    return {key: value for key, value in GOOD.items() if key != name}


def test_an_api_key_in_either_header_is_accepted(world):
    assert ask(world, GOOD)[0] == 200
    assert ask(world, without("x-api-key") | {"Authorization": "Bearer test-key"})[0] == 200


@pytest.mark.parametrize("extra", [{}, {"Authorization": "Bearer "}, {"Authorization": "Basic abc"}])
def test_a_request_without_credential_is_not_authenticated(world, extra):
    status, body, _ = ask(world, without("x-api-key") | extra)

    assert (status, body["error"]["type"]) == (401, "authentication_error")


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        (without("anthropic-version"), "anthropic-version"),
        (without("anthropic-beta"), "managed-agents-2026-04-01"),
        (GOOD | {"anthropic-beta": "skills-2025-10-02"}, "managed-agents-2026-04-01"),
        (GOOD | {"anthropic-beta": "managed-agents-2026-04-01,time-travel-2031-01-01"}, "time-travel-2031-01-01"),
    ],
)
def test_a_version_and_known_betas_are_required(world, headers, named):
    status, body, _ = ask(world, headers)

    assert (status, body["error"]["type"]) == (400, "invalid_request_error")
    assert named in body["error"]["message"]


def test_another_workspace_is_refused(world):
    with pytest.raises(anthropic.PermissionDeniedError):
        world.agents.list(workspace_id="wrkspc_other")


def test_the_request_id_stands_in_header_and_envelope(world):
    status, body, headers = ask(world, GOOD, "/v1/agents/agent_none")

    assert status == 404
    assert body["type"] == "error"
    assert body["request_id"].startswith("req_")
    assert body["request_id"] == headers["request-id"]


def test_answers_name_the_tenant(world):
    _, _, headers = ask(world, GOOD)

    assert headers["anthropic-organization-id"]
    assert headers["anthropic-workspace-id"].startswith("wrkspc_")


def test_the_beta_query_is_ignored(world):
    assert ask(world, GOOD, "/v1/agents?beta=true")[0] == 200


def test_unknown_paths_and_methods_are_refused(world):
    assert ask(world, GOOD, "/v1/nothing")[0] == 404
    assert ask(world, GOOD, "/v1/agents", "PUT", b"{}")[0] == 405
    assert ask(world, GOOD, "/v1/agents/agent_x", "DELETE")[0] == 405


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff", b'{"name": NaN}', b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(world, body):
    status, answer, _ = ask(world, GOOD, "/v1/agents", "POST", body)

    assert (status, answer["error"]["type"]) == (400, "invalid_request_error")


def test_a_body_beyond_32_megabytes_is_too_large(world):
    status, answer, _ = ask(world, GOOD, "/v1/agents", "POST", b" " * (32 * 1024 * 1024 + 1))

    assert (status, answer["error"]["type"]) == (413, "request_too_large")

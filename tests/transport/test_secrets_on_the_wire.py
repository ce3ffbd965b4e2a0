"""What is sent, and that no secret of it is told to anybody else."""

from __future__ import annotations

import json
import logging

import httpx
import pytest

from pulumi_managed_agents.backend import RestBackend
from pulumi_managed_agents.backends.claude import Claude
from pulumi_managed_agents.errors import Refused
from pulumi_managed_agents.lifecycle import Call
from pulumi_managed_agents.transport import Transport
from pulumi_managed_agents.values import Secret

KEY, TOKEN = "key-of-the-account", "token-of-last-week"
ROTATION = Call(
    "sessions.resources.update",
    {"session_id": "sesn_1", "resource_id": "sesrsc_1"},
    {"authorization_token": Secret(TOKEN)},
)


def backend(
    answer: httpx.Response, seen: list[httpx.Request] | None = None, workspace: str | None = None
) -> RestBackend:
    def server(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        return answer

    client = httpx.Client(
        base_url="https://platform.example", headers={"x-api-key": KEY}, transport=httpx.MockTransport(server)
    )
    return RestBackend(Claude(workspace), Transport(client, retries=0, secrets=(KEY,)))


def test_a_rotation_is_one_post_with_the_bare_token_and_the_platform_s_headers() -> None:
    seen: list[httpx.Request] = []

    backend(httpx.Response(200, json={"id": "sesrsc_1"}), seen, "wrkspc_1").send(ROTATION)

    [request] = seen
    assert (request.method, request.url.path) == ("POST", "/v1/sessions/sesn_1/resources/sesrsc_1")
    assert json.loads(request.content) == {"authorization_token": TOKEN}
    assert request.headers["x-api-key"] == KEY
    assert request.headers["anthropic-beta"] == "managed-agents-2026-04-01"
    assert request.headers["anthropic-workspace-id"] == "wrkspc_1"


def test_an_id_cannot_leave_its_place_in_the_path() -> None:
    seen: list[httpx.Request] = []

    backend(httpx.Response(200, json={"id": "agent_1"}), seen).send(
        Call("agents.retrieve", {"agent_id": "../sessions?x=1"})
    )

    assert seen[0].url.raw_path == b"/v1/agents/..%2Fsessions%3Fx%3D1"


def test_a_refusal_that_repeats_a_secret_is_told_without_it() -> None:
    error = {"type": "invalid_request_error", "message": f"{TOKEN} is refused for {KEY}"}
    answer = httpx.Response(400, json={"type": "error", "error": error, "request_id": "req_7"})

    with pytest.raises(Refused) as refused:
        backend(answer).send(ROTATION)

    told = f"{refused.value} {refused.value!r}"
    assert "[secret] is refused for [secret] (request id req_7)" in str(refused.value)
    assert TOKEN not in told
    assert KEY not in told


def test_the_debug_log_names_requests_and_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    backend(httpx.Response(200, json={"id": "sesrsc_1"})).send(ROTATION)

    assert "/v1/sessions/sesn_1/resources/sesrsc_1: 200" in caplog.text
    assert TOKEN not in caplog.text
    assert KEY not in caplog.text


def test_a_call_shows_no_secret() -> None:
    assert TOKEN not in repr(ROTATION)

"""What is sent, and that no secret of it is told to anybody else."""

from __future__ import annotations

import json
import logging
from typing import Any

import httpx
import pytest
from transport.wire import Clock, Reply, Script, answer

from pulumi_managed_agents.declaration.scrubbing import Scrubber
from pulumi_managed_agents.declaration.values import Secret
from pulumi_managed_agents.errors import CallFailed, Conflict, GarbledAnswer, LostAnswer, NotFound, Refused
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.rest import RestBackend
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.transport.transport import Transport

KEY, TOKEN = "key-of-the-account", "token-of-last-week"
ROTATION = Call(
    Operation("sessions.resources", "update"),
    {"session_id": "sesn_1", "resource_id": "sesrsc_1"},
    {"authorization_token": Secret(TOKEN)},
)
CREATE = Call(Operation("sessions", "create"), body={"resources": [{"authorization_token": Secret(TOKEN)}]})


def backend(*replies: Reply, workspace: str | None = None, key: str = KEY) -> tuple[RestBackend, Script]:
    """The platform in front of a server with its replies."""
    server = Script(list(replies) or [answer(200, {"id": "sesrsc_1"})])
    client = httpx.Client(
        base_url="https://platform.example", headers={"x-api-key": key}, transport=httpx.MockTransport(server)
    )
    transport = Transport(client, retries=0, sleep=Clock().sleep)
    return RestBackend(Claude(workspace), transport, Scrubber((key,))), server


def refusal(status: int = 400, **words: Any) -> httpx.Response:
    """The platform's error envelope."""
    error = {"type": "invalid_request_error", "message": "no", **words}
    return answer(status, {"type": "error", "error": error, "request_id": "req_7"})


# What is sent


def test_a_rotation_is_one_post_with_the_bare_token_and_the_platforms_headers() -> None:
    platform, server = backend(workspace="wrkspc_1")

    platform.send(ROTATION)

    [request] = server.asked
    assert (request.method, request.url.path) == ("POST", "/v1/sessions/sesn_1/resources/sesrsc_1")
    assert json.loads(request.content) == {"authorization_token": TOKEN}
    assert request.headers["x-api-key"] == KEY
    assert request.headers["anthropic-version"] == "2023-06-01"
    assert request.headers["anthropic-beta"] == "managed-agents-2026-04-01"
    assert request.headers["anthropic-workspace-id"] == "wrkspc_1"
    assert request.headers["content-type"] == "application/json"


def test_without_a_workspace_or_a_body_no_header_says_so() -> None:
    platform, server = backend()

    platform.send(Call(Operation("agents", "archive"), {"agent_id": "agent_1"}))

    [request] = server.asked
    assert (request.method, request.url.path, request.content) == ("POST", "/v1/agents/agent_1/archive", b"")
    assert {"anthropic-workspace-id", "content-type"} & set(request.headers) == set()


def test_lists_in_a_query_are_repeated() -> None:
    platform, server = backend(answer(200, {"data": []}))

    platform.send(
        Call(Operation("sessions.events", "list"), {"session_id": "sesn_1"}, query={"types[]": ["a", "b"], "limit": 5})
    )

    assert server.asked[0].url.params.multi_items() == [("types[]", "a"), ("types[]", "b"), ("limit", "5")]


CREDENTIALS = {
    "a key": ({"apiKey": KEY}, "x-api-key", KEY, "authorization"),
    "a token": ({"authToken": KEY}, "authorization", f"Bearer {KEY}", "x-api-key"),
}


@pytest.mark.parametrize("case", CREDENTIALS)
def test_a_credential_is_sent_in_its_own_header(case: str, caplog: pytest.LogCaptureFixture) -> None:
    settings, header, value, other = CREDENTIALS[case]
    caplog.set_level(logging.DEBUG)
    platform = connect(configure({**settings, "baseUrl": "http://127.0.0.1:9", "maxRetries": "0"}, {}))

    transport = platform._transport  # noqa: SLF001 - what no server on this port can tell
    request = transport._client.build_request("GET", "/")  # noqa: SLF001 - as above
    assert transport._auth is not None  # noqa: SLF001 - as above
    sent = next(transport._auth.sync_auth_flow(request)).headers  # noqa: SLF001 - as above

    assert sent[header] == value
    assert other not in sent
    assert sent["user-agent"].startswith("pulumi-managed-agents/")
    with pytest.raises(CallFailed) as caught:
        platform.send(ROTATION)
    assert KEY not in f"{caught.value!r}{caplog.text}"
    platform.close()


@pytest.mark.parametrize("id_", ["../sessions?x=1", "a/b", "a#b", "a b", "ä", "%2e%2e"])
def test_an_id_cannot_leave_its_place_in_the_path(id_: str) -> None:
    platform, server = backend()

    platform.send(Call(Operation("sessions", "archive"), {"session_id": id_}))

    path = server.asked[0].url.raw_path
    assert path.startswith(b"/v1/sessions/")
    assert path.endswith(b"/archive")
    assert path.count(b"/") == 4


@pytest.mark.parametrize("id_", ["", ".", ".."])
def test_an_id_that_is_a_way_up_is_refused_before_it_is_sent(id_: str) -> None:
    platform, server = backend()

    with pytest.raises(CallFailed):
        platform.send(Call(Operation("sessions", "archive"), {"session_id": id_}))

    assert server.asked == []


# What is told


def told(failure: BaseException) -> str:
    """Everything that anybody sees of a failure."""
    return f"{failure} {failure!r} {vars(failure)}"


ECHOES: dict[str, Reply] = {
    "in the message": refusal(message=f"{TOKEN} is refused for {KEY}"),
    "in the type": refusal(type=f"{TOKEN}_error"),
    "in the details": refusal(details={"error_code": "bad", "value": {"nested": [f"x{TOKEN}x", KEY]}}),
    "in the id of the request": answer(400, {"error": {}, "request_id": f"req_{TOKEN}"}),
    "in a header": answer(400, {}, request_id=TOKEN),
    "at the end of what is shown": refusal(message="a" * 1990 + TOKEN),
    "in an error of the server": refusal(500, message=f"cannot use {TOKEN}"),
    "in a broken connection": httpx.ReadError(f"cannot send {TOKEN} and {KEY}"),
    "in a connection that was never made": httpx.ConnectError(f"cannot send {TOKEN} and {KEY}"),
    "in a page": httpx.Response(200, text=f"<html>{TOKEN}"),
    "in the place that a redirect names": httpx.Response(302, headers={"location": f"https://e.example/{TOKEN}"}),
}


@pytest.mark.parametrize("call", [ROTATION, CREATE], ids=lambda call: str(call.operation))
@pytest.mark.parametrize("case", ECHOES)
def test_a_failure_that_repeats_a_secret_is_told_without_it(case: str, call: Call) -> None:
    platform, _ = backend(ECHOES[case])

    with pytest.raises(CallFailed) as caught:
        platform.send(call)

    assert TOKEN not in told(caught.value)
    assert KEY not in told(caught.value)
    assert TOKEN[:12] not in told(caught.value)


def test_the_debug_log_names_requests_and_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    platform, _ = backend()

    platform.send(ROTATION)

    assert "/v1/sessions/sesn_1/resources/sesrsc_1: 200" in caplog.text
    assert TOKEN not in caplog.text
    assert KEY not in caplog.text


def test_a_call_shows_no_secret() -> None:
    assert TOKEN not in repr(ROTATION)


# What kind of failure it is

KINDS: dict[int, type[CallFailed]] = {
    400: Refused,
    401: Refused,
    403: Refused,
    404: NotFound,
    409: Conflict,
    429: Refused,
}


@pytest.mark.parametrize("status", KINDS)
def test_a_refusal_is_of_its_kind_and_had_no_effect(status: int) -> None:
    for call in (ROTATION, CREATE):
        with pytest.raises(KINDS[status]) as caught:
            backend(refusal(status, message="not so"))[0].send(call)

        assert type(caught.value) is KINDS[status]
        assert not caught.value.may_exist
        assert f"{status} invalid_request_error: not so (request id req_7)" in str(caught.value)


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 529])
def test_an_error_of_the_server_may_have_had_its_effect_where_something_is_made(status: int) -> None:
    with pytest.raises(LostAnswer) as caught:
        backend(refusal(status))[0].send(CREATE)
    with pytest.raises(Refused):
        backend(refusal(status))[0].send(ROTATION)

    assert str(caught.value).startswith(f"POST /v1/sessions: {status} invalid_request_error: no")


@pytest.mark.parametrize(("status", "word"), [(401, "`managed-agents:apiKey`"), (403, "workspace")])
def test_a_refusal_that_the_user_can_mend_says_how(status: int, word: str) -> None:
    with pytest.raises(Refused) as caught:
        backend(refusal(status))[0].send(ROTATION)

    assert word in str(caught.value)


FOREIGN: dict[str, Any] = {
    "no envelope": {},
    "an error that is a text": {"error": "no"},
    "an error that is a list": {"error": ["no"]},
    "words of other types": {"error": {"type": 3, "message": {"a": 1}, "details": "x"}, "request_id": ["a"]},
    "a message without end": {"error": {"type": "a", "message": "a" * 100_000}},
    "a type without end": {"error": {"type": "a" * 100_000, "message": "a"}},
}


@pytest.mark.parametrize("case", FOREIGN)
def test_an_error_in_another_form_is_told_in_few_words(case: str) -> None:
    with pytest.raises(Refused) as caught:
        backend(answer(400, FOREIGN[case]))[0].send(ROTATION)

    assert "400" in str(caught.value)
    assert len(str(caught.value)) < 5000


NO_ANSWERS: dict[str, tuple[Call, Any]] = {
    "an object without an id": (ROTATION, {"type": "agent"}),
    "an id that is no text": (ROTATION, {"id": 3}),
    "a new object without an id": (CREATE, {}),
    "a page without objects": (Call(Operation("agents", "list")), {"next_page": None}),
    "a page of other things": (Call(Operation("agents", "list")), {"data": ["agent_1"]}),
    "a page that is no list": (Call(Operation("agents", "list")), {"data": {"id": "agent_1"}}),
}


@pytest.mark.parametrize("case", NO_ANSWERS)
def test_a_success_in_another_form_is_a_lost_answer(case: str) -> None:
    call, document = NO_ANSWERS[case]

    with pytest.raises(GarbledAnswer, match="not in the platform's form"):
        backend(answer(200, document))[0].send(call)


@pytest.mark.parametrize("collection", ["environments", "sessions"])
def test_a_removal_needs_no_answer_but_its_status(collection: str) -> None:
    platform, _ = backend(httpx.Response(204))

    assert (
        platform.send(Call(Operation(collection, "delete"), {"environment_id": "env_1", "session_id": "sesn_1"})) == {}
    )


def test_what_the_platform_knows_is_told() -> None:
    platform, _ = backend()

    assert platform.has(Operation("agents", "create"))
    assert not platform.has(Operation("vaults", "conjure"))
    assert platform.capabilities.mount_root == "/workspace"

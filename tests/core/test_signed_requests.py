"""Requests that AWS signs: what is signed, whose words a refusal has, and what becomes of the secrets on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import httpx
import pytest
from core.bags import CONTEXT, Shelf, checked

from pulumi_managed_agents import apply
from pulumi_managed_agents.declaration.learning import Learned, LearningScrubber
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.errors import CallFailed, ConfigError, Refused, Unsigned
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.aws import SigV4
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.platforms.rest import RestBackend
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.provider.configured import ConfiguredProvider
from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.transport.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_managed_agents.declaration.platform import PlaceKey
    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State

LISTING = Call(Operation("agents", "list"))
SECRET, TOKEN = "secret-of-last-week", "session-token-of-last-week"


@pytest.fixture(autouse=True)
def _identity(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An identity of AWS, and nothing else that its chain might find."""
    for name in ("AWS_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_SESSION_TOKEN", TOKEN)


def backend(
    answer: Callable[[httpx.Request], httpx.Response], place: PlaceKey = "aws", learned: Learned | None = None
) -> RestBackend:
    """A place of Claude in front of which somebody answers."""
    learned = learned or Learned()
    client = httpx.Client(transport=httpx.MockTransport(answer), base_url="https://gateway.example.com")
    auth = SigV4("eu-west-1", learned) if place == "aws" else None
    transport = Transport(client, retries=1, sleep=lambda _: None, auth=auth)
    return RestBackend(Claude("wrkspc_1", place), transport, LearningScrubber(learned))


def refusal(answer: httpx.Response, place: PlaceKey = "aws") -> str:
    with pytest.raises(Refused) as refused:
        backend(lambda _: answer, place).send(LISTING)
    return str(refused.value)


LOGIN = """
[default]
sso_session=a
sso_account_id=1
sso_role_name=r
[sso-session a]
sso_start_url=https://x.example.com
sso_region=eu-west-1
"""
SKEWED = "Signature expired: 20261127T000000Z is now earlier than 20261127T030000Z"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(403, json={"message": SKEWED}),
        httpx.Response(403, json={"Message": SKEWED}),
        httpx.Response(403, json={"__type": "InvalidSignatureException", "message": SKEWED}),
        httpx.Response(403, json={"message": SKEWED}, headers={"x-amzn-errortype": "InvalidSignature:http://x"}),
        httpx.Response(
            403, text=f"<E xmlns='x'><Error><Code>SignatureDoesNotMatch</Code><Message>{SKEWED}</Message></Error></E>"
        ),
    ],
)
def test_what_the_gateway_of_aws_says_is_shown(answer: httpx.Response) -> None:
    """It has other forms than the platform; without its words nobody finds a wrong clock, or a missing right."""
    said = refusal(answer)

    assert SKEWED in said
    assert "clock" in said.replace(SKEWED, "")
    assert "aws-external-anthropic" in said


def test_the_gateways_request_is_named() -> None:
    """Who asks AWS for help is asked for it."""
    assert "request-of-aws" in refusal(
        httpx.Response(403, json={"message": "no"}, headers={"x-amzn-requestid": "request-of-aws"})
    )


def test_google_clouds_refusals_say_what_to_do() -> None:
    """A token lives for an hour; a project may have the service switched off."""
    expired = {"error": {"code": 401, "message": "invalid authentication credentials", "status": "UNAUTHENTICATED"}}
    off = {"error": {"code": 403, "message": "has not been used in project 1", "status": "PERMISSION_DENIED"}}

    assert "an hour" in refusal(httpx.Response(401, json=expired), "google-cloud")
    assert "UNAUTHENTICATED" in refusal(httpx.Response(401, json=expired), "google-cloud")
    assert "claude.googleapis.com" in refusal(httpx.Response(403, json=off), "google-cloud")


def test_a_server_of_ones_own_refuses_by_role() -> None:
    """Its roles are what a refusal is about; a workspace is not."""
    body = {"type": "error", "error": {"type": "permission_error", "message": "no"}}

    assert "role" in refusal(httpx.Response(403, json=body), "self-hosted")
    assert "`developer`" in refusal(httpx.Response(403, json=body), "self-hosted")


def test_no_secret_of_aws_is_in_an_error() -> None:
    """A gateway may repeat what it was sent."""

    def answer(request: httpx.Request) -> httpx.Response:
        said = f"{request.headers['x-amz-security-token']} {SECRET}"
        return httpx.Response(400, json={"type": "error", "error": {"type": "invalid", "message": said}})

    with pytest.raises(Refused) as refused:
        backend(answer).send(LISTING)
    assert TOKEN not in str(refused.value)
    assert SECRET not in str(refused.value)


def _set(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("variables", "config", "words"),
    [
        ({"AWS_PROFILE": "nobody"}, "", "nobody"),
        ({"AWS_ACCESS_KEY_ID": "AKID"}, "", "AWS_SECRET_ACCESS_KEY"),
        ({"AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/x"}, "", "/nowhere"),
        ({}, "[default\nfoo", "parse"),
        (
            {},
            LOGIN,
            "SSO",
        ),
    ],
)
def test_an_identity_that_aws_does_not_find_is_said_in_a_sentence(
    variables: dict[str, str], config: str, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A profile that is not there, half a key, a login that is over: nothing was sent."""
    _set(monkeypatch, **variables)
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text(config)
    sent: list[httpx.Request] = []

    with pytest.raises(Unsigned) as unsigned:
        backend(lambda request: sent.append(request) or httpx.Response(200, json={})).send(LISTING)  # type: ignore[func-returns-value]

    assert words in str(unsigned.value)
    assert "ANTHROPIC_AWS_API_KEY" in str(unsigned.value)
    assert not sent


def test_blanks_of_a_query_are_signed_as_aws_reads_them() -> None:
    """AWS takes a blank for `%20`; one that is a plus has another signature."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"data": [], "next_page": None})

    where = {"path_prefix": "/my notes+more/"}
    backend(answer).send(Call(Operation("memory_stores.memories", "list"), {"memory_store_id": "m"}, query=where))

    assert b"+" not in seen[0].url.query
    assert dict(parse_qsl(seen[0].url.query.decode())) == where


def test_a_repetition_is_signed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature is good for minutes, and identities change."""
    seen: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["x-amz-security-token"])
        monkeypatch.setenv("AWS_SESSION_TOKEN", "other-token-of-last-week")
        return httpx.Response(503 if len(seen) == 1 else 200, json={"data": [], "next_page": None})

    backend(answer).send(LISTING)

    assert len(seen) == 2


def test_an_upload_is_signed_with_its_bytes() -> None:
    """The whole body is in the signature, whatever it streams from."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(400, json={"type": "error", "error": {"type": "invalid", "message": "no"}})

    with httpx.Client(transport=httpx.MockTransport(answer), auth=SigV4("eu-west-1", Learned())) as client:
        client.post("https://gateway.example.com/v1/files", files={"file": ("a.txt", b"content")})

    assert b"content" in seen[0].content
    assert "content-type" in seen[0].headers["authorization"]


def test_a_server_that_says_nothing_is_no_crash() -> None:
    """Bodies of every form."""
    for content in (b"", b"[]", b"{", b"<Message>", b"<Message>" + b"x" * 5000, json.dumps({"message": {}}).encode()):
        with pytest.raises(CallFailed):
            backend(lambda _, content=content: httpx.Response(403, content=content)).send(LISTING)


def test_kinds_with_and_without_files_are_made_and_removed_by_who_signs(tmp_path: Path) -> None:
    """The whole way, over a port: what is streamed, and what is looked for by a path with blanks."""
    with Emulator(tmp_path / "world", place="aws") as emulator, emulator.serve() as server:
        given = {"place": "aws", "baseUrl": server.url, "region": "eu-west-1", "workspaceId": "wrkspc_01emulator"}
        provider = ConfiguredProvider(configure(given, {}), lambda _: None)
        context = replace(provider.context, files=Shelf())
        store = made(context, "MemoryStore", {"name": "store"})
        memory = {"memoryStoreId": store.id, "path": "/my notes/a b.md", "content": "text"}
        for kind, bag in (("File", {"filename": "a b.txt", "text": "text"}), ("Memory", memory)):
            state = made(context, kind, bag)
            assert apply.read(KINDS[kind].on("claude"), state.id, state.outputs, context) is not None
            apply.delete(KINDS[kind].on("claude"), state.id, state.outputs, context)

        provider.close()
        assert {row["status"] for row in emulator.control.requests()} == {200}


def made(context: apply.Context, kind: str, bag: Bag) -> State:
    checking = replace(CONTEXT, capabilities=context.backend.capabilities)
    chosen = KINDS[kind].on("claude")
    return apply.create(chosen, checked(chosen, bag, None, context.files, checking), context)


def test_a_machine_without_an_identity_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chain asks the machine last, which takes seconds where nobody answers: not for each of many requests."""
    _set(monkeypatch)
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
    asked: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), type("Machine", (_Machine,), {"asked": asked}))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", f"http://127.0.0.1:{server.server_port}/")
    platform = backend(lambda _: httpx.Response(200, json={}))

    looked = []
    for _ in range(2):
        with pytest.raises(ConfigError, match="no AWS credentials"):
            platform.send(LISTING)
        looked.append(len(asked))
    server.shutdown()
    server.server_close()
    thread.join(10)

    assert looked[0] > 0
    assert looked[1] == looked[0]


class _Machine(BaseHTTPRequestHandler):
    """What tells machines of AWS their role; this one has none."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    do_PUT = do_GET  # noqa: N815 - the same

    def log_message(self, *_: Any) -> None:  # type: ignore[override]
        """Nobody reads it."""

"""The service with a review session for each pull request, behind signed webhooks."""

from __future__ import annotations

import hashlib
import hmac
import importlib
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from credentials.identities import identity, trust
from engine import outside
from gitops import runner
from gitops.repository import EXAMPLE, EXCHANGE, FEDERATION, PASSPHRASE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Emulator, Server

SECRET = "a-made-up-webhook-secret"
CLONE_TOKEN = "a-made-up-clone-token"
UNRELATED = "a-made-up-secret-of-something-else"
FIRST, SECOND = "1" * 40, "2" * 40
RECORDER = """#!/bin/sh
{ printf '%s\\n' "$@"; echo --; env; echo ==; } >>"{log}"
exec "{pulumi}" "$@"
"""
"""Notes what any process on the machine can see of a command, and what its children get."""


class Hook:
    """GitHub, as the service sees it."""

    def __init__(self, folder: Path, emulator: Emulator, server: Server, service: Any, reviews: Any) -> None:
        self._emulator = emulator
        self._mark = 0
        (folder / "state").mkdir()
        program = shutil.copytree(EXAMPLE / "automation" / "review", folder / "review")
        agent = outside.post(emulator, "/v1/agents", name="reviewer", model="claude-sonnet-4-6")
        environment = outside.post(emulator, "/v1/environments", name="sandbox", config={"type": "cloud"})
        self.log = folder / "commands"
        trust(emulator)
        token = folder / "identity"
        token.write_text(identity())
        variables = runner.machine(
            folder,
            PATH=f"{recorder(folder, self.log)}{os.pathsep}{os.environ['PATH']}",
            PULUMI_BACKEND_URL=f"file://{folder / 'state'}",
            PULUMI_CONFIG_PASSPHRASE=PASSPHRASE,
            ANTHROPIC_BASE_URL=server.url,
            ANTHROPIC_IDENTITY_TOKEN_FILE=str(token),
            XDG_CACHE_HOME=str(folder / "cache"),
            **FEDERATION,
        )
        made = reviews.Reviews(agent["id"], environment["id"], CLONE_TOKEN, variables, program)
        self.service = service.Service(SECRET, made)
        self.sent()

    def commands(self) -> list[tuple[list[str], str]]:
        """The commands that were run since the last call: their words and their environment."""
        found = [part.partition("\n--\n") for part in self.log.read_text().split("\n==\n") if part]
        self.log.unlink()
        return [(words.splitlines(), environment) for words, _, environment in found]

    def send(self, body: bytes, secret: str = SECRET, event: str = "pull_request") -> int:
        """Delivers a body as it is; the answer's status."""
        signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-GitHub-Event": event, "X-Hub-Signature-256": signature}
        answer = Client(self.service).post("/webhook", data=body, headers=headers)
        self.service.finish()
        return answer.status_code

    def deliver(self, action: str, at: str, commit: str = FIRST, secret: str = SECRET, **more: Any) -> int:
        """Delivers an event, waits until it is handled, and returns the answer's status."""
        head = {"ref": "feature", "sha": commit, "repo": {"full_name": "org/app"}, **more}
        about = {"number": 12, "updated_at": f"2026-11-21T{at}Z", "head": head}
        body = json.dumps({"action": action, "pull_request": about, "repository": {"full_name": "org/app"}}).encode()
        return self.send(body, secret)

    def sent(self) -> list[str]:
        """The operations that the platform was asked for since the last call."""
        fresh = self._emulator.control.requests(self._mark)
        self._mark = max((row["n"] for row in fresh), default=self._mark)
        return [str(row["operation"]) for row in fresh if row["operation"] != EXCHANGE]


def recorder(folder: Path, log: Path) -> Path:
    """A folder with an engine that notes how it is run."""
    place = folder / "programs"
    place.mkdir()
    real = shutil.which("pulumi")
    assert real
    (place / "pulumi").write_text(RECORDER.replace("{log}", str(log)).replace("{pulumi}", real))
    (place / "pulumi").chmod(0o755)
    return place


@pytest.fixture
def hook(tmp_path: Path, platform: tuple[Emulator, Server], monkeypatch: pytest.MonkeyPatch) -> Hook:
    """The service, and GitHub in front of it."""
    monkeypatch.syspath_prepend(str(EXAMPLE / "automation"))
    service, reviews = importlib.import_module("service"), importlib.import_module("reviews")
    made = Hook(tmp_path, *platform, service, reviews)
    for name, value in {"WEBHOOK_SECRET": SECRET, "CLONE_TOKEN": CLONE_TOKEN, "SOMETHING_ELSE": UNRELATED}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", f"{tmp_path / 'programs'}{os.pathsep}{os.environ['PATH']}")
    return made


def tasks(emulator: Emulator, session: str) -> list[str]:
    """What the session was told to do, in order."""
    transport = httpx.WSGITransport(app=emulator.wsgi)
    with httpx.Client(base_url="http://emulator", transport=transport, headers=outside.HEADERS) as client:
        events = client.get(f"/v1/sessions/{session}/events").raise_for_status().json()["data"]
    return [item["content"][0]["text"] for item in events if item["type"] == "user.message"]


@pytest.mark.engine
def test_a_pull_request_has_a_session_until_it_is_closed(hook: Hook, platform: tuple[Emulator, Server]) -> None:
    emulator = platform[0]
    token = emulator.control.fingerprint(CLONE_TOKEN)

    assert hook.deliver("opened", "10:00:00") == 202
    (session,) = emulator.control.objects("sessions")
    (mount,) = emulator.control.mounts(session["id"])
    assert session["title"] == "Review of #12"
    assert (mount["url"], mount["fingerprint"]) == ("https://github.com/org/app", token)
    assert hook.sent() == ["sessions.create", "sessions.events.send"]
    the_token_went_to_one_child(hook)
    (task,) = tasks(emulator, session["id"])
    assert FIRST in task
    hook.sent()

    assert hook.deliver("opened", "10:00:00") == 202  # delivered again
    assert hook.sent() == []

    assert hook.deliver("synchronize", "10:05:00", SECOND) == 202
    assert hook.sent() == ["sessions.events.send"]
    assert [SECOND in text for text in tasks(emulator, session["id"])] == [False, True]
    hook.sent()

    assert hook.deliver("closed", "10:10:00", SECOND) == 202
    (session,) = emulator.control.objects("sessions")
    assert session["archived_at"]
    hook.sent()

    for action, at in (("closed", "10:10:00"), ("opened", "10:00:00"), ("synchronize", "10:05:00")):
        assert hook.deliver(action, at, SECOND) == 202  # late or again: the pull request stays closed
    assert hook.sent() == []


def the_token_went_to_one_child(hook: Hook) -> None:
    """Nothing secret is in any command's words, and each child's environment holds what it needs."""
    commands = hook.commands()
    seen = [words for words, environment in commands if CLONE_TOKEN in environment]
    assert [words for words in seen if "up" not in words] == []
    assert len(seen) == 1
    for words, environment in commands:
        assert not [word for word in words if CLONE_TOKEN in word or SECRET in word]
        assert SECRET not in environment
        assert UNRELATED not in environment


def deep(levels: int) -> bytes:
    return b'{"action": ' + b"[" * levels + b"]" * levels + b"}"


ODD = [
    b"",
    b"[]",
    b"null",
    b'"text"',
    b"\xff\xfe",
    b"{",
    deep(100_000),
    b"[" * 100_000,
    b'{"action": "opened"}',
    b'{"action": "opened", "pull_request": {"head": 1}, "repository": {"full_name": "org/app"}}',
    b'{"action": "opened", "pull_request": {"head": {"repo": "org/app"}}, "repository": {"full_name": "org/app"}}',
    b'{"action": "opened", "pull_request": {"number": ' + b"9" * 5000 + b'}, "repository": {"full_name": "org/app"}}',
    b'{"action": {}, "pull_request": [], "repository": []}',
    json.dumps(
        {
            "action": "opened",
            "pull_request": {"number": float("inf"), "updated_at": "", "head": {"repo": {"full_name": "org/app"}}},
            "repository": {"full_name": "org/app"},
        }
    ).encode(),
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_what_github_does_not_send_is_refused(hook: Hook, body: bytes) -> None:
    assert hook.send(body) == 400
    assert hook.sent() == []


def test_a_body_that_is_too_large_is_refused(hook: Hook) -> None:
    assert hook.send(b" " * (26 * 1024 * 1024)) == 413


@pytest.mark.parametrize(
    "head",
    [{"ref": "-oops"}, {"ref": ""}, {"ref": "a\nb"}, {"ref": "\ud800"}, {"sha": "main"}, {"sha": "--all"}],
    ids=repr,
)
def test_a_head_that_is_none_is_refused(hook: Hook, head: dict[str, str]) -> None:
    assert hook.deliver("opened", "10:00:00", **head) == 400
    assert hook.sent() == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
HEADS = JSON | st.fixed_dictionaries(
    {}, optional={"ref": JSON, "sha": JSON, "repo": JSON | st.fixed_dictionaries({"full_name": st.just("org/app")})}
)
ABOUT = JSON | st.fixed_dictionaries({}, optional={"number": JSON, "updated_at": JSON, "head": HEADS})
EVENTS = JSON | st.fixed_dictionaries(
    {},
    optional={
        "action": JSON | st.sampled_from(["opened", "closed", "synchronize"]),
        "pull_request": ABOUT,
        "repository": JSON | st.fixed_dictionaries({"full_name": JSON | st.just("org/app")}),
    },
)


@given(document=EVENTS)
@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_event_asks_for_something_or_nothing_or_is_refused(monkeypatch: pytest.MonkeyPatch, document: Any) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLE / "automation"))
    webhook = importlib.import_module("webhook")
    try:
        wanted = webhook.pull_request("pull_request", json.dumps(document).encode())
    except ValueError:
        return
    assert wanted is None or wanted.repository == "org/app"


def test_a_wrong_signature_starts_nothing(hook: Hook) -> None:
    assert hook.deliver("opened", "10:00:00", secret="another-secret") == 401
    assert Client(hook.service).post("/webhook", data=b"{}").status_code == 401
    assert hook.sent() == []


def test_what_asks_for_no_review_starts_nothing(hook: Hook) -> None:
    assert hook.deliver("labeled", "10:00:00") == 200
    assert hook.deliver("opened", "10:00:00", repo={"full_name": "stranger/app"}) == 200
    assert hook.deliver("opened", "10:00:00", repo=None) == 200
    assert hook.sent() == []

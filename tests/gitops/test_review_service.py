"""The service with a review session for each pull request, behind signed webhooks."""

from __future__ import annotations

import hashlib
import hmac
import importlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from engine import outside
from gitops import runner
from gitops.repository import EXAMPLE, KEY, PASSPHRASE
from werkzeug.test import Client

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Emulator, Server

pytestmark = pytest.mark.engine

SECRET = "a-made-up-webhook-secret"
CLONE_TOKEN = "a-made-up-clone-token"
FIRST, SECOND = "1" * 40, "2" * 40


class Hook:
    """GitHub, as the service sees it."""

    def __init__(self, folder: Path, emulator: Emulator, server: Server, service: Any, reviews: Any) -> None:
        self._emulator = emulator
        self._mark = 0
        (folder / "state").mkdir()
        program = shutil.copytree(EXAMPLE / "automation" / "review", folder / "review")
        agent = outside.post(emulator, "/v1/agents", name="reviewer", model="claude-sonnet-4-6")
        environment = outside.post(emulator, "/v1/environments", name="sandbox", config={"type": "cloud"})
        variables = runner.machine(
            folder,
            PULUMI_BACKEND_URL=f"file://{folder / 'state'}",
            PULUMI_CONFIG_PASSPHRASE=PASSPHRASE,
            ANTHROPIC_BASE_URL=server.url,
            ANTHROPIC_API_KEY=KEY,
        )
        made = reviews.Reviews(agent["id"], environment["id"], CLONE_TOKEN, variables, program)
        self.service = service.Service(SECRET, made)
        self.sent()

    def deliver(self, action: str, at: str, commit: str = FIRST, secret: str = SECRET, **more: Any) -> int:
        """Delivers an event, waits until it is handled, and returns the answer's status."""
        head = {"ref": "feature", "sha": commit, "repo": {"full_name": "org/app"}, **more}
        about = {"number": 12, "updated_at": f"2026-11-21T{at}Z", "head": head}
        body = json.dumps({"action": action, "pull_request": about, "repository": {"full_name": "org/app"}}).encode()
        signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-GitHub-Event": "pull_request", "X-Hub-Signature-256": signature}
        answer = Client(self.service).post("/webhook", data=body, headers=headers)
        self.service.finish()
        return answer.status_code

    def sent(self) -> list[str]:
        """The operations that the platform was asked for since the last call."""
        fresh = self._emulator.control.requests(self._mark)
        self._mark = max((row["n"] for row in fresh), default=self._mark)
        return [str(row["operation"]) for row in fresh]


@pytest.fixture
def hook(tmp_path: Path, platform: tuple[Emulator, Server], monkeypatch: pytest.MonkeyPatch) -> Hook:
    """The service, and GitHub in front of it."""
    monkeypatch.syspath_prepend(str(EXAMPLE / "automation"))
    service, reviews = importlib.import_module("service"), importlib.import_module("reviews")
    return Hook(tmp_path, *platform, service, reviews)


def tasks(emulator: Emulator, session: str) -> list[str]:
    """What the session was told to do, in order."""
    transport = httpx.WSGITransport(app=emulator.wsgi)
    with httpx.Client(base_url="http://emulator", transport=transport, headers=outside.HEADERS) as client:
        events = client.get(f"/v1/sessions/{session}/events").raise_for_status().json()["data"]
    return [item["content"][0]["text"] for item in events if item["type"] == "user.message"]


def test_a_pull_request_has_a_session_until_it_is_closed(hook: Hook, platform: tuple[Emulator, Server]) -> None:
    emulator = platform[0]
    token = emulator.control.fingerprint(CLONE_TOKEN)

    assert hook.deliver("opened", "10:00:00") == 202
    (session,) = emulator.control.objects("sessions")
    (mount,) = emulator.control.mounts(session["id"])
    assert session["title"] == "Review of #12"
    assert (mount["url"], mount["fingerprint"]) == ("https://github.com/org/app", token)
    assert hook.sent() == ["sessions.create", "sessions.events.send"]
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


def test_a_wrong_signature_starts_nothing(hook: Hook) -> None:
    assert hook.deliver("opened", "10:00:00", secret="another-secret") == 401
    assert Client(hook.service).post("/webhook", data=b"{}").status_code == 401
    assert hook.sent() == []


def test_what_asks_for_no_review_starts_nothing(hook: Hook) -> None:
    assert hook.deliver("labeled", "10:00:00") == 200
    assert hook.deliver("opened", "10:00:00", repo={"full_name": "stranger/app"}) == 200
    assert hook.deliver("opened", "10:00:00", repo=None) == 200
    assert hook.sent() == []

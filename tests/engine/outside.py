"""Another program on the same platform: plain requests, with nothing of ours in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from pulumi_managed_agents.emulator import Emulator

HEADERS = {"x-api-key": "another-key", "anthropic-version": "2023-06-01", "anthropic-beta": "managed-agents-2026-04-01"}


def post(emulator: Emulator, path: str, **body: Any) -> dict[str, Any]:
    """Creates or changes something."""
    transport = httpx.WSGITransport(app=emulator.wsgi)
    with httpx.Client(base_url="http://emulator", transport=transport, headers=HEADERS) as client:
        answer = client.post(path, json=body)
    assert answer.is_success, answer.text
    found: dict[str, Any] = answer.json()
    return found


def session(emulator: Emulator, *resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A session with an agent and an environment of its own."""
    agent = post(emulator, "/v1/agents", name="outsider", model="claude-opus-4-8")
    environment = post(emulator, "/v1/environments", name="outside")
    return post(
        emulator, "/v1/sessions", agent=agent["id"], environment_id=environment["id"], resources=resources, **more
    )

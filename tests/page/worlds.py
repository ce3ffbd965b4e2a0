"""Worlds worth looking at: what tests and pictures show."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import loopback
from core.crashed import Crashed
from observation.standing import Standing

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Emulator

AGENTS = ("reviewer", "writer", "triage", "gardener")
SESSIONS = (
    "review of the new parser",
    "release notes",
    "triage of issues",
    "weekly tidying",
    "dependency updates",
    "docs for 2.0",
    "flaky test hunt",
    "changelog",
    "security review",
)
REPOSITORIES = ("app", "docs", "infra")
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
BUDGET = {"type": "limit", "max_list_cost": {"amount": "1000", "currency": "USD"}}
GOOD, LATER, BAD = "token-of-today", "token-of-tomorrow", "token-of-last-week"


def busy(emulator: Emulator) -> None:
    """A morning of four agents: some sessions run, one waits, one failed, one has ended."""
    control, chance = emulator.control, random.Random(1)
    control.seed(3)
    control.clock(now="2026-11-27T06:00:00Z")
    urls = [f"https://github.com/acme/{name}" for name in REPOSITORIES]
    control.repositories([{"url": url, "private": True, "tokens": [GOOD, LATER]} for url in urls])
    with emulator.serve() as server, loopback.claude(server.url) as client:
        beta: Any = client.beta
        agents = [beta.agents.create(name=name, model="claude-opus-5-5") for name in AGENTS]
        environment = beta.environments.create(name="sandbox")
        beta.vaults.create(display_name="keys")
        sessions = []
        for number, title in enumerate(SESSIONS):
            control.clock(advance_seconds=chance.randint(600, 2400))
            token = BAD if number == 4 else GOOD
            mount = {"type": "github_repository", "url": urls[number % 3], "authorization_token": token}
            made = {"agent": agents[number % 4].id, "environment_id": environment.id, "title": title}
            more = {"budget": BUDGET} if number % 2 == 0 else {}
            session = beta.sessions.create(**made, resources=[mount], **more)
            cost = {"amount": str(chance.randint(20, 980)), "currency": "USD"}
            control.change("sessions", session.id, usage={**session.usage.model_dump(), "list_cost": cost})
            sessions.append(session)
        for number in (1, 6, 7):
            control.clock(advance_seconds=300)
            resource, session = sessions[number].resources[0].id, sessions[number].id
            beta.sessions.resources.update(resource, session_id=session, authorization_token=LATER)
        for number, status in ((2, "running"), (6, "running"), (3, "terminated")):
            control.set_status(sessions[number].id, status)
        waits = {"type": "requires_action", "event_ids": ["sevt_01confirmation"]}
        control.emit(sessions[1].id, {"type": "session.status_idle", "stop_reason": waits})
        start = {"agent": agents[0].id, "environment_id": environment.id, "initial_events": [HELLO]}
        schedule = {"type": "cron", "expression": "0 3 * * *", "timezone": "UTC"}
        deployment = beta.deployments.create(name="nightly review", schedule=schedule, **start)
        beta.deployments.run(deployment.id)
        control.clock(advance_seconds=900)
        beta.deployments.run(deployment.id)
        control.clock(advance_seconds=1200)


def stacks(folder: Path) -> tuple[list[bytes], Crashed]:
    """Three stacks of a team, of which one has been changed elsewhere and one has lost a session."""
    found = Standing(Crashed(folder / "world.emulator"))
    control = found.control()
    for number, title in enumerate(SESSIONS[:6]):
        mount = {"type": "github_repository", "url": f"https://github.com/acme/{REPOSITORIES[number % 3]}"}
        limit = {"type": "limit", "maxListCost": BUDGET["max_list_cost"]}
        resources = [{**mount, "authorizationToken": GOOD}]
        session = found.session(title.replace(" ", "-"), title=title, budget=limit, resources=resources)
        (told,) = [each for each in control.objects("sessions") if each["id"] == session.id]
        cost = {"amount": str(130 + 170 * number), "currency": "USD"}
        usage = {**told["usage"], "list_cost": cost, "input_tokens": 7}
        control.change("sessions", session.id, usage=usage, created_at=f"2026-11-27T0{number + 1}:00:00Z")
    ids = [found.states[title.replace(" ", "-")].id for title in SESSIONS[:6]]
    control.set_status(ids[0], "running")
    asked = {"type": "requires_action", "event_ids": ["sevt_01confirmation"]}
    control.emit(ids[1], {"type": "session.status_idle", "stop_reason": asked})
    control.set_status(ids[3], "terminated")
    control.change("agents", found.states["worker"].id, name="somebody-else")
    exported = json.loads(found.crashed.text())
    shares = {"dev": (0, 5), "staging": (1,), "prod": (2, 3, 4)}
    return [_share(exported, name, [ids[number] for number in kept]) for name, kept in shares.items()], found.crashed


def _share(exported: Any, stack: str, sessions: list[str]) -> bytes:
    """The state of a stack that has only some of the sessions."""
    entries = exported["deployment"]["resources"]
    kept = [each for each in entries if each.get("id") in sessions or not str(each.get("id")).startswith("sesn_")]
    text = json.dumps({"version": 3, "deployment": {"resources": kept}})
    return text.replace(":dev::shop", f":{stack}::shop").encode()

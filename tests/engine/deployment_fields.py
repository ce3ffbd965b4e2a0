"""Every property of deployments and of events sent to sessions, changed."""

from __future__ import annotations

from typing import Any

from engine.declare import agent, environment, ref, repository, row, session
from engine.fields import Change, Table

ID = ref("reviewer.id")
GROWING = ref("growing.id")


def message(text: str) -> dict[str, Any]:
    """Something said."""
    return {"type": "user.message", "content": [{"type": "text", "text": text}]}


def cron(expression: str = "0 8 * * 1", timezone: str = "UTC") -> dict[str, Any]:
    """A schedule."""
    return {"schedule": {"type": "cron", "expression": expression, "timezone": timezone}}


def repo(name: str, **more: Any) -> dict[str, Any]:
    """A repository, written into the deployment itself."""
    return {"type": "github_repository", "url": f"https://github.com/org/{name}", **more}


def budget(cents: str) -> dict[str, Any]:
    """A budget."""
    return {"budget": {"type": "limit", "max_list_cost": {"amount": cents, "currency": "USD"}}}


DEPLOYMENT_CHANGES = (
    Change("deployment-named", {"name": "one"}, {"name": "two"}, platform={"name": "two"}),
    Change("deployment-described", {"description": "one"}, {}, platform={"description": None}),
    Change("agent-exchanged", {}, {"agent": ref("other.id")}),
    Change("agent-written-out", {}, {"agent": {"id": ID}}, "same"),
    Change("agent-pinned", {}, {"agent": {"id": ID, "version": 1}}),
    Change(
        "agent-followed",
        {"agent": {"id": GROWING, "version": ref("growing.version")}},
        {"agent": {"id": GROWING, "version": ref("growing.version")}},
        platform={"agent.version": 2},
    ),
    Change("environment-exchanged", {}, {"environment_id": ref("other-sandbox.id")}),
    Change("told-something-else", {"initial_events": [message("one")]}, {"initial_events": [message("two")]}),
    Change(
        "told-in-a-file", {"initial_events": None, "source": "task.md"}, {"initial_events": None, "source": "task.md"}
    ),
    Change("schedule-added", {}, cron()),
    Change("schedule-moved", cron(), cron("30 9 * * 1", "Europe/Berlin")),
    Change("schedule-removed", cron(), {}, platform={"schedule": None}),
    Change(
        "schedule-paused",
        cron(),
        {**cron(), "paused": True},
        sends=("deployments.pause",),
        platform={"status": "paused"},
    ),
    Change(
        "schedule-unpaused",
        {**cron(), "paused": True},
        {**cron(), "paused": False},
        sends=("deployments.unpause",),
        platform={"status": "active"},
    ),
    Change("run-now", {}, {"run_trigger": "1"}, sends=("deployments.run",)),
    Change("run-again", {"run_trigger": "1"}, {"run_trigger": "2"}, sends=("deployments.run",)),
    Change("run-no-more", {"run_trigger": "1"}, {}, sends=()),
    Change("repository-added", {}, {"resources": [repo("app")]}),
    Change("repository-taken", {"resources": [repo("app")]}, {}, platform={"resources": []}),
    Change("repository-exchanged", {"resources": [repo("app")]}, {"resources": [repo("web")]}),
    Change("repository-moved", {"resources": [repo("app")]}, {"resources": [repo("app", mount_path="/workspace/b")]}),
    Change("repository-declared-apart", {"resources": [repo("app")]}, {"resources": [ref("deployed-app")]}),
    Change(
        "repository-token-rotated",
        {"resources": [repo("app", authorization_token="made-up-token-1")]},
        {"resources": [repo("app", authorization_token="made-up-token-2")]},
    ),
    Change(
        "repositories-in-another-order",
        {"resources": [repo("app"), repo("web")]},
        {"resources": [repo("web"), repo("app")]},
        "same",
    ),
    Change("vault-added", {}, {"vault_ids": [ref("deployed-vault.id")]}),
    Change("vault-taken", {"vault_ids": [ref("deployed-vault.id")]}, {}, platform={"vault_ids": []}),
    Change("budget-raised", budget("100"), budget("200")),
    Change("budget-removed", budget("100"), {}),
    Change("deployment-labelled", {"metadata": {"a": "1"}}, {"metadata": {"b": "1"}}, platform={"metadata.a": None}),
)

BASE = {"agent": ID, "environment_id": ref("sandbox.id"), "initial_events": [message("Look.")]}

DEPLOYMENTS = Table(
    kind="Deployment",
    collection="deployments",
    declare=lambda name, /, options=None, **args: row("Deployment")(
        name, options, **{key: value for key, value in {**BASE, **args}.items() if value is not None}
    ),
    changes=DEPLOYMENT_CHANGES,
    elsewhere=("environment_variables",),
    around=(
        agent(),
        agent("other"),
        agent("growing", system="one"),
        environment(),
        environment("other-sandbox"),
        repository("deployed-app"),
        row("Vault")("deployed-vault"),
    ),
    around_after=(
        agent(),
        agent("other"),
        agent("growing", system="two"),
        environment(),
        environment("other-sandbox"),
        repository("deployed-app"),
        row("Vault")("deployed-vault"),
    ),
    updates=("deployments.update",),
    removes=("deployments.archive",),
    secrets=("made-up-token-1", "made-up-token-2"),
    files={"before": {"task.md": "Look at one.\n"}, "after": {"task.md": "Look at two.\n"}},
)


def sent(*texts: str) -> dict[str, Any]:
    """Events."""
    return {"events": [message(text) for text in texts]}


EVENT_CHANGES = (
    Change("other-words", sent("one"), sent("two")),
    Change("more-words", sent("one"), sent("one", "two")),
    Change("words-in-a-file", {"source": "words.md"}, {"source": "words.md"}),
    Change("sent-again", {**sent("one"), "trigger": "1"}, {**sent("one"), "trigger": "2"}),
    Change("waited-for", sent("one"), {**sent("one"), "wait_for_idle": True}, sends=()),
    Change("waited-for-longer", sent("one"), {**sent("one"), "idle_timeout_seconds": 60}, sends=()),
    Change(
        "said-to-another", sent("one"), {**sent("one"), "session_id": ref("session-besides.id")}, "replace", sends=()
    ),
)

EVENTS = Table(
    kind="SessionEvents",
    collection="sessions",
    declare=lambda name, /, options=None, **args: row("SessionEvents")(
        name, options, **{"session_id": ref(f"session-of-{name}.id"), **args}
    ),
    changes=EVENT_CHANGES,
    around=(
        agent("listener"),
        environment("room"),
        *(
            session(name, agent=ref("listener.id"), environment_id=ref("room.id"))
            for name in ("session-besides", *(f"session-of-{change.name}" for change in EVENT_CHANGES))
        ),
    ),
    updates=("sessions.events.send",),
    files={"before": {"words.md": "One.\n"}, "after": {"words.md": "Two.\n"}},
)

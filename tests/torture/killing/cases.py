"""What is killed in the middle of: one resource of each kind, created, updated, replaced and deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.declare import agent, environment, ref, repository, row, session

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, Any]

OPERATIONS = ("create", "update", "replace", "delete")

TOKENS = ("token-of-last-week", "token-of-this-week")
CRON = {"type": "cron", "expression": "0 8 * * 1", "timezone": "UTC"}
FILES = {
    f"{name}/SKILL.md": f"---\nname: reviewing\ndescription: What it does.\n---\nLook {name}.\n"
    for name in ("once", "twice")
}


def said(text: str) -> Row:
    """An event."""
    return {"type": "user.message", "content": [{"type": "text", "text": text}]}


def secret(number: int) -> Row:
    """A token that is secret in the program."""
    return {"$secret": TOKENS[number]}


def mounted(name: str, number: int) -> Row:
    """A repository among a session's resources."""
    url = f"https://github.com/org/{name}"
    return {
        "type": "github_repository",
        "url": url,
        "mount_path": f"/workspace/{name}",
        "authorization_token": secret(number),
    }


def file(name: str) -> Row:
    """A file among a session's resources."""
    return {"type": "file", "file_id": f"file_{name}"}


BASE: tuple[Row, ...] = (
    agent(),
    agent("other"),
    environment(),
    row("Vault")("keys"),
    row("MemoryStore")("notes"),
    row("MemoryStore")("more-notes"),
    repository("bound", authorization_token=TOKENS[0], mount_path="/workspace/bound"),
    session("talk", resources=[ref("bound")]),
    session("more-talk"),
)
"""What the resources need, and nobody touches."""


@dataclass(frozen=True, eq=False)
class Case:
    """One resource in its states; what it has no state of its own for is forced, or left out."""

    kind: str
    table: str
    """Where the platform keeps such objects."""
    requests: str
    """What is asked for about it: a pattern for the names of operations."""
    name: str
    created: Row
    updated: Row | None = None
    replaced: Row | None = None
    forced: Row | None = None
    """What is declared of it while it is replaced because somebody asks for it."""
    title: str = ""

    @property
    def stamped(self) -> bool:
        """Whether its object carries a stamp."""
        return self in STAMPED

    @property
    def label(self) -> str:
        """What the table calls it."""
        return self.title or self.kind

    def has(self, operation: str) -> bool:
        """Whether there is such an operation of it."""
        return {"update": self.updated is not None, "replace": (self.forced or self.replaced) is not None}.get(
            operation, True
        )

    def states(self, operation: str) -> tuple[list[Row], list[Row]]:
        """What a program declares of it before an operation, and after."""
        made = [self._row(self.created)]
        match operation:
            case "create":
                return [], made
            case "update":
                return made, [self._row(self.updated or {})]
            case "replace":
                if self.replaced is not None:
                    return made, [self._row(self.replaced)]
                return [self._row(self.forced or {})], [self._row(self.forced or {})]
        return made, []

    def _row(self, args: Row) -> Row:
        return row(self.kind)(self.name, **args)


def _labels(count: int) -> Row:
    return {f"label-{number}": "x" for number in range(count)}


_SESSION = {"agent": ref("reviewer.id"), "environment_id": ref("sandbox.id")}
_DEPLOYMENT = {**_SESSION, "initial_events": [said("hello")], "schedule": CRON}
_BEARER = {"type": "static_bearer", "mcp_server_url": "https://a.example.com/", "token": secret(0)}
_MODEL = {"model": "claude-opus-4-8"}

STAMPED: tuple[Case, ...] = (
    Case(
        "Agent",
        "agents",
        r"agents\.\w+",
        "x-agent",
        {**_MODEL, "system": "one"},
        {**_MODEL, "system": "two"},
        forced={**_MODEL, "system": "one"},
    ),
    Case(
        "Environment",
        "environments",
        r"environments\.\w+",
        "x-environment",
        {"description": "one"},
        {"description": "two"},
        {"description": "one", "config": {"type": "self_hosted"}},
    ),
    Case(
        "Session",
        "sessions",
        r"sessions\..+",
        "x-session",
        {**_SESSION, "title": "one", "resources": [mounted("app", 0), mounted("web", 0), file("plan")]},
        {**_SESSION, "title": "two", "resources": [mounted("app", 1), mounted("web", 1), file("data")]},
        {**_SESSION, "agent": ref("other.id"), "title": "one", "resources": [mounted("app", 0)]},
    ),
    Case(
        "Deployment",
        "deployments",
        r"deployments\.\w+",
        "x-deployment",
        {**_DEPLOYMENT, "paused": True, "run_trigger": "one"},
        {**_DEPLOYMENT, "description": "two", "paused": False, "run_trigger": "two"},
        forced={**_DEPLOYMENT, "paused": True},
    ),
    Case(
        "Vault",
        "vaults",
        r"vaults\.\w+",
        "x-vault",
        {"display_name": "one"},
        {"display_name": "two"},
        forced={"display_name": "one"},
    ),
    Case(
        "Credential",
        "credentials",
        r"vaults\.credentials\.\w+",
        "x-credential",
        {"vault_id": ref("keys.id"), "auth": _BEARER},
        {"vault_id": ref("keys.id"), "auth": {**_BEARER, "token": secret(1)}},
        {"vault_id": ref("keys.id"), "auth": {**_BEARER, "mcp_server_url": "https://b.example.com/"}},
    ),
    Case(
        "MemoryStore",
        "memory_stores",
        r"memory_stores\.\w+",
        "x-store",
        {"description": "one"},
        {"description": "two"},
        forced={"description": "one"},
    ),
    Case(
        "UserProfile",
        "user_profiles",
        r"user_profiles\.\w+",
        "x-profile",
        {"name": "Ada", "external_user_details": {"country": "GB"}},
        {"name": "Ada", "external_user_details": {"country": "FR"}},
        {"external_user_details": {"country": "GB"}},
    ),
)
"""The kinds whose objects carry a stamp."""

WITHOUT_STAMP: tuple[Case, ...] = (
    Case(
        "Memory",
        "memories",
        r"memory_stores\.memories\.\w+",
        "x-memory",
        {"memory_store_id": ref("notes.id"), "path": "/a.md", "content": "one"},
        {"memory_store_id": ref("notes.id"), "path": "/a.md", "content": "two"},
        {"memory_store_id": ref("more-notes.id"), "path": "/a.md", "content": "one"},
    ),
    Case(
        "File",
        "files",
        r"files\.\w+",
        "x-file",
        {"text": "one", "filename": "plan.txt"},
        None,
        {"text": "another", "filename": "plan.txt"},
    ),
    Case(
        "Skill",
        "skills",
        r"skills\..+",
        "x-skill",
        {"path": "once"},
        {"path": "twice"},
        {"path": "once", "display_name": "other"},
    ),
    Case(
        "SessionEvents",
        "events",
        r"sessions\.events\.\w+",
        "x-task",
        {"session_id": ref("talk.id"), "events": [said("one")]},
        {"session_id": ref("talk.id"), "events": [said("two")]},
        {"session_id": ref("more-talk.id"), "events": [said("one")]},
    ),
    Case(
        "RepositoryResource",
        "mounts",
        r"sessions\.resources\.\w+",
        "x-bound",
        {"url": "https://github.com/org/bound", "session_id": ref("talk.id"), "authorization_token": secret(0)},
        {"url": "https://github.com/org/bound", "session_id": ref("talk.id"), "authorization_token": secret(1)},
        title="RepositoryResource, bound",
    ),
    Case(
        "Agent",
        "agents",
        r"agents\.\w+",
        "x-labelled",
        {**_MODEL, "system": "one", "metadata": _labels(16)},
        {**_MODEL, "system": "two", "metadata": _labels(16)},
        forced={**_MODEL, "system": "one", "metadata": _labels(16)},
        title="Agent with 16 labels",
    ),
)
"""What carries none."""


def groups(cases: Sequence[Case], size: int) -> list[tuple[Case, ...]]:
    """The cases in parties, each killed at once: no two of them in one table."""
    parties: list[list[Case]] = []
    for case in cases:
        fits = (party for party in parties if len(party) < size and case.table not in {each.table for each in party})
        party = next(fits, None)
        if party is None:
            parties.append([case])
        else:
            party.append(case)
    return [tuple(party) for party in parties]

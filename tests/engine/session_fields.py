"""Every property of a session, changed."""

from __future__ import annotations

from typing import Any

from engine.agent_fields import CUSTOM, MCP, SERVER, TOOLSET
from engine.declare import agent, environment, ref, session
from engine.fields import Change, Table

MESSAGE = {"type": "user.message", "content": [{"type": "text", "text": "Look at the newest change."}]}
OUTCOME = {
    "type": "user.define_outcome",
    "description": "A list of findings.",
    "rubric": {"type": "text", "content": "Each finding names a line."},
}
STORE = {"type": "memory_store", "memory_store_id": "memstore_notes"}
PLAN, DATA = {"type": "file", "file_id": "file_plan"}, {"type": "file", "file_id": "file_data"}
ID = ref("reviewer.id")
ADDED, DELETED = "sessions.resources.add", "sessions.resources.delete"


def repo(name: str, **more: Any) -> dict[str, Any]:
    """A repository, written into the session itself."""
    return {"type": "github_repository", "url": f"https://github.com/org/{name}", **more}


def mounts(*entries: Any) -> dict[str, Any]:
    """What is mounted."""
    return {"resources": list(entries)}


def limit(cents: str) -> dict[str, Any]:
    """A budget."""
    return {"budget": {"type": "limit", "max_list_cost": {"amount": cents, "currency": "USD"}}}


def overridden(**more: Any) -> dict[str, Any]:
    """The agent with parts of it overridden."""
    return {"agent": {"id": ID, **more}}


WITH_SERVER = {"tools": [MCP], "mcp_servers": [SERVER]}

AGENT = (
    Change("agent-changed", {}, {"agent": ref("other-agent.id")}, "replace"),
    Change("agent-written-out", {}, {"agent": {"type": "agent", "id": ID}}, "same"),
    Change("agent-pinned", {}, {"agent": {"id": ID, "version": 1}}, "same"),
    Change(
        "agent-pin-moved",
        {"agent": {"id": ref("growing-agent.id"), "version": 1}},
        {"agent": {"id": ref("growing-agent.id"), "version": 2}},
        "replace",
    ),
    Change(
        "agent-pin-follows",
        {"agent": {"id": ref("growing-agent.id"), "version": ref("growing-agent.version")}},
        {"agent": {"id": ref("growing-agent.id"), "version": ref("growing-agent.version")}},
        "replace",
    ),
    Change("agent-not-pinned", {"agent": ref("growing-agent.id")}, {"agent": ref("growing-agent.id")}, "same"),
    Change("agent-model-overridden", {}, overridden(model="claude-sonnet-4-6"), "replace"),
    Change("agent-system-changed", overridden(system="one"), overridden(system="two"), "replace"),
    Change("agent-skills-overridden", overridden(tools=[TOOLSET]), overridden(tools=[TOOLSET], skills=[]), "replace"),
    Change("agent-tools-overridden", {}, overridden(tools=[TOOLSET])),
    Change("agent-tools-changed", overridden(tools=[TOOLSET]), overridden(tools=[TOOLSET, CUSTOM])),
    Change(
        "agent-tools-in-another-order",
        overridden(tools=[CUSTOM, TOOLSET]),
        overridden(tools=[TOOLSET, CUSTOM]),
        "same",
    ),
    Change("agent-tools-as-the-agent-has-them", overridden(tools=[TOOLSET]), {}, "replace"),
    Change(
        "agent-servers-changed",
        overridden(**WITH_SERVER),
        overridden(tools=[MCP], mcp_servers=[{**SERVER, "url": "https://tracker.example.org/mcp"}]),
    ),
    Change("agent-servers-as-the-agent-has-them", overridden(**WITH_SERVER), {}, "replace"),
)

OWN = (
    Change("environment-changed", {}, {"environment_id": ref("other-sandbox.id")}, "replace"),
    Change("title-changed", {"title": "one"}, {"title": "two"}),
    Change("title-removed", {"title": "one"}, {}, platform={"title": None}),
    Change(
        "metadata-changed",
        {"metadata": {"a": "1", "b": "1"}},
        {"metadata": {"a": "2"}},
        platform={"metadata.a": "2", "metadata.b": None},
    ),
    Change("vaults-changed", {"vault_ids": ["vlt_one"]}, {"vault_ids": ["vlt_two"]}, "replace"),
    Change(
        "vaults-in-another-order",
        {"vault_ids": ["vlt_one", "vlt_two"]},
        {"vault_ids": ["vlt_two", "vlt_one"]},
        "replace",
    ),
    Change("budget-raised", limit("100"), limit("200"), platform={"budget.max_list_cost.amount": "200"}),
    Change("budget-removed", limit("100"), {}, platform={"budget": None}),
    Change("budget-added-later", {}, limit("100"), "replace"),
    Change("first-message-added", {}, {"initial_events": [MESSAGE]}, "replace"),
    Change("outcome-added", {"initial_events": [MESSAGE]}, {"initial_events": [MESSAGE, OUTCOME]}, "replace"),
    Change("removal-deletes", {}, {"on_delete": "delete"}, sends=()),
    Change("removal-interrupts", {}, {"interrupt_on_delete": True}, sends=()),
    Change("removal-leaves", {}, {"leave_running_on_delete": True}, sends=()),
    Change("removal-waits-longer", {}, {"delete_timeout_seconds": 600}, sends=()),
    Change("readiness-waited-for", {}, {"wait_for_ready": True}, sends=("sessions.retrieve",)),
    Change("readiness-waited-for-longer", {}, {"ready_timeout_seconds": 600}, sends=()),
)

MOUNTED = (
    Change("file-added", mounts(PLAN), mounts(PLAN, DATA), sends=(ADDED,)),
    Change("first-file-added", {}, mounts(PLAN), sends=(ADDED,)),
    Change(
        "file-removed",
        mounts(PLAN, DATA),
        mounts(DATA),
        sends=(DELETED,),
        platform={"resources.0.file_id": "file_data"},
    ),
    Change("last-file-removed", mounts(PLAN), {}, sends=(DELETED,), platform={"resources": []}),
    Change("file-exchanged", mounts(PLAN), mounts(DATA), sends=(DELETED, ADDED)),
    Change(
        "file-exchanged-at-its-place",
        mounts({**PLAN, "mount_path": "/input"}),
        mounts({**DATA, "mount_path": "/input"}),
        sends=(DELETED, ADDED),
        platform={"resources.0.file_id": "file_data"},
    ),
    Change("files-in-another-order", mounts(PLAN, DATA), mounts(DATA, PLAN), "same"),
    Change("store-added", mounts(PLAN), mounts(PLAN, STORE), "replace"),
    Change("store-removed", mounts(PLAN, STORE), mounts(PLAN), "replace"),
    Change("store-access-changed", mounts(STORE), mounts({**STORE, "access": "read_only"}), "replace"),
    Change("store-access-written-down", mounts(STORE), mounts({**STORE, "access": "read_write"}), "same"),
    Change("store-instructions-changed", mounts(STORE), mounts({**STORE, "instructions": "Be brief."}), "replace"),
    Change("first-repository-added", {}, mounts(repo("app")), "replace"),
    Change("last-repository-removed", mounts(repo("app")), {}, "replace"),
    Change("first-store-added", {}, mounts(STORE), "replace"),
    Change("repository-added", mounts(repo("app")), mounts(repo("app"), repo("docs")), "replace"),
    Change("repository-removed", mounts(repo("app"), repo("docs")), mounts(repo("app")), "replace"),
    Change(
        "repositories-in-another-order", mounts(repo("app"), repo("docs")), mounts(repo("docs"), repo("app")), "same"
    ),
)

TABLE = Table(
    kind="Session",
    collection="sessions",
    declare=session,
    changes=(*AGENT, *OWN, *MOUNTED),
    around=(agent(tools=[]), agent("other-agent"), agent("growing-agent"), environment(), environment("other-sandbox")),
    around_after=(
        agent(tools=[]),
        agent("other-agent"),
        agent("growing-agent", description="grown"),
        environment(),
        environment("other-sandbox"),
    ),
    updates=("sessions.update",),
    removes=("sessions.archive",),
    looks=("sessions.retrieve",),
    elsewhere=("environment_variables",),
)

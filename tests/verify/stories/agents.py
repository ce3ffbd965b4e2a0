"""Agents: versions, what an update keeps, what a wrong one is refused for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import story

if TYPE_CHECKING:
    from verify.run import Run

TOOLSET: Final = {"type": "agent_toolset_20260401"}
SERVER: Final = {"type": "url", "name": "docs", "url": "https://mcp.example.com/mcp"}
USES_SERVER: Final = {"type": "mcp_toolset", "mcp_server_name": "docs"}


@story("agents: made, read, changed")
def life(run: Run) -> None:
    """One agent through its versions."""
    agents = run.at("agents")
    fields: dict[str, Any] = {
        "name": "reviewer",
        "model": run.model,
        "system": "You review code.",
        "description": "reviews",
        "tools": [TOOLSET, USES_SERVER],
        "mcp_servers": [SERVER],
        "metadata": {"team": "a", "tier": "1"},
    }
    one = run.create("a create with all of it", "agents", **fields).id
    run.see("a read", agents.retrieve, one)
    _change(run, one)
    run.see("the first version", agents.retrieve, one, version=1)
    run.see("a version that is not there", agents.retrieve, one, version=99)
    run.see("all versions, the newest first", agents.versions.list, one)
    run.see("an archive", agents.archive, one)
    run.see("a second archive", agents.archive, one)
    run.see("a change of an archived one", agents.update, one, version=_last(run, one), system="again")
    run.see("a read of an archived one", agents.retrieve, one)


def _change(run: Run, one: str) -> None:
    """Each change says which version it was made for."""
    agents = run.at("agents")
    run.see("a change of one field", agents.update, one, version=1, system="You review all code.")
    run.see("the same change again moves nothing", agents.update, one, version=2, system="You review all code.")
    run.see("a change of an older version", agents.update, one, version=1, system="Never.")
    run.see("null clears a text", agents.update, one, version=_last(run, one), description=None)
    changed = {"team": "b", "tier": None}
    run.see("metadata is merged, null removes", agents.update, one, version=_last(run, one), metadata=changed)
    run.see("lists are replaced", agents.update, one, version=_last(run, one), tools=[TOOLSET], mcp_servers=[])


def _last(run: Run, one: str) -> int:
    """The version that the server has, so that a difference in counting has no others behind it."""
    found = run.at_ease("agents").retrieve(one)
    return int(found.version)


@story("agents: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    agents = run.at("agents")
    wrong: dict[str, dict[str, Any]] = {
        "no name": {"name": ""},
        "a name that is too long": {"name": "x" * 257},
        "a model that is not there": {"model": "model-of-nobody"},
        "a tool of an unknown type": {"tools": [{"type": "hammer"}]},
        "a toolset without its server": {"tools": [USES_SERVER]},
        "a server that no tool uses": {"mcp_servers": [SERVER]},
        "metadata that is too long": {"metadata": {"k": "v" * 513}},
        "metadata that is no text": {"metadata": {"k": 1}},
        "a field that is not there": {"extra_body": {"colour": "red"}},
    }
    for step, fields in wrong.items():
        run.create(f"a create with {step}", "agents", **{"name": "never", "model": run.model} | fields)
    run.see("a read of what is not there", agents.retrieve, "agent_011111111111111111111111")
    run.see("an archive of what is not there", agents.archive, "agent_011111111111111111111111")


@story("agents: listed")
def listed(run: Run) -> None:
    """Of a list only the run's own counts, in its order."""
    run.agent()
    run.listed("a list, the newest first", run.at("agents").list)
    run.listed("a list with what is archived", run.at("agents").list, include_archived=True)

"""Agents that lead others: who is in a roster, and at which version (section 2.1, last notes)."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from ..platform.bodies import Closed
from ..platform.choices import OwnAgent, member_form
from ..world import JSON, Transaction
from . import models, references, tools
from .errors import invalid
from .kinds import AGENTS
from .schema import Id, Version

MAX_MEMBERS = 20


class Reference(Closed):
    """An agent at a version. Without one it is the newest of now, with `latest` always the newest."""

    type: Literal["agent"]
    id: Id
    version: Version | Literal["latest"] | None = None


class Advisor(Closed):
    """A model that the coordinator may ask."""

    type: Literal["advisor"]
    model: models.Model


Entry = Annotated[
    Annotated[Id, Tag("id")]
    | Annotated[Reference, Tag("agent")]
    | Annotated[OwnAgent, Tag("self")]
    | Annotated[Advisor, Tag("advisor")],
    Discriminator(member_form),
]


class Coordinator(Closed):
    """An agent with a roster. An empty one is refused."""

    type: Literal["coordinator"]
    agents: Annotated[list[Entry], Field(min_length=1)]


def resolve(tx: Transaction, sent: Coordinator) -> JSON:
    """The roster as it is stored. Cycles are not refused."""
    entries = [_resolve(tx, entry, f"multiagent.agents.{n}") for n, entry in enumerate(sent.agents)]
    if sum(entry["type"] == "advisor" for entry in entries) > 1:
        raise invalid("multiagent.agents: at most one advisor", "multiagent.agents")
    members = {entry.get("id", "self") for entry in entries if entry["type"] != "advisor"}
    if len(members) > MAX_MEMBERS:
        raise invalid(f"multiagent.agents: at most {MAX_MEMBERS} different members", "multiagent.agents")
    return {"type": sent.type, "agents": entries}


def check_tools(agent: JSON) -> None:
    """Members are led with the built-in tools; an advisor alone needs none."""
    roster = agent["multiagent"]
    if roster is None or all(entry["type"] == "advisor" for entry in roster["agents"]):
        return
    if not any(tool["type"] == tools.TOOLSET for tool in agent["tools"]):
        raise invalid(f"multiagent: a coordinator of agents needs {tools.TOOLSET}", "multiagent")


def fix(tx: Transaction, roster: JSON) -> JSON:
    """The roster of a session: what floats is the newest of now."""
    return roster | {"agents": [_fix(tx, entry) for entry in roster["agents"]]}


def _resolve(tx: Transaction, entry: Any, path: str) -> JSON:
    if isinstance(entry, OwnAgent):
        return entry.sent()
    if isinstance(entry, Advisor):
        models.check(tx, entry.model, f"{path}.model")
        return {"type": entry.type, "model": models.echo(entry.model)}
    reference = Reference(type="agent", id=entry) if isinstance(entry, str) else entry
    agent = references.resolve(tx, AGENTS, reference.id, path)
    version = reference.version or agent.body["version"]
    if isinstance(version, int) and tx.version(agent.id, version) is None:
        raise invalid(f"{path}.version: the agent has no version {version}", f"{path}.version")
    return {"type": "agent", "id": agent.id, "version": version}


def _fix(tx: Transaction, entry: JSON) -> JSON:
    agent = tx.get(AGENTS.table, entry["id"]) if entry.get("version") == "latest" else None
    return entry if agent is None else entry | {"version": agent.body["version"]}

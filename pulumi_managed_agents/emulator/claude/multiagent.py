"""Agents that lead others: the two forms of a roster, how references resolve, how an update merges."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from ..platform.bodies import Closed
from ..platform.choices import AgentReference, OwnAgent, member_form
from ..world import JSON, Transaction
from . import models, schema
from .errors import invalid
from .kinds import AGENTS
from .schema import Id

MAX_AGENTS = 20
NEW_FORM = "multiagent_20261001"


class Advisor(Closed):
    """A model that the coordinator may ask."""

    type: Literal["advisor"]
    model: str


class Off(Closed):
    """A member that is switched off."""

    type: Literal["disabled"]


class On(Closed):
    """Inline agents, switched on."""

    type: Literal["enabled"]


Predefined = Annotated[
    Annotated[Id, Tag("id")] | Annotated[AgentReference, Tag("agent")] | Annotated[OwnAgent, Tag("self")],
    Discriminator(member_form),
]
Entry = Annotated[
    Annotated[Id, Tag("id")]
    | Annotated[AgentReference, Tag("agent")]
    | Annotated[OwnAgent, Tag("self")]
    | Annotated[Advisor, Tag("advisor")],
    Discriminator(member_form),
]


class Coordinator(Closed):
    """The older form: one list of agents."""

    type: Literal["coordinator"]
    agents: Annotated[list[Entry], Field(min_length=1, max_length=MAX_AGENTS)]


class AdvisorOn(Closed):
    """An advisor with its model."""

    type: Literal["enabled"]
    model: str


class Roster(Closed):
    """Subagents or workflows, switched on."""

    type: Literal["enabled"]
    inline_agents: Annotated[On | Off, Field(discriminator="type")] | None = None
    predefined_agents: Annotated[list[Predefined], Field(max_length=MAX_AGENTS)] | None = None


class Multiagent(Closed):
    """The newer form: three members, each on or off."""

    type: Literal["multiagent_20261001"]
    advisor: Annotated[AdvisorOn | Off, Field(discriminator="type")] | None = None
    subagents: Annotated[Roster | Off, Field(discriminator="type")] | None = None
    workflows: Annotated[Roster | Off, Field(discriminator="type")] | None = None


Sent = Annotated[Coordinator | Multiagent, Field(discriminator="type")]


class _Holder(Closed):
    multiagent: Sent


def merge(stored: JSON | None, sent: JSON) -> JSON:
    """What an update means: the newer form over itself merges level by level, everything else replaces."""
    if stored is None or stored.get("type") != NEW_FORM or sent.get("type") != NEW_FORM:
        return sent
    merged = dict(stored)
    for key, value in sent.items():
        merged[key] = _merge_level(stored.get(key), value)
    return merged


def _merge_level(stored: Any, sent: Any) -> Any:
    if isinstance(stored, dict) and isinstance(sent, dict) and stored.get("type") == sent.get("type"):
        return stored | {key: _merge_level(stored.get(key), value) for key, value in sent.items()}
    return sent


def resolve(tx: Transaction, sent: JSON, owner: JSON) -> JSON:
    """The form that answers show: references with versions, every member present. `owner` is the agent being saved."""
    roster = schema.check(_Holder, {"multiagent": sent}).multiagent
    if isinstance(roster, Coordinator):
        return _resolve_coordinator(tx, roster, owner)
    return {
        "type": roster.type,
        "advisor": _resolve_advisor(tx, roster.advisor),
        "subagents": _resolve_roster(tx, roster.subagents, owner, "multiagent.subagents"),
        "workflows": _resolve_roster(tx, roster.workflows, owner, "multiagent.workflows"),
    }


def _resolve_coordinator(tx: Transaction, sent: Coordinator, owner: JSON) -> JSON:
    advisors = [entry for entry in sent.agents if isinstance(entry, Advisor)]
    if len(advisors) > 1:
        raise invalid("multiagent.agents: at most one advisor")
    for advisor in advisors:
        models.check_known(tx, advisor.model, "multiagent.agents")
    agents = [entry for entry in sent.agents if not isinstance(entry, Advisor)]
    resolved = _resolve_all(tx, agents, owner, "multiagent.agents")
    return {"type": sent.type, "agents": resolved + [advisor.model_dump() for advisor in advisors]}


def _resolve_advisor(tx: Transaction, sent: AdvisorOn | Off | None) -> JSON:
    if isinstance(sent, AdvisorOn):
        models.check_known(tx, sent.model, "multiagent.advisor.model")
        return sent.model_dump()
    return {"type": "disabled"}


def _resolve_roster(tx: Transaction, sent: Roster | Off | None, owner: JSON, path: str) -> JSON:
    if isinstance(sent, Off):
        return {"type": "disabled"}
    roster = sent or Roster(type="enabled")
    inline = roster.inline_agents.type if roster.inline_agents else "enabled"
    agents = _resolve_all(tx, roster.predefined_agents or [], owner, f"{path}.predefined_agents")
    if inline == "disabled" and not agents:
        raise invalid(f"{path}.predefined_agents: must name an agent when inline_agents is disabled")
    return {"type": "enabled", "inline_agents": {"type": inline}, "predefined_agents": agents}


def _resolve_all(tx: Transaction, entries: list[str | AgentReference | OwnAgent], owner: JSON, path: str) -> list[JSON]:
    resolved = [_resolve_entry(tx, entry, owner, path) for entry in entries]
    if len({entry["id"] for entry in resolved}) != len(resolved):
        raise invalid(f"{path}: entries must refer to different agents")
    return resolved


def _resolve_entry(tx: Transaction, entry: str | AgentReference | OwnAgent, owner: JSON, path: str) -> JSON:
    wanted = owner["id"] if isinstance(entry, OwnAgent) else entry if isinstance(entry, str) else entry.id
    version = entry.version if isinstance(entry, AgentReference) else None
    if wanted == owner["id"]:
        return {"type": "agent", "id": wanted, "version": version or owner["version"]}
    agent = member(tx, wanted, version, path)
    if agent["multiagent"] is not None:
        raise invalid(f"{path}: {wanted!r} leads agents itself, which is one level too deep")
    if agent["model"]["inference_geo"] != owner["model"]["inference_geo"]:
        raise invalid(f"{path}: {wanted!r} has another inference_geo")
    return {"type": "agent", "id": wanted, "version": agent["version"]}


def member(tx: Transaction, agent_id: str, version: int | None, path: str) -> JSON:
    """An agent that a roster refers to."""
    record = tx.get(AGENTS.table, agent_id)
    if record is None:
        raise invalid(f"{path}: agent {agent_id!r} was not found")  # status inferred
    body = record.body if version is None else tx.version(agent_id, version)
    if body is None:
        raise invalid(f"{path}: agent {agent_id!r} has no version {version}")
    if record.body["archived_at"] is not None:
        raise invalid(f"{path}: agent {agent_id!r} is archived")
    return body


def expand(tx: Transaction, resolved: JSON | None) -> JSON | None:
    """A roster with whole definitions instead of references, as a session keeps it."""
    if resolved is None:
        return None
    if resolved["type"] == "coordinator":
        return resolved | {"agents": [_definition(tx, entry) for entry in resolved["agents"]]}
    rosters = {name: _expand_roster(tx, resolved[name]) for name in ("subagents", "workflows")}
    return resolved | rosters


def _expand_roster(tx: Transaction, roster: JSON) -> JSON:
    if roster["type"] == "disabled":
        return roster
    return roster | {"predefined_agents": [_definition(tx, entry) for entry in roster["predefined_agents"]]}


def _definition(tx: Transaction, entry: JSON) -> JSON:
    if entry["type"] != "agent":
        return entry
    body = tx.version(entry["id"], entry["version"])
    return entry if body is None else snapshot(body)


def members(roster: JSON | None) -> list[JSON]:
    """The entries of a roster of either form, advisors included."""
    entries = [*(roster or {}).get("agents", [])]
    for part in ("subagents", "workflows"):
        entries += (roster or {}).get(part, {}).get("predefined_agents", [])
    return entries


def snapshot(agent: JSON) -> JSON:
    """The part of an agent that a thread keeps; the roster is not repeated there."""
    left_out = {"metadata", "multiagent", "created_at", "updated_at", "archived_at"}
    return {key: value for key, value in agent.items() if key not in left_out}

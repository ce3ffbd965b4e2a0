"""The agent of a session: a reference resolved to a snapshot, with or without overrides (section 4.2)."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from .. import settings
from ..platform import Refusal
from ..platform.bodies import Closed
from ..platform.choices import AgentReference, OptionalVersion, agent_form
from ..world import JSON, Record, Transaction
from . import agents, models, multiagent
from .errors import invalid
from .kinds import AGENTS
from .schema import Id
from .tools import Servers, Skills, Tools, check_together


class AgentWithOverrides(Closed):
    """An agent with some of its parts replaced for this session. What is left out is inherited."""

    type: Literal["agent_with_overrides"]
    id: Id
    version: OptionalVersion = None
    model: models.Model | None = None
    system: Annotated[str, StringConstraints(max_length=100_000)] | None = None
    tools: Tools | None = None
    mcp_servers: Servers | None = None
    skills: Skills | None = None


class AgentUpdate(Closed):
    """What can change while a session lives."""

    tools: Tools = Field(default_factory=list)
    mcp_servers: Servers = Field(default_factory=list)


Agent = Annotated[
    Annotated[Id, Tag("id")]
    | Annotated[AgentReference, Tag("reference")]
    | Annotated[AgentWithOverrides, Tag("overrides")],
    Discriminator(agent_form),
]


def resolve(tx: Transaction, sent: str | AgentReference | AgentWithOverrides) -> JSON:
    """The snapshot that a new session keeps."""
    agent_id = sent if isinstance(sent, str) else sent.id
    record = _record(tx, agent_id)
    version = None if isinstance(sent, str) else sent.version
    body = record.body if version is None else tx.version(agent_id, version)
    if body is None:
        raise _missing(tx, f"version {version} of agent {agent_id!r}")
    roster = multiagent.expand(tx, body["multiagent"])
    snapshot = multiagent.snapshot(body) | {"multiagent": roster}
    return _override(tx, snapshot, sent) if isinstance(sent, AgentWithOverrides) else snapshot


def update(tx: Transaction, snapshot: JSON, sent: AgentUpdate) -> JSON:
    """The snapshot after a session update: whole lists are replaced, what is left out stays."""
    changed = snapshot | agents.filled_lists(tx, sent, set(sent.model_fields_set))
    check_together(changed["tools"], changed["mcp_servers"], changed["skills"])
    return changed


def _override(tx: Transaction, snapshot: JSON, sent: AgentWithOverrides) -> JSON:
    given = set(sent.model_fields_set)
    changed = snapshot | agents.filled_lists(tx, sent, given)
    if "model" in given:
        changed["model"] = _model(tx, sent.model)
    if "system" in given:
        changed["system"] = sent.system or None
    check_together(changed["tools"], changed["mcp_servers"], changed["skills"])
    return changed


def _model(tx: Transaction, sent: str | models.ModelConfig | None) -> JSON:
    """Documented: effort inside an override is ignored, the model's default is used."""
    if sent is None:
        raise invalid("agent.model: cannot be cleared (agent_model_required)", "agent_model_required")
    plain = sent if isinstance(sent, str) else sent.model_copy(update={"effort": None})
    return models.resolve(tx, plain, path="agent.model")


def _record(tx: Transaction, agent_id: str) -> Record:
    record = tx.get(AGENTS.table, agent_id)
    if record is None:
        raise _missing(tx, f"agent {agent_id!r}")
    agents.refuse_archived(record)
    return record


def _missing(tx: Transaction, what: str) -> Refusal:
    return Refusal(settings.value(tx, "missing_reference_status"), f"agent: {what} was not found.")

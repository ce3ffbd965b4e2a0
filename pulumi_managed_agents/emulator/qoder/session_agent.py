"""The agent of a session: a reference resolved to a snapshot that later versions do not touch (section 2.3)."""

from typing import Annotated, Literal

from pydantic import Discriminator, Tag

from .. import settings
from ..platform.bodies import Closed, NotNull
from ..platform.choices import AgentReference, OptionalVersion, agent_form
from ..world import JSON, Transaction
from . import models, multiagent, references, schema, tools
from .errors import Refused, invalid
from .kinds import AGENTS
from .schema import Id
from .tools import Servers, Skills, Tools

_FIELDS = ("id", "type", "version", "name", "description", "model", "system", "tools", "skills", "mcp_servers")
_LISTS: JSON = {"tools": [], "mcp_servers": [], "skills": []}


class AgentWithOverrides(Closed):
    """An agent with some of its parts replaced for this session; known from the SDK only."""

    type: Literal["agent_with_overrides"]
    id: Id
    version: OptionalVersion = None
    model: Annotated[models.Model | None, NotNull] = None
    system: str | None = None
    tools: Tools | None = None
    mcp_servers: Servers | None = None
    skills: Skills | None = None


class AgentUpdate(Closed):
    """What can change while a session lives: two lists, and in the SDK more."""

    tools: Tools | None = None
    mcp_servers: Servers | None = None
    model: Annotated[models.Model | None, NotNull] = None
    system: str | None = None
    skills: Skills | None = None


Agent = Annotated[
    Annotated[Id, Tag("id")]
    | Annotated[AgentReference, Tag("reference")]
    | Annotated[AgentWithOverrides, Tag("overrides")],
    Discriminator(agent_form),
]


def resolve(tx: Transaction, sent: str | AgentReference | AgentWithOverrides) -> JSON:
    """The snapshot that a new session keeps."""
    reference = AgentReference(type="agent", id=sent) if isinstance(sent, str) else sent
    record = references.resolve(tx, AGENTS, reference.id, "agent")
    body = record.body if reference.version is None else tx.version(record.id, reference.version)
    if body is None:
        status = settings.value(tx, "qoder_missing_reference_status")
        raise Refused(status, f"Agent version '{record.id}/{reference.version}' was not found.", "agent.version")
    snapshot = {name: body[name] for name in _FIELDS} | {"model": models.resolve(body["model"])}
    if body["multiagent"] is not None:
        snapshot["multiagent"] = multiagent.fix(tx, body["multiagent"])
    if isinstance(reference, AgentWithOverrides):
        _refuse_overrides(tx)
        snapshot = _changed(tx, snapshot, reference)
    return snapshot


def update(tx: Transaction, snapshot: JSON, sent: AgentUpdate) -> JSON:
    """The snapshot after a session update: whole lists are replaced, what is left out stays."""
    schema.unconfirmed(tx, sent, {"model", "system", "skills"}, "qoder_sdk_only_updates", "agent.")
    return _changed(tx, snapshot, sent)


def discover(tx: Transaction, snapshot: JSON) -> None:
    """Servers are asked for their tools while the session is created; one that cannot be reached fails it."""
    unreachable = settings.value(tx, "qoder_unreachable_mcp_servers")
    for server in snapshot["mcp_servers"]:
        if server["url"] in unreachable:
            message = f"MCP server '{server['name']}' could not be reached."
            raise invalid(message, "agent.mcp_servers")  # status inferred


def _refuse_overrides(tx: Transaction) -> None:
    if settings.value(tx, "qoder_sdk_only_fields") == "refuse":
        raise invalid("agent.type: must be 'agent'", "agent.type")


def _changed(tx: Transaction, snapshot: JSON, sent: AgentWithOverrides | AgentUpdate) -> JSON:
    changed = snapshot | schema.changes(tx, sent, {"system": ""} | _LISTS)
    if sent.model is not None:
        models.check(tx, sent.model, "agent.model")
        changed["model"] = models.resolve(models.echo(sent.model))
    tools.settle(tx, changed)
    return changed

"""Agents: create, update with versions, archive. Rules of section 5 of the API's facts; nothing can be deleted."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from .. import clock, ids
from ..platform import Answer, Call, Refusal, records, versions
from ..platform.bodies import Closed, NoBody, NotNull
from ..world import JSON, Order, Position, Record, Transaction
from . import deployment_schedules, models, multiagent, paging, references, schema, skills
from .errors import missing
from .kinds import AGENTS
from .schema import Metadata, MetadataPatch
from .tools import Servers, Skills, Tools, check_together

Name = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Description = Annotated[str, StringConstraints(max_length=2048)]
System = Annotated[str, StringConstraints(max_length=100_000)]


class ServiceAccount(Closed):
    """The default identity of runs."""

    type: Literal["service_account"]


class AwsRole(Closed):
    """Runs under a role of the customer."""

    type: Literal["aws_role"]
    role_arn: Annotated[str, StringConstraints(min_length=1, max_length=2048)]


Identity = Annotated[ServiceAccount | AwsRole, Field(discriminator="type")]


class CreateAgent(Closed):
    """The body of a create."""

    name: Name
    model: models.Model
    description: Description | None = None
    system: System | None = None
    tools: Tools = Field(default_factory=list)
    mcp_servers: Servers = Field(default_factory=list)
    skills: Skills = Field(default_factory=list)
    multiagent: dict[str, Any] | None = None
    metadata: Metadata = Field(default_factory=dict)
    execution_identity: Identity | None = None


class UpdateAgent(Closed):
    """The body of an update. What is left out stays."""

    version: Annotated[Annotated[int, Field(ge=1, le=2**31 - 1)] | None, NotNull] = None
    name: Name = ""
    model: models.Model = ""
    description: Description | None = None
    system: System | None = None
    tools: Tools | None = None
    mcp_servers: Servers | None = None
    skills: Skills | None = None
    multiagent: dict[str, Any] | None = None
    metadata: MetadataPatch | None = None
    execution_identity: Identity | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/agents."""
    sent = schema.body(CreateAgent, call)
    schema.check_metadata(tx, sent.metadata)
    time = clock.stamp(tx)
    agent: JSON = {
        "type": "agent",
        "id": ids.new(tx, AGENTS.prefix),
        "version": 1,
        "name": sent.name,
        "model": models.resolve(tx, sent.model),
        "description": sent.description or None,
        "system": sent.system or None,
        "metadata": sent.metadata,
        "execution_identity": _identity(sent.execution_identity),
        "created_at": time,
        "updated_at": time,
        "archived_at": None,
        "multiagent": None,
    }
    agent |= filled_lists(tx, sent, {"tools", "mcp_servers", "skills"})
    _settle_rosters(tx, agent, sent.multiagent)
    tx.add(Record(AGENTS.table, agent["id"], agent, {}))
    tx.add_version(agent["id"], 1, agent)
    return Answer(document=agent)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/agents/{agent_id}, at a version when one is asked for."""
    record = records.locate(tx, AGENTS, call)
    version = paging.number(call.query, "version")
    return Answer(document=record.body if version is None else at_version(tx, record, version))


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/agents/{agent_id}: a new version if anything changes, the present one if nothing does."""
    sent = schema.body(UpdateAgent, call)
    record = records.locate(tx, AGENTS, call)
    records.refuse_archived(tx, AGENTS, record)
    # Documented: a version that does not match is a conflict even when nothing would change.
    if sent.version is not None and sent.version != record.body["version"]:
        raise Refusal(409, f"version: {sent.version} is not the current version {record.body['version']}.")
    changed = _changed(tx, record.body, sent)
    if changed == record.body:
        return Answer(document=record.body)
    versions.save(tx, record, _with_self(tx, changed, sent))
    return Answer(document=record.body)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/agents/{agent_id}/archive. Its deployments are archived with it.

    A second archive changes nothing (inferred from environments).
    """
    schema.body(NoBody, call)
    record = records.locate(tx, AGENTS, call)
    records.archive(tx, record)
    deployment_schedules.archive_those_of(tx, record.id)
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/agents, newest first (inferred)."""
    return paging.answer(tx, call, AGENTS, bounds=paging.OUTER_BOUNDS)


def list_versions(tx: Transaction, call: Call) -> Answer:
    """GET /v1/agents/{agent_id}/versions, newest first (inferred)."""
    record = records.locate(tx, AGENTS, call)
    part = paging.window(call.query, default=20, maximum=100, order="desc")

    def source(_: Order, after: Position | None) -> Any:
        bodies = tx.versions(record.id, after[1] if after else None)
        return ((("", body["version"]), versions.dated(record, body)) for body in bodies)

    return Answer(document=paging.page(part, source, lambda _: True))


def at_version(tx: Transaction, record: Record, version: int) -> JSON:
    """An agent as it was at a version."""
    body = versions.at(tx, record, version)
    if body is None:
        raise missing(f"Version {version} of agent", record.id)
    return body


def filled_lists(tx: Transaction, sent: Any, names: set[str]) -> JSON:
    """Tools, servers and skills in the form that answers show; null is an empty list."""
    lists: JSON = {}
    if "tools" in names:
        lists["tools"] = [tool.filled() for tool in sent.tools or []]
    if "mcp_servers" in names:
        lists["mcp_servers"] = [server.model_dump() for server in sent.mcp_servers or []]
    if "skills" in names:
        lists["skills"] = [skills.pin(tx, skill, f"skills.{n}") for n, skill in enumerate(sent.skills or [])]
    return lists


def _changed(tx: Transaction, stored: JSON, sent: UpdateAgent) -> JSON:
    """The agent after an update, still under its old version."""
    given = sent.model_fields_set
    agent = stored | filled_lists(tx, sent, given)
    if "name" in given:
        agent["name"] = sent.name
    if "model" in given:
        agent["model"] = models.resolve(tx, sent.model, stored["model"])
    for field in {"description", "system"} & given:
        agent[field] = getattr(sent, field) or None
    if "execution_identity" in given:
        agent["execution_identity"] = _identity(sent.execution_identity)
    agent["metadata"] = schema.patched(tx, stored["metadata"], sent.metadata)
    _settle_rosters(tx, agent, sent.multiagent, keep="multiagent" not in given)
    return agent


def _with_self(tx: Transaction, agent: JSON, sent: UpdateAgent) -> JSON:
    """`self` in a roster means the version that is being saved."""
    if sent.multiagent is not None:
        coming = agent | {"version": agent["version"] + 1}
        agent["multiagent"] = multiagent.resolve(tx, multiagent.merge(agent["multiagent"], sent.multiagent), coming)
    return agent


def _settle_rosters(tx: Transaction, agent: JSON, sent: JSON | None, *, keep: bool = False) -> None:
    check_together(agent["tools"], agent["mcp_servers"], agent["skills"])
    if not keep:
        merged = None if sent is None else multiagent.merge(agent["multiagent"], sent)
        agent["multiagent"] = None if merged is None else multiagent.resolve(tx, merged, agent)


def _identity(sent: ServiceAccount | AwsRole | None) -> JSON:
    return {"type": "service_account"} if sent is None else sent.model_dump()


def refuse_archived(record: Record) -> None:
    """An archived agent starts nothing new."""
    if record.body["archived_at"] is not None:
        raise references.Unusable(400, f"agent: {record.id!r} is archived.", "agent_archived_error")

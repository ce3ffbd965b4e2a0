"""Agents: create, update with a version that must match, archive, delete (section 2.1)."""

from typing import Annotated, Any

from werkzeug.datastructures import Headers

from .. import settings
from ..platform import Answer, Call, records, versions
from ..platform.bodies import Closed, NotNull
from ..world import JSON, Record, Transaction
from . import models, multiagent, paging, schema, tools
from .errors import Refused, conflict, missing
from .kinds import AGENTS
from .multiagent import Coordinator
from .schema import Metadata, MetadataPatch, Name, Version
from .tools import Servers, Skills, Tools

_OK = 200
_EMPTY: JSON = {"description": "", "system": "", "tools": [], "mcp_servers": [], "skills": []}


class CreateAgent(Closed):
    """The body of a create."""

    name: Name
    model: models.Model
    description: str | None = None
    system: str | None = None
    tools: Tools | None = None
    mcp_servers: Servers | None = None
    skills: Skills | None = None
    multiagent: Coordinator | None = None
    metadata: Metadata | None = None


class UpdateAgent(Closed):
    """The body of an update. What is left out stays, save the version, which must be there."""

    version: Version
    name: Annotated[Name | None, NotNull] = None
    model: Annotated[models.Model | None, NotNull] = None
    description: str | None = None
    system: str | None = None
    tools: Tools | None = None
    mcp_servers: Servers | None = None
    skills: Skills | None = None
    multiagent: Coordinator | None = None
    metadata: MetadataPatch | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /agents."""
    sent = schema.body(CreateAgent, call)
    given = sent.sent()
    agent: JSON = {"name": sent.name, "model": models.echo(sent.model), "version": 1}
    agent |= {name: given.get(name) or empty for name, empty in _EMPTY.items()}
    agent |= {"metadata": schema.patched({}, sent.metadata), "multiagent": _roster(tx, sent.multiagent)}
    _settle(tx, agent, sent, call.headers)
    record = records.make(tx, AGENTS, agent)
    tx.add_version(record.id, 1, record.body)
    return Answer(document=record.body)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /agents/{agent_id}, at a version when one is asked for."""
    record = records.locate(tx, AGENTS, call)
    version = paging.number(call.query, "version")
    return Answer(document=record.body if version is None else at_version(tx, record, version))


def update(tx: Transaction, call: Call) -> Answer:
    """POST or PUT /agents/{agent_id}: a new version each time, also when nothing changes."""
    sent = schema.body(UpdateAgent, call)
    record = records.locate(tx, AGENTS, call)
    records.refuse_archived(tx, AGENTS, record)
    if sent.version != record.body["version"]:
        raise conflict("Version conflict", "version")
    changed = record.body | schema.changes(tx, sent, {"name": None, "model": None} | _EMPTY)
    changed["metadata"] = schema.patched(record.body["metadata"], sent.metadata)
    if "multiagent" in sent.model_fields_set:
        changed["multiagent"] = _roster(tx, sent.multiagent)
    _settle(tx, changed, sent, call.headers)
    versions.save(tx, record, changed)
    return Answer(document=record.body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /agents/{agent_id}, which the SDK does not know. Sessions keep their snapshots."""
    record = records.locate(tx, AGENTS, call)
    status = settings.value(tx, "qoder_agent_delete_status")
    if status != _OK:
        raise Refused(status, "Agents cannot be deleted; archive the agent instead.")
    records.remove(tx, record)
    return records.removed(AGENTS, record.id)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /agents."""
    return paging.answer(tx, call, AGENTS, bounds=paging.OUTER_BOUNDS)


def list_versions(tx: Transaction, call: Call) -> Answer:
    """GET /agents/{agent_id}/versions, newest first; version numbers are the cursors."""
    record = records.locate(tx, AGENTS, call)
    numbered = [(str(body["version"]), versions.dated(record, body)) for body in tx.versions(record.id)]
    return Answer(document=paging.page(call.query, paging.among(numbered[::-1])))


def at_version(tx: Transaction, record: Record, version: int) -> JSON:
    """An agent as it was at a version."""
    body = versions.at(tx, record, version)
    if body is None:
        raise missing("Agent version", f"{record.id}/{version}")
    return body


def _roster(tx: Transaction, sent: Coordinator | None) -> JSON | None:
    return None if sent is None else multiagent.resolve(tx, sent)


def _settle(tx: Transaction, agent: JSON, sent: Any, headers: Headers) -> None:
    if sent.model is not None:
        models.check(tx, sent.model)
    tools.settle(tx, agent)
    multiagent.check_tools(agent)
    if sent.tools is not None:
        tools.check_betas(tx, agent, headers)

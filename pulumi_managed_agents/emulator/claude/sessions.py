"""Sessions: create, read, update, archive, delete (section 4). What they mount stands in `resources.py`."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints
from werkzeug.datastructures import MultiDict

from .. import clock, ids, settings
from ..closed import Closed, NoBody, NotNull
from ..platform import Answer, Call, Refusal
from ..world import JSON, Order, Position, Record, Transaction
from . import budgets, events, lifecycle, paging, references, resources, schema, session_agent
from .budgets import Budget
from .content import DefineOutcome, InitialEvent
from .errors import invalid
from .kinds import ENVIRONMENT, VAULT
from .resources import Resource
from .schema import Id, Metadata, MetadataPatch

KIND = lifecycle.KIND
STATUSES = {"idle", "running", "rescheduling", "terminated"}
MAX_PAGE = 100
"""Not documented; the lists of agents have the same cap (inferred)."""

Title = Annotated[str, StringConstraints(max_length=500)]


class CreateSession(Closed):
    """The body of a create."""

    agent: session_agent.Agent
    environment_id: Id
    title: Title | None = None
    metadata: Metadata = Field(default_factory=dict)
    resources: list[Resource] = Field(default_factory=list)
    vault_ids: list[Id] = Field(default_factory=list)
    budget: Annotated[Budget | None, NotNull] = None
    initial_events: Annotated[list[InitialEvent], Field(max_length=50)] = Field(default_factory=list)


class UpdateSession(Closed):
    """The body of an update. What is left out stays."""

    title: Annotated[Title, StringConstraints(min_length=1)] | None = None
    metadata: MetadataPatch | None = None
    agent: Annotated[session_agent.AgentUpdate | None, NotNull] = None
    budget: Budget | None = None
    vault_ids: list[Id] = Field(default_factory=list)


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions: the session with everything in it, or nothing."""
    sent = schema.body(CreateSession, call)
    schema.check_metadata(tx, sent.metadata)
    return Answer(document=shown(tx, start(tx, sent, resources.fingerprints(tx, sent.resources))))


def start(tx: Transaction, sent: CreateSession, marks: list[str | None], deployment_id: str | None = None) -> Record:
    """Makes a session, for a client or for the run of a deployment; `marks` are the fingerprints of its tokens."""
    check_vaults(tx, sent.vault_ids)
    check_initial_events(sent.initial_events)
    agent = session_agent.resolve(tx, sent.agent)
    _check_environment(tx, sent)
    if sent.budget is not None:
        budgets.check_priced(tx, agent)
    time = clock.stamp(tx)
    record = Record(KIND, ids.new(tx, "sesn_"), {}, {})
    record.body = _new(record.id, sent, agent, time) | {"deployment_id": deployment_id}
    resources.attach(tx, record, sent.resources, marks, time)
    tx.add(record)
    _start(tx, record, sent.initial_events)
    tx.save(record)
    return record


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}."""
    return Answer(document=shown(tx, lifecycle.find(tx, call.ids["session_id"], read=True)))


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}; tells what changed in a session.updated event."""
    sent = schema.body(UpdateSession, call)
    record = lifecycle.find(tx, call.ids["session_id"])
    if "vault_ids" in sent.model_fields_set:
        raise invalid("vault_ids: cannot be updated")
    if record.body["status"] == "terminated":
        raise Refusal(settings.value(tx, "archived_refusal_status"), "The session has ended and is read-only.")
    capped = budgets.reached(record.body)
    changes = _changes(tx, record.body, sent)
    if changes:
        record.body |= changes | {"updated_at": clock.stamp(tx)}
        lifecycle.emit(tx, record.id, "session.updated", **_told(changes))
        if capped and not budgets.reached(record.body):
            lifecycle.run(tx, record)
        tx.save(record)
    return Answer(document=shown(tx, record))


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}/archive. A second archive changes nothing (inferred)."""
    schema.body(NoBody, call)
    record = lifecycle.find(tx, call.ids["session_id"])
    if record.body["archived_at"] is None:
        _refuse_busy(tx, record, "archived")
        lifecycle.put(tx, record, "terminated")
        time = clock.stamp(tx)
        record.body |= {"archived_at": time, "updated_at": time}
        tx.save(record)
    return Answer(document=shown(tx, record))


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/sessions/{session_id}."""
    record = lifecycle.find(tx, call.ids["session_id"])
    _refuse_busy(tx, record, "deleted")
    tx.remove(KIND, record.id)
    tx.remove_events(record.id)
    return Answer(document={"id": record.id, "type": "session_deleted"})


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions, newest first; the one list that also pages backwards."""
    lifecycle.settle_all(tx, read=True)
    part = paging.window(call.query, default=20, maximum=MAX_PAGE, order="desc", bounds=paging.ALL_BOUNDS, ordered=True)
    wanted = _Filter(call.query)

    def source(order: Order, after: Position | None) -> Any:
        return ((record.position, shown(tx, record)) for record in tx.scan(KIND, order, after))

    return Answer(document=paging.page(part, source, wanted.passes, both_ways=True))


def shown(tx: Transaction, record: Record) -> JSON:
    """The session as answers show it, with its age."""
    body = record.body
    end = body["updated_at"] if body["status"] == "terminated" else clock.write(clock.now(tx))
    age = (clock.parse(end) - clock.parse(body["created_at"])).total_seconds()
    return body | {"stats": body["stats"] | {"duration_seconds": max(0.0, age)}}


class _Filter:
    """The filters of a list."""

    def __init__(self, query: MultiDict[str, str]) -> None:
        self.archived = paging.flag(query, "include_archived")
        self.agent = query.get("agent_id")
        self.version = paging.number(query, "agent_version") if self.agent else None  # documented: only with agent_id
        self.deployment = query.get("deployment_id")
        self.store = query.get("memory_store_id")
        self.statuses = set(query.getlist("statuses[]"))
        if self.statuses - STATUSES:
            raise invalid(f"statuses: must be among {', '.join(sorted(STATUSES))}")

    def passes(self, body: JSON) -> bool:
        """Whether a session is asked for."""
        stores = {resource.get("memory_store_id") for resource in body["resources"]}
        return (
            (self.archived or body["archived_at"] is None)
            and self.agent in (None, body["agent"]["id"])
            and self.version in (None, body["agent"]["version"])
            and self.deployment in (None, body["deployment_id"])
            and (self.store is None or self.store in stores)
            and (not self.statuses or body["status"] in self.statuses)
        )


def _new(session_id: str, sent: CreateSession, agent: JSON, time: str) -> JSON:
    return {
        "id": session_id,
        "type": "session",
        "status": "idle",
        "title": sent.title,
        "metadata": sent.metadata,
        "agent": agent,
        "environment_id": sent.environment_id,
        "resources": [],
        "vault_ids": sent.vault_ids,
        "budget": sent.budget.model_dump() if sent.budget else None,
        "outcome_evaluations": [],
        "stats": {"active_seconds": 0.0, "duration_seconds": 0.0},
        "usage": _nothing_used(),
        "deployment_id": None,
        "created_at": time,
        "updated_at": time,
        "archived_at": None,
    }


def _nothing_used() -> JSON:
    return {
        "input_tokens": 0,
        "output_tokens": 0,
        "cache_read_input_tokens": 0,
        "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0},
        "list_cost": {"amount": "0", "currency": "USD"},
        "active_seconds": 0.0,
        "server_tool_use": {"web_search_requests": 0, "web_fetch_requests": 0},
    }


def _start(tx: Transaction, record: Record, initial: list[Any]) -> None:
    for event in initial:
        events.accept(tx, record, event)
    if initial:
        lifecycle.run(tx, record)
    for resource in record.body["resources"]:
        if resource["type"] == "github_repository":
            lifecycle.clone(tx, record, resource["id"])


def _changes(tx: Transaction, session: JSON, sent: UpdateSession) -> JSON:
    wanted: JSON = {"metadata": schema.patch(tx, session["metadata"], sent.metadata)}
    given = sent.model_fields_set
    if "title" in given and (sent.title is not None or settings.value(tx, "title_null") == "clear"):
        wanted["title"] = sent.title
    if "budget" in given:
        wanted["budget"] = budgets.replace(tx, session, sent.budget)
    if sent.agent is not None and sent.agent.model_fields_set:
        if session["status"] != "idle":
            raise Refusal(settings.value(tx, "busy_refusal_status"), "agent: the session must be idle; interrupt it.")
        wanted["agent"] = session_agent.update(tx, session["agent"], sent.agent)
    return {name: value for name, value in wanted.items() if value != session[name]}


def _told(changes: JSON) -> JSON:
    """What session.updated says: metadata that was cleared is left out, as documented."""
    return {name: value for name, value in changes.items() if name != "metadata" or value}


def _refuse_busy(tx: Transaction, record: Record, verb: str) -> None:
    if record.body["status"] in ("running", "rescheduling"):
        status = settings.value(tx, "busy_refusal_status")
        raise Refusal(status, f"A running session cannot be {verb}; interrupt it and wait until it is idle.")


def _check_environment(tx: Transaction, sent: CreateSession) -> None:
    environment = references.resolve(tx, ENVIRONMENT, sent.environment_id, "environment_id")
    mounts = any(not isinstance(resource, resources.MemoryStore) for resource in sent.resources)
    if mounts and environment.body["config"]["type"] == "self_hosted":
        message = "resources: a self-hosted environment mounts neither repositories nor files"
        raise references.Unusable(400, message, "self_hosted_resources_unsupported_error")


def check_vaults(tx: Transaction, vault_ids: list[str]) -> None:
    """Refuses vaults that cannot be used."""
    for index, vault_id in enumerate(vault_ids):
        references.resolve_known(tx, VAULT, vault_id, f"vault_ids.{index}")


def check_initial_events(initial: list[Any]) -> None:
    """Rules between the events that a session starts with."""
    if sum(isinstance(event, DefineOutcome) for event in initial) > 1:
        raise invalid("initial_events: at most one user.define_outcome")
    events.check_documents(initial)

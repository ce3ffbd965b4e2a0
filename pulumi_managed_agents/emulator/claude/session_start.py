"""How a session begins, for a client or for the run of a deployment: all of it, or nothing (section 4.2)."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from .. import clock, ids
from ..platform.bodies import Closed, NotNull
from ..world import JSON, Record, Transaction
from . import budgets, events, lifecycle, places, references, resources, session_agent
from .budgets import Budget
from .content import DefineOutcome, InitialEvent
from .errors import invalid
from .kinds import ENVIRONMENTS, SESSIONS, VAULTS
from .resources import Resource
from .schema import Id, Metadata

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


def begin(
    tx: Transaction, sent: CreateSession, fingerprints: list[str | None], deployment_id: str | None = None
) -> Record:
    """Makes a session, for a client or for the run of a deployment; `fingerprints` are those of its tokens."""
    check_vaults(tx, sent.vault_ids)
    check_initial_events(sent.initial_events)
    agent = session_agent.resolve(tx, sent.agent)
    _check_environment(tx, sent)
    if sent.budget is not None:
        budgets.check_priced(tx, agent)
    time = clock.stamp(tx)
    record = Record(SESSIONS.table, ids.new(tx, SESSIONS.prefix), {}, {})
    record.body = _new(record.id, sent, agent, time) | {"deployment_id": deployment_id}
    resources.attach(tx, record, sent.resources, fingerprints, time)
    tx.add(record)
    _start(tx, record, sent.initial_events)
    tx.save(record)
    return record


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


def _check_environment(tx: Transaction, sent: CreateSession) -> None:
    environment = references.resolve(tx, ENVIRONMENTS, sent.environment_id, "environment_id")
    mounts = any(not isinstance(resource, resources.MemoryStore) for resource in sent.resources)
    if mounts and environment.body["config"]["type"] == "self_hosted":
        message = "resources: a self-hosted environment mounts neither repositories nor files"
        raise references.Unusable(400, message, "self_hosted_resources_unsupported_error")
    stores = len(sent.resources) > 0 and not places.mounts_stores_anywhere(tx)
    if stores and environment.body["config"]["type"] == "self_hosted":
        raise invalid("resources: a memory store needs a cloud environment here")


def check_vaults(tx: Transaction, vault_ids: list[str]) -> None:
    """Refuses vaults that cannot be used."""
    for index, vault_id in enumerate(vault_ids):
        references.resolve_known(tx, VAULTS, vault_id, f"vault_ids.{index}")


def check_initial_events(initial: list[Any]) -> None:
    """Rules between the events that a session starts with."""
    if sum(isinstance(event, DefineOutcome) for event in initial) > 1:
        raise invalid("initial_events: at most one user.define_outcome")
    events.check_documents(initial)

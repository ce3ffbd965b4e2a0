"""How a session begins, for a client or for a deployment: all of it, or nothing (section 2.3)."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from .. import clock
from ..platform.bodies import Closed
from ..world import JSON, Record, Transaction
from . import content, events, ids, lifecycle, references, resources, schema, session_agent, variables
from .budgets import Budget
from .errors import invalid
from .kinds import ENVIRONMENTS, SESSIONS, VAULTS
from .resources import Fingerprint, Resource
from .schema import Id, Metadata


class CreateSession(Closed):
    """The body of a create."""

    agent: session_agent.Agent
    environment_id: Id
    title: str | None = None
    metadata: Metadata | None = None
    resources: list[Resource] | None = None
    vault_ids: list[Id] | None = None
    environment_variables: str | dict[str, str] | None = None
    budget: Budget | None = None
    initial_events: Annotated[list[content.InitialEvent], Field(max_length=50)] | None = None


def begin(tx: Transaction, sent: CreateSession, tokens: list[Fingerprint], deployment_id: str | None = None) -> Record:
    """Starts a session for a client or for a deployment; the tokens of its resources are fingerprints by now."""
    agent = session_agent.resolve(tx, sent.agent)
    fields = _new(sent, agent) | {"deployment_id": deployment_id}
    _check_place(tx, sent)
    session_agent.discover(tx, agent)
    time = clock.stamp(tx)
    record = Record(SESSIONS.table, ids.new(tx, SESSIONS.prefix), {}, {})
    record.body = {"id": record.id} | fields | {"archived_at": None, "created_at": time, "updated_at": time}
    resources.attach(tx, record, sent.resources or [], tokens, time)
    tx.add(record)
    _start(tx, record, sent.initial_events or [])
    tx.save(record)
    return record


def _new(sent: CreateSession, agent: JSON) -> JSON:
    budget = {} if sent.budget is None else {"budget": sent.budget.sent()}
    return {
        "type": SESSIONS.type,
        "agent": agent,
        "environment_id": sent.environment_id,
        "status": "idle",
        "title": sent.title,
        "metadata": schema.patched({}, sent.metadata),
        "resources": [],
        "vault_ids": sent.vault_ids or [],
        "outcome_evaluations": [],
        "stats": {"active_seconds": 0.0, "duration_seconds": 0.0},
        "usage": {"total_credits": 0.0},
        "environment_variables": variables.read(sent.environment_variables),
    } | budget


def _check_place(tx: Transaction, sent: CreateSession) -> None:
    environment = references.resolve(tx, ENVIRONMENTS, sent.environment_id, "environment_id")
    for index, vault_id in enumerate(sent.vault_ids or []):
        references.resolve(tx, VAULTS, vault_id, f"vault_ids.{index}")
    if environment.body["config"]["type"] == "self_hosted":
        for name in ("resources", "environment_variables"):
            if getattr(sent, name):
                raise invalid(f"{name}: not available in a self-hosted environment", name)


def _start(tx: Transaction, record: Record, initial: Sequence[Closed]) -> None:
    content.check_order(initial, "initial_events")
    for event in initial:
        events.accept(tx, record, event)
    if initial:
        lifecycle.run(tx, record)
    for resource in record.body["resources"]:
        if resource["type"] in resources.REPOSITORIES:
            lifecycle.clone(tx, record, resource["id"])

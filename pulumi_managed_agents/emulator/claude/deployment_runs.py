"""Runs of deployments: each makes a session or records why it could not (section 6)."""

from typing import Any

from .. import clock, settings
from ..platform import Answer, Call, Refusal, filters, records
from ..platform.bodies import NoBody
from ..world import JSON, Record, Transaction
from . import deployment_schedules, deployments, obstacles, paging, schema, session_start
from .deployment_fields import CreateDeployment
from .errors import invalid
from .kinds import AGENTS, DEPLOYMENT_RUNS, DEPLOYMENTS
from .references import Unusable

REJECTED = "session_creation_rejected_error"
GOING_ON = {REJECTED, "session_rate_limited_error"}
"""Errors behind which a schedule goes on; every other one pauses the deployment."""
TRIGGERS = {"schedule", "manual"}


def run(tx: Transaction, call: Call) -> Answer:
    """POST /v1/deployments/{deployment_id}/run, paused or not. A failure is a run too, and pauses nothing."""
    schema.body(NoBody, call)
    record = deployments.find_open(tx, call)
    return Answer(document=_run(tx, record, {"type": "manual"}).body)


def fire_due(tx: Transaction) -> None:
    """Lets every schedule fire that is due; called before a request is answered."""
    if not tx.stale:
        for record in tx.pending(DEPLOYMENTS.table, clock.write(clock.now(tx))):
            with tx.acting_for(record.account):
                _fire(tx, record)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/deployment_runs, newest first (inferred), of one deployment or of all."""
    failed = paging.flag(call.query, "has_error")
    if call.query.get("trigger_type") not in {None, *TRIGGERS}:
        raise invalid("trigger_type: must be schedule or manual")
    keep = filters.deployment_runs(call.query, failed=failed)
    return paging.answer(tx, call, DEPLOYMENT_RUNS, maximum=1000, bounds=paging.ALL_BOUNDS, keep=keep)


def _fire(tx: Transaction, record: Record) -> None:
    instants = deployment_schedules.due(tx, record)
    if instants and tx.get(AGENTS.table, record.body["agent"]["id"]) is None:
        deployment_schedules.archive(tx, record)  # documented: the deployment of a deleted agent ends at its next run
        return
    for instant in instants:
        run = _run(tx, record, {"type": "schedule", "scheduled_at": instant})
        record.body["schedule"]["last_run_at"] = run.body["created_at"]
        error = run.body["error"]
        if error is not None and error["type"] not in GOING_ON:
            deployments.put(tx, record, "paused", {"type": "error", "error": {"type": error["type"]}})
            return
    if instants:
        deployment_schedules.plan(tx, record)
        tx.save(record)


def _run(tx: Transaction, record: Record, trigger: JSON) -> Record:
    session_id, error = None, None
    try:
        session_id = _start(tx, record)
    except Refusal as refusal:
        kind = refusal.error if isinstance(refusal, Unusable) else REJECTED
        error = {"type": kind, "message": refusal.message}
    fields = {
        "deployment_id": record.id,
        "agent": record.body["agent"],
        "trigger_context": trigger,
        "session_id": session_id,
        "error": error,
    }
    return records.make(tx, DEPLOYMENT_RUNS, fields)


def _start(tx: Transaction, record: Record) -> str:
    forced = settings.value(tx, "deployment_run_error")
    if forced is not None:
        raise Unusable(400, "The run fails because the emulator was told so.", forced)
    obstacles.check(tx, record.body)
    kept = {name: record.body[name] for name in CreateDeployment.model_fields if name != "schedule"}
    stored = CreateDeployment.model_validate(kept)
    events: list[Any] = [*stored.initial_events]  # one kind more than a client may send
    sent = session_start.CreateSession.model_construct(
        agent=stored.agent,
        environment_id=stored.environment_id,
        title=None,
        metadata={},
        resources=stored.resources,
        vault_ids=stored.vault_ids,
        budget=stored.budget,
        initial_events=events,
    )
    return session_start.begin(tx, sent, record.hidden["tokens"], record.id).id

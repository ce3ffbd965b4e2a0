"""Runs of deployments: each starts a session, or says why it could not (section 2.11)."""

from datetime import datetime

from .. import clock
from ..platform import Answer, Call, Refusal, filters, records
from ..platform.bodies import NoBody
from ..world import JSON, Record, Transaction
from . import deployment_schedules, deployments, errors, paging, schema, session_start
from .kinds import DEPLOYMENT_RUNS, DEPLOYMENTS
from .session_start import CreateSession

MAX_MISSED = 1000
"""How many runs one deployment catches up with when the clock leaps; older ones are left out."""
_OF_SESSION = ("agent", "environment_id", "initial_events", "resources", "vault_ids", "environment_variables")


def run(tx: Transaction, call: Call) -> Answer:
    """POST /deployments/{deployment_id}/run; a paused deployment runs on demand too (inferred)."""
    schema.body(NoBody, call)
    return Answer(document=_run(tx, deployments.find_open(tx, call), {"type": "manual"}))


def fire_due(tx: Transaction) -> None:
    """Runs what is due."""
    now, soonest = clock.now(tx), tx.state(deployment_schedules.NEXT)
    if soonest is None or now < clock.parse(soonest):
        return
    with tx.acting_for(None):
        everywhere = list(tx.scan(DEPLOYMENTS.table))
    for record in everywhere:
        if record.hidden["next"] is not None and clock.parse(record.hidden["next"]) <= now:
            with tx.acting_for(record.account):
                _catch_up(tx, record, now)
    deployment_schedules.note_next(tx)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /deployment_runs."""
    failed = paging.flag(call.query, "has_error")
    paging.choice(call.query, "trigger_type", "schedule", "manual")
    keep = filters.deployment_runs(call.query, failed=failed)
    return paging.answer(tx, call, DEPLOYMENT_RUNS, bounds=paging.ALL_BOUNDS, keep=keep)


def retrieve_of_deployment(tx: Transaction, call: Call) -> Answer:
    """GET /deployments/{deployment_id}/runs/{run_id}."""
    deployment = records.locate(tx, DEPLOYMENTS, call)
    record = records.locate(tx, DEPLOYMENT_RUNS, call)
    if record.body["deployment_id"] != deployment.id:
        raise errors.missing(DEPLOYMENT_RUNS.title, record.id)
    return Answer(document=record.body)


def list_of_deployment(tx: Transaction, call: Call) -> Answer:
    """GET /deployments/{deployment_id}/runs."""
    deployment = records.locate(tx, DEPLOYMENTS, call)
    within = paging.between(call.query, "triggered_after", "triggered_before")
    return paging.answer(
        tx, call, DEPLOYMENT_RUNS, keep=lambda body: bool(body["deployment_id"] == deployment.id and within(body))
    )


def _catch_up(tx: Transaction, record: Record, now: datetime) -> None:
    missed: list[str] = []
    due = record.hidden["next"]
    while due is not None and clock.parse(due) <= now:
        missed = [*missed, due][-MAX_MISSED:]
        due = deployment_schedules.after(record.body, clock.parse(due))
    for moment in missed:
        _run(tx, record, {"type": "schedule", "scheduled_at": moment})
    record.body["schedule"]["last_run_at"] = missed[-1]
    record.hidden["next"] = due
    tx.save(record)


def _run(tx: Transaction, deployment: Record, trigger: JSON) -> JSON:
    """Runs a deployment. What keeps the session from starting shows in the run: nothing is refused."""
    body = deployment.body
    run = {"agent": body["agent"], "deployment_id": deployment.id, "session_id": None, "error": None}
    record = records.make(tx, DEPLOYMENT_RUNS, run | {"trigger_context": trigger})
    sent = CreateSession.model_validate({name: body[name] for name in _OF_SESSION} | _budget(body))
    try:
        with tx.undone_on_error():
            record.body["session_id"] = session_start.begin(tx, sent, deployment.hidden["tokens"], deployment.id).id
    except Refusal as refusal:
        record.body["error"] = {"type": errors.type_of(refusal), "message": refusal.message}
    tx.save(record)
    return record.body


def _budget(body: JSON) -> JSON:
    return {"budget": body["budget"]} if "budget" in body else {}

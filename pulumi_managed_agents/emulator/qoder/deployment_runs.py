"""Runs of deployments: each starts a session, or says why it could not (section 2.11)."""

from ..platform import Answer, Call, Refusal, records
from ..world import JSON, Record, Transaction
from . import errors, paging, session_start
from .kinds import DEPLOYMENT_RUNS, DEPLOYMENTS
from .session_start import CreateSession

_OF_SESSION = ("agent", "environment_id", "initial_events", "resources", "vault_ids", "environment_variables")


def fire(tx: Transaction, deployment: Record, trigger: JSON) -> JSON:
    """Runs a deployment. What keeps the session from starting is told by the run, not by a refusal."""
    body = deployment.body
    run = {"agent": body["agent"], "deployment_id": deployment.id, "session_id": None, "error": None}
    record = records.make(tx, DEPLOYMENT_RUNS, run | {"trigger_context": trigger})
    sent = CreateSession.model_validate({name: body[name] for name in _OF_SESSION} | _budget(body))
    try:
        with tx.undone_on_error():
            record.body["session_id"] = session_start.begin(tx, sent, deployment.hidden["tokens"], deployment.id).id
    except Refusal as refusal:
        record.body["error"] = {"type": errors.kind(refusal), "message": refusal.message}
    tx.save(record)
    return record.body


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /deployment_runs."""
    failed, deployment = paging.flag(call.query, "has_error"), call.query.get("deployment_id")
    trigger = paging.choice(call.query, "trigger_type", "schedule", "manual")

    def keep(body: JSON) -> bool:
        return (
            deployment in (None, body["deployment_id"])
            and trigger in (None, body["trigger_context"]["type"])
            and (failed is None or failed == (body["error"] is not None))
        )

    return paging.answer(tx, call, DEPLOYMENT_RUNS, keep, paging.ALL_BOUNDS)


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
        tx, call, DEPLOYMENT_RUNS, lambda body: bool(body["deployment_id"] == deployment.id and within(body))
    )


def _budget(body: JSON) -> JSON:
    return {"budget": body["budget"]} if "budget" in body else {}

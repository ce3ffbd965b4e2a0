"""Deployments: an agent with everything that its sessions need, started by hand or by schedule (section 6)."""

from .. import settings
from ..closed import NoBody
from ..platform import Answer, Call, Refusal
from ..world import JSON, Record, Transaction
from . import deployment_fields, deployment_schedule, paging, records, resources, schema
from .deployment_fields import CreateDeployment, UpdateDeployment
from .errors import invalid
from .kinds import DEPLOYMENT

STATUSES = {"active", "paused"}


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/deployments."""
    sent = schema.body(CreateDeployment, call)
    fields = deployment_fields.changes(tx, {"metadata": {}, "schedule": None}, sent, set(CreateDeployment.model_fields))
    body = {"status": "active", "paused_reason": None} | fields
    record = records.make(tx, DEPLOYMENT, body, {"tokens": resources.fingerprints(tx, sent.resources)})
    deployment_schedule.plan(tx, record)
    tx.save(record)
    return Answer(document=shown(tx, record))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/deployments/{deployment_id}."""
    return Answer(document=shown(tx, _find(tx, call)))


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/deployments/{deployment_id}. A list of resources comes with its tokens: none are kept from before."""
    sent = schema.body(UpdateDeployment, call)
    record = find(tx, call.ids["deployment_id"])
    changes = deployment_fields.changes(tx, record.body, sent, sent.model_fields_set)
    marks = record.hidden["tokens"]
    if "resources" in sent.model_fields_set:
        marks = resources.fingerprints(tx, sent.resources or [])
    replanned = changes.get("schedule", record.body["schedule"]) != record.body["schedule"]
    rotated = marks != record.hidden["tokens"]
    record.hidden["tokens"] = marks
    records.change(tx, record, changes, touched=rotated)
    if replanned:
        deployment_schedule.plan(tx, record)
        tx.save(record)
    return Answer(document=shown(tx, record))


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/deployments/{deployment_id}/archive: terminal. A second time changes nothing (inferred)."""
    schema.body(NoBody, call)
    record = _find(tx, call)
    deployment_schedule.archive(tx, record)
    return Answer(document=shown(tx, record))


def pause(tx: Transaction, call: Call) -> Answer:
    """POST /v1/deployments/{deployment_id}/pause: no scheduled runs until it is taken back."""
    return _turn(tx, call, "paused", {"type": "manual"})


def unpause(tx: Transaction, call: Call) -> Answer:
    """POST /v1/deployments/{deployment_id}/unpause: from the next occurrence on."""
    return _turn(tx, call, "active", None)


def put(tx: Transaction, record: Record, status: str, reason: JSON | None) -> None:
    """Pauses a deployment or lets it go on."""
    if status != record.body["status"]:
        record.body["status"] = status
        deployment_schedule.plan(tx, record)
        records.change(tx, record, {"paused_reason": reason}, touched=True)
    else:
        records.change(tx, record, {"paused_reason": reason})


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /v1/deployments, newest first (inferred)."""
    agent, status = call.query.get("agent_id"), call.query.get("status")
    if status not in {None, *STATUSES}:
        raise invalid("status: must be active or paused")
    if status is not None and paging.flag(call.query, "include_archived"):
        raise invalid("include_archived: cannot be combined with status")
    return records.listing(
        tx,
        call,
        DEPLOYMENT.name,
        bounds=("gte", "lte"),
        keep=lambda body: agent in (None, body["agent"]["id"]) and status in (None, body["status"]),
        show=lambda record: shown(tx, record),
    )


def shown(tx: Transaction, record: Record) -> JSON:
    """A deployment as answers show it: a budget that is not set is absent."""
    body = {name: value for name, value in record.body.items() if name != "budget" or value is not None}
    return body | {"schedule": deployment_schedule.shown(tx, record.body)}


def find(tx: Transaction, deployment_id: str) -> Record:
    """A deployment that must be there, and that is not archived."""
    record = records.find(tx, DEPLOYMENT, deployment_id)
    records.refuse_archived(tx, record, "deployment")
    return record


def set_from_outside(tx: Transaction, record: Record, fields: JSON) -> None:
    """Sets fields as they are given; the schedule goes by them from now on."""
    records.change(tx, record, fields, touched=True)
    deployment_schedule.plan(tx, record)
    tx.save(record)


def _find(tx: Transaction, call: Call) -> Record:
    return records.find(tx, DEPLOYMENT, call.ids["deployment_id"])


def _turn(tx: Transaction, call: Call, status: str, reason: JSON | None) -> Answer:
    schema.body(NoBody, call)
    record = find(tx, call.ids["deployment_id"])
    refusal = settings.value(tx, "repeated_pause")
    if record.body["status"] == status and refusal != "accept":
        raise Refusal(refusal, f"The deployment is {status} already.")
    put(tx, record, status, reason)
    return Answer(document=shown(tx, record))

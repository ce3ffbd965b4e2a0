"""Deployments: an agent with everything that its sessions need, started by hand or by schedule (section 6)."""

from .. import settings
from ..platform import Answer, Call, Refusal, filters, records, schedules
from ..platform.bodies import NoBody
from ..world import JSON, Record, Transaction
from . import deployment_fields, deployment_schedules, paging, resources, schema
from .deployment_fields import CreateDeployment, UpdateDeployment
from .errors import invalid
from .kinds import DEPLOYMENTS

STATUSES = {"active", "paused"}


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/deployments."""
    sent = schema.body(CreateDeployment, call)
    fields = deployment_fields.changes(tx, {"metadata": {}, "schedule": None}, sent, set(CreateDeployment.model_fields))
    body = {"status": "active", "paused_reason": None} | fields
    record = records.make(tx, DEPLOYMENTS, body, {"tokens": resources.fingerprints(tx, sent.resources)})
    deployment_schedules.plan(tx, record)
    tx.save(record)
    return Answer(document=shown(tx, record))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/deployments/{deployment_id}."""
    return Answer(document=shown(tx, records.locate(tx, DEPLOYMENTS, call)))


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/deployments/{deployment_id}. A list of resources comes with its tokens: none are kept from before."""
    sent = schema.body(UpdateDeployment, call)
    record = find_open(tx, call)
    changes = deployment_fields.changes(tx, record.body, sent, sent.model_fields_set)
    tokens = record.hidden["tokens"]
    if "resources" in sent.model_fields_set:
        tokens = resources.fingerprints(tx, sent.resources or [])
    replanned = changes.get("schedule", record.body["schedule"]) != record.body["schedule"]
    rotated = tokens != record.hidden["tokens"]
    record.hidden["tokens"] = tokens
    records.change(tx, DEPLOYMENTS, record, changes, touched=rotated)
    if replanned:
        deployment_schedules.plan(tx, record)
        tx.save(record)
    return Answer(document=shown(tx, record))


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/deployments/{deployment_id}/archive: terminal. A second time changes nothing (inferred)."""
    schema.body(NoBody, call)
    record = records.locate(tx, DEPLOYMENTS, call)
    deployment_schedules.archive(tx, record)
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
        deployment_schedules.plan(tx, record)
        records.change(tx, DEPLOYMENTS, record, {"paused_reason": reason}, touched=True)
    else:
        records.change(tx, DEPLOYMENTS, record, {"paused_reason": reason})


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/deployments, newest first (inferred)."""
    status = call.query.get("status")
    if status not in {None, *STATUSES}:
        raise invalid("status: must be active or paused")
    if status is not None and paging.flag(call.query, "include_archived"):
        raise invalid("include_archived: cannot be combined with status")
    return paging.answer(
        tx,
        call,
        DEPLOYMENTS,
        bounds=paging.OUTER_BOUNDS,
        keep=filters.deployments(call.query),
        show=lambda record: shown(tx, record),
    )


def shown(tx: Transaction, record: Record) -> JSON:
    """A deployment as answers show it: a budget that is not set is absent."""
    body = {name: value for name, value in record.body.items() if name != "budget" or value is not None}
    return body | {"schedule": schedules.shown(tx, record.body)}


def find_open(tx: Transaction, call: Call) -> Record:
    """The deployment of a path, which is not archived."""
    record = records.locate(tx, DEPLOYMENTS, call)
    records.refuse_archived(tx, DEPLOYMENTS, record)
    return record


def set_from_outside(tx: Transaction, record: Record, fields: JSON) -> None:
    """Sets fields as they are given; the schedule goes by them from now on."""
    records.change(tx, DEPLOYMENTS, record, fields, touched=True)
    deployment_schedules.plan(tx, record)
    tx.save(record)


def _turn(tx: Transaction, call: Call, status: str, reason: JSON | None) -> Answer:
    schema.body(NoBody, call)
    record = find_open(tx, call)
    refusal = settings.value(tx, "repeated_pause")
    if record.body["status"] == status and refusal != "accept":
        raise Refusal(refusal, f"The deployment is {status} already.")
    put(tx, record, status, reason)
    return Answer(document=shown(tx, record))

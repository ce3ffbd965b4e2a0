"""Deployments: sessions that start on demand or by a schedule (section 2.11). They are archived, never deleted."""

from typing import Literal

from .. import clock
from ..platform import Answer, Call, filters, records, schedules
from ..platform.bodies import NoBody
from ..world import JSON, Record, Transaction
from . import deployment_fields, deployment_schedules, paging, resources, schema
from .deployment_fields import CreateDeployment, UpdateDeployment
from .kinds import DEPLOYMENTS


def create(tx: Transaction, call: Call) -> Answer:
    """POST /deployments: active at once."""
    sent = schema.body(CreateDeployment, call)
    schema.unconfirmed(tx, sent, {"budget"}, "qoder_sdk_only_fields")
    empty: JSON = {
        "resources": [],
        "vault_ids": [],
        "environment_variables": "",
        "description": "",
        "schedule": None,
    }
    deployment: JSON = empty | deployment_fields.given(tx, sent) | {"metadata": schema.patched({}, sent.metadata)}
    deployment |= {"status": "active", "paused_reason": None}
    record = records.make(tx, DEPLOYMENTS, deployment, {"tokens": resources.fingerprints(tx, sent.resources or [])})
    deployment_schedules.plan(tx, record)
    return _answer(tx, record)


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /deployments/{deployment_id}."""
    return _answer(tx, records.locate(tx, DEPLOYMENTS, call))


def update(tx: Transaction, call: Call) -> Answer:
    """POST /deployments/{deployment_id}."""
    sent = schema.body(UpdateDeployment, call)
    schema.unconfirmed(tx, sent, {"budget"}, "qoder_sdk_only_updates")
    record = find_open(tx, call)
    changed = deployment_fields.given(tx, sent, record.id) | deployment_fields.cleared(tx, sent)
    changed["metadata"] = schema.patched(record.body["metadata"], sent.metadata)
    if sent.resources is not None or "resources" in changed:
        record.hidden["tokens"] = resources.fingerprints(tx, sent.resources or [])
    records.change(tx, DEPLOYMENTS, record, changed)
    if "schedule" in changed:
        deployment_schedules.plan(tx, record)
    return _answer(tx, record)


def pause(tx: Transaction, call: Call) -> Answer:
    """POST /deployments/{deployment_id}/pause."""
    return _turn(tx, call, "paused", {"type": "manual"})


def unpause(tx: Transaction, call: Call) -> Answer:
    """POST /deployments/{deployment_id}/unpause; what was missed is not made up for (inferred)."""
    return _turn(tx, call, "active", None)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /deployments/{deployment_id}/archive. The status stays, the name is given up."""
    schema.body(NoBody, call)
    record = records.locate(tx, DEPLOYMENTS, call)
    if record.body["archived_at"] is None:
        record.body["name"] += f"_archived_{int(clock.now(tx).timestamp())}"
        records.archive(tx, record)
        deployment_schedules.plan(tx, record)
    return _answer(tx, record)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /deployments."""
    paging.choice(call.query, "status", "active", "paused")
    return paging.answer(
        tx,
        call,
        DEPLOYMENTS,
        bounds=paging.OUTER_BOUNDS,
        keep=filters.deployments(call.query),
        show=lambda record: shown(tx, record),
    )


def _turn(tx: Transaction, call: Call, status: Literal["active", "paused"], reason: JSON | None) -> Answer:
    schema.body(NoBody, call)
    record = find_open(tx, call)
    if record.body["status"] != status:
        records.change(tx, DEPLOYMENTS, record, {"status": status, "paused_reason": reason})
        deployment_schedules.plan(tx, record)
    return _answer(tx, record)


def find_open(tx: Transaction, call: Call) -> Record:
    """The deployment of a path, which is not archived."""
    record = records.locate(tx, DEPLOYMENTS, call)
    records.refuse_archived(tx, DEPLOYMENTS, record)
    return record


def shown(tx: Transaction, record: Record) -> JSON:
    """A deployment as answers show it."""
    return record.body | {"schedule": schedules.shown(tx, record.body)}


def _answer(tx: Transaction, record: Record) -> Answer:
    return Answer(document=shown(tx, record))

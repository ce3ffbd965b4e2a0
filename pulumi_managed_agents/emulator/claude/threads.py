"""The thread of a session (section 4.6). The emulated agent spawns none, so each session has its primary one alone.

A thread is a view of its session: nothing of it is stored but the time of its archive.
"""

from .. import clock, settings
from ..platform import Answer, Call, Refusal
from ..platform.bodies import NoBody
from ..world import JSON, Record, Transaction
from . import events, lifecycle, paging, schema, sessions
from .errors import invalid, missing


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}/threads."""
    record = lifecycle.find(tx, call.ids["session_id"], read=True)
    part = paging.window(call.query, default=1000, maximum=1000, order="asc")
    statuses = set(call.query.getlist("statuses[]"))
    if statuses - sessions.STATUSES:
        raise invalid(f"statuses: must be among {', '.join(sorted(sessions.STATUSES))}")
    source = paging.among([(record.position, _shown(tx, record))])
    return Answer(document=paging.page(part, source, lambda body: not statuses or body["status"] in statuses))


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}/threads/{thread_id}."""
    return Answer(document=_shown(tx, _find(tx, call)))


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}/threads/{thread_id}/archive: only of an idle thread."""
    schema.body(NoBody, call)
    record = _find(tx, call)
    thread = _shown(tx, record)
    if thread["archived_at"] is None:
        _check_archivable(tx, thread["status"])
        record.hidden["thread_archived_at"] = clock.stamp(tx)
        tx.save(record)
    return Answer(document=_shown(tx, record))


def list_events(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}/threads/{thread_id}/events: what happened in the session happened here."""
    return events.history(tx, call, _find(tx, call))


def _find(tx: Transaction, call: Call) -> Record:
    record = lifecycle.find(tx, call.ids["session_id"], read=True)
    if call.ids["thread_id"] != _id(record):
        raise missing("Thread", call.ids["thread_id"])
    return record


def _id(record: Record) -> str:
    return "sthr_" + record.id.removeprefix("sesn_")


def _shown(tx: Transaction, record: Record) -> JSON:
    session = sessions.shown(tx, record)
    archived_at = session["archived_at"] or record.hidden.get("thread_archived_at")
    happened = {event["type"] for _, event in tx.events(record.id)}
    started = any(kind.startswith("session.status_") for kind in happened)
    return {
        "id": _id(record),
        "type": "session_thread",
        "session_id": record.id,
        "parent_thread_id": None,
        "agent": {name: value for name, value in session["agent"].items() if name != "multiagent"},
        "status": session["status"] if archived_at is None else "terminated",
        "stats": session["stats"] | {"startup_seconds": 0.0} if started else None,
        "usage": session["usage"] if "session.status_idle" in happened else None,
        "workflow_run_id": None,
        "created_at": session["created_at"],
        "updated_at": max(session["updated_at"], archived_at or ""),
        "archived_at": archived_at,
    }


def _check_archivable(tx: Transaction, status: str) -> None:
    if status in ("running", "rescheduling"):
        raise Refusal(settings.value(tx, "busy_refusal_status"), "A thread must be idle to be archived.")
    refusal = settings.value(tx, "primary_thread_archive")
    if refusal != "accept":
        raise Refusal(refusal, "The primary thread of a session cannot be archived.")

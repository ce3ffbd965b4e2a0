"""What happens to a session by itself: runs that end, clones that fail, events that tell of both; each is a task."""

from functools import partial
from typing import Any, Literal

from .. import clock, github, ids, settings, tasks
from ..world import JSON, Record, Transaction
from .errors import missing

KIND = "sessions"
Status = Literal["idle", "running", "rescheduling", "terminated"]

_STATUS_EVENTS = {
    "running": "session.status_running",
    "idle": "session.status_idle",
    "rescheduling": "session.status_rescheduled",
    "terminated": "session.status_terminated",
}


def find(tx: Transaction, session_id: str, *, read: bool = False) -> Record:
    """A session that must be there, with everything done to it that is due."""
    record = tx.get(KIND, session_id)
    if record is None:
        raise missing("Session", session_id)
    if record.hidden.get("tasks") and not tx.stale:
        settle(tx, record, read=read)
    return record


def settle_all(tx: Transaction, *, read: bool) -> None:
    """Settles every session that waits for something; a list reads them all."""
    if not tx.stale:
        for record in tx.pending(KIND):
            settle(tx, record, read=read)


def settle(tx: Transaction, record: Record, *, read: bool) -> None:
    """Carries out what is due."""
    tasks.settle(tx, record, partial(_carry_out, tx, record), read=read)


def emit(tx: Transaction, session_id: str, kind: str, **fields: Any) -> JSON:
    """Appends an event to a session's history."""
    time = clock.stamp(tx)
    event: JSON = {"id": ids.new(tx, "sevt_"), "type": kind, "processed_at": time, **fields}
    tx.add_event(session_id, time, event)
    return event


def run(tx: Transaction, record: Record) -> None:
    """Makes a session run until its setting ends it. The caller saves the session."""
    if record.body["status"] != "running":
        record.body["status"] = "running"
        emit(tx, record.id, _STATUS_EVENTS["running"])
    record.hidden["running_since"] = clock.write(clock.now(tx))
    tasks.drop(record, "finish")
    tasks.plan(tx, record, "run_ends", {"do": "finish"})


def finish(tx: Transaction, record: Record, reason: str = "end_turn") -> None:
    """Makes a session idle: the usage, then the status. The caller saves the session."""
    tasks.drop(record, "finish")
    _count_time(tx, record)
    for outcome in record.body["outcome_evaluations"]:
        if outcome["completed_at"] is None:
            result = "satisfied" if reason == "end_turn" else "interrupted"
            outcome |= {"result": result, "completed_at": clock.stamp(tx)}
    record.body["status"] = "idle"
    emit(tx, record.id, "session.usage", usage=record.body["usage"], budget=record.body["budget"])
    emit(tx, record.id, _STATUS_EVENTS["idle"], stop_reason={"type": "end_turn"}, stop_details=None)


def put(tx: Transaction, record: Record, status: Status) -> None:
    """Puts a session into a status, where it stays: no task moves it on. The caller saves the session."""
    tasks.drop(record, "finish")
    if status == record.body["status"]:
        return
    if status == "idle":
        finish(tx, record)
        return
    if status == "running":
        record.hidden["running_since"] = clock.write(clock.now(tx))
    else:
        _count_time(tx, record)
    record.body["status"] = status
    emit(tx, record.id, _STATUS_EVENTS[status])


def clone(tx: Transaction, record: Record, resource_id: str) -> None:
    """Tries a clone now, or puts it off as the setting says. The caller saves the session."""
    tasks.drop(record, "clone", resource_id)
    when = settings.schedule(tx, "clone_errors")
    if when.reads == 0:
        _clone(tx, record, resource_id)
    else:
        tasks.plan(tx, record, "clone_errors", {"do": "clone", "resource": resource_id})


def _carry_out(tx: Transaction, record: Record, task: JSON) -> None:
    if task["do"] == "clone":
        _clone(tx, record, task["resource"])
    elif record.body["status"] == "running":
        finish(tx, record)


def _clone(tx: Transaction, record: Record, resource_id: str) -> None:
    """A clone that fails is told in an event; the session keeps running without the repository."""
    resource = next(each for each in record.body["resources"] if each.get("id") == resource_id)
    token = record.hidden["tokens"].get(resource_id)
    trouble = github.trouble(tx, resource["url"], token, resource["checkout"])
    if trouble is not None:
        error = {
            "type": f"repository_{trouble}_error",
            "message": github.TROUBLE[trouble],
            "repository_url": resource["url"],
            "retry_status": {"type": "retrying"},
        }
        emit(tx, record.id, "session.error", error=error)


def _count_time(tx: Transaction, record: Record) -> None:
    since = record.hidden.pop("running_since", None)
    if since is not None:
        seconds = max(0.0, (clock.now(tx) - clock.parse(since)).total_seconds())
        record.body["stats"]["active_seconds"] += seconds
        record.body["usage"]["active_seconds"] += seconds

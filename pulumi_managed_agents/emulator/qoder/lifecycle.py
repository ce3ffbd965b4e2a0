"""What happens to a session by itself (2.3 and 2.5): runs and cancellations end, clones fail. Each is a task."""

from functools import partial
from typing import Any, Literal

from .. import clock, github, settings, tasks
from ..world import JSON, Record, Transaction
from . import identifiers, records, repositories
from .kinds import SESSIONS

Status = Literal["idle", "running", "rescheduling", "canceling", "terminated"]
BUSY = ("running", "rescheduling", "canceling")

# No document shows such events: they are those of Claude (inferred), as are the words for a clone that fails.
_STATUS_EVENTS = {
    "running": "session.status_running",
    "idle": "session.status_idle",
    "rescheduling": "session.status_rescheduled",
    "terminated": "session.status_terminated",
}


def find(tx: Transaction, session_id: str, *, read: bool = False) -> Record:
    """A session that must be there, with everything done to it that is due."""
    record = records.find(tx, SESSIONS, session_id)
    if record.hidden.get("tasks") and not tx.stale:
        settle(tx, record, read=read)
    return record


def settle_all(tx: Transaction, *, read: bool) -> None:
    """Settles every session that waits for something; a list reads them all."""
    if not tx.stale:
        for record in tx.pending(SESSIONS.table):
            settle(tx, record, read=read)


def settle(tx: Transaction, record: Record, *, read: bool) -> None:
    """Carries out what is due."""
    tasks.settle(tx, record, partial(_carry_out, tx, record), read=read)


def emit(tx: Transaction, session_id: str, kind: str, **fields: Any) -> JSON:
    """Appends an event to a session's history."""
    time = clock.stamp(tx)
    event: JSON = {"id": identifiers.new(tx, "evt_"), "type": kind, "processed_at": time, **fields}
    tx.add_event(session_id, time, event)
    return event


def run(tx: Transaction, record: Record) -> None:
    """Makes a session run until its setting ends it. The caller saves the session."""
    put(tx, record, "running")
    tasks.plan(tx, record, "run_ends", {"do": "finish"})


def cancel(tx: Transaction, record: Record) -> None:
    """Ends a run by way of `canceling`. The caller saves the session."""
    put(tx, record, "canceling")
    tasks.plan(tx, record, "qoder_cancel_ends", {"do": "finish"})


def put(tx: Transaction, record: Record, status: Status) -> None:
    """Puts a session into a status, where it stays: no task moves it on. The caller saves the session."""
    tasks.drop(record, "finish")
    if status == record.body["status"]:
        return
    _count_time(tx, record, status)
    record.body["status"] = status
    if status in _STATUS_EVENTS:
        fields: JSON = {"stop_reason": {"type": "end_turn"}} if status == "idle" else {}
        emit(tx, record.id, _STATUS_EVENTS[status], **fields)


def clone(tx: Transaction, record: Record, resource_id: str) -> None:
    """Tries a clone now, or puts it off as the setting says. The caller saves the session."""
    tasks.drop(record, "clone", resource_id)
    if settings.schedule(tx, "clone_errors").reads == 0:
        _clone(tx, record, resource_id)
    else:
        tasks.plan(tx, record, "clone_errors", {"do": "clone", "resource": resource_id})


def _carry_out(tx: Transaction, record: Record, task: JSON) -> None:
    if task["do"] == "clone":
        _clone(tx, record, task["resource"])
    elif record.body["status"] in ("running", "canceling"):
        put(tx, record, "idle")


def _clone(tx: Transaction, record: Record, resource_id: str) -> None:
    """A clone that fails is told in an event; the session keeps running without the repository."""
    resource = next((each for each in record.body["resources"] if each["id"] == resource_id), None)
    if resource is None:
        return
    url = repositories.plain(resource["url"])
    trouble = github.trouble(tx, url, record.hidden["tokens"].get(resource_id), resource["checkout"])
    if trouble is not None:
        error = {
            "type": f"repository_{trouble}_error",
            "message": github.TROUBLE[trouble],
            "repository_url": url,
            "retry_status": {"type": "retrying"},
        }
        emit(tx, record.id, "session.error", error=error)


def _count_time(tx: Transaction, record: Record, status: Status) -> None:
    since = record.hidden.pop("running_since", None)
    if since is not None:
        seconds = (clock.now(tx) - clock.parse(since)).total_seconds()
        record.body["stats"]["active_seconds"] += max(0.0, seconds)
    if status == "running":
        record.hidden["running_since"] = clock.write(clock.now(tx))

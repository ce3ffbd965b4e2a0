"""What happens to a session: it runs, it ends, clones fail, events tell of it; what waits is a task."""

from typing import Literal

from .. import clock, settings
from ..platform import Call, Refusal, lifecycle, tasks
from ..platform.lifecycle import STATUS_EVENTS, Lifecycle
from ..world import Record, Transaction
from .kinds import SESSIONS

Status = Literal["idle", "running", "rescheduling", "terminated"]


def find_open(tx: Transaction, call: Call) -> Record:
    """The session of a path, which has not ended."""
    record = find(tx, call.ids["session_id"])
    refuse_ended(tx, record)
    return record


def refuse_ended(tx: Transaction, record: Record) -> None:
    """A session that has ended takes no change."""
    if record.body["status"] == "terminated":
        raise Refusal(settings.value(tx, "archived_refusal_status"), "The session has ended and is read-only.")


def run(tx: Transaction, record: Record) -> None:
    """Makes a session run until its setting ends it. The caller saves the session."""
    if record.body["status"] != "running":
        record.body["status"] = "running"
        emit(tx, record.id, STATUS_EVENTS["running"])
    lifecycle.start_counting(tx, record)
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
    emit(tx, record.id, STATUS_EVENTS["idle"], stop_reason={"type": "end_turn"}, stop_details=None)


def put(tx: Transaction, record: Record, status: Status) -> None:
    """Puts a session into a status, where it stays: no task moves it on. The caller saves the session."""
    tasks.drop(record, "finish")
    if status == record.body["status"]:
        return
    if status == "idle":
        finish(tx, record)
        return
    if status == "running":
        lifecycle.start_counting(tx, record)
    else:
        _count_time(tx, record)
    record.body["status"] = status
    emit(tx, record.id, STATUS_EVENTS[status])


def _end_run(tx: Transaction, record: Record) -> None:
    if record.body["status"] == "running":
        finish(tx, record)


def _count_time(tx: Transaction, record: Record) -> None:
    record.body["usage"]["active_seconds"] += lifecycle.stop_counting(tx, record)


LIFECYCLE = Lifecycle(SESSIONS, "sevt_", _end_run)
find, settle_all, emit, clone = LIFECYCLE.find, LIFECYCLE.settle_all, LIFECYCLE.emit, LIFECYCLE.clone

"""What happens to a session (2.3 and 2.5): runs and cancellations end, clones fail; what waits is a task."""

from typing import Literal

from .. import settings
from ..platform import Call, lifecycle, records, tasks
from ..platform.lifecycle import STATUS_EVENTS, Lifecycle
from ..world import JSON, Record, Transaction
from . import repositories
from .errors import Refused
from .kinds import SESSIONS

Status = Literal["idle", "running", "rescheduling", "canceling", "terminated"]
BUSY = ("running", "rescheduling", "canceling")


def find_open(tx: Transaction, call: Call) -> Record:
    """The session of a path, which can still change."""
    record = find(tx, call.ids["session_id"])
    records.refuse_archived(tx, SESSIONS, record)
    if record.body["status"] == "terminated":
        status = settings.value(tx, "qoder_archived_refusal_status")
        raise Refused(status, f"Session '{record.id}' has ended.")
    return record


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
    lifecycle.stop_counting(tx, record)
    if status == "running":
        lifecycle.start_counting(tx, record)
    record.body["status"] = status
    if status in STATUS_EVENTS:
        fields: JSON = {"stop_reason": {"type": "end_turn"}} if status == "idle" else {}
        emit(tx, record.id, STATUS_EVENTS[status], **fields)


def _end_run(tx: Transaction, record: Record) -> None:
    if record.body["status"] in ("running", "canceling"):
        put(tx, record, "idle")


LIFECYCLE = Lifecycle(SESSIONS, "evt_", _end_run, repositories.plain)
find, settle_all, emit, clone = LIFECYCLE.find, LIFECYCLE.settle_all, LIFECYCLE.emit, LIFECYCLE.clone

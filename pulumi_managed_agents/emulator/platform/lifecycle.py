"""What happens to a session by itself: runs end, clones fail, events tell of both. Each is a task."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from .. import clock, github, settings
from ..world import JSON, Record, Transaction
from . import records, tasks
from .kinds import Kind

# No document of Qoder shows such events: there they are inferred, as are the words for a clone that fails.
STATUS_EVENTS = {
    "running": "session.status_running",
    "idle": "session.status_idle",
    "rescheduling": "session.status_rescheduled",
    "terminated": "session.status_terminated",
}


def _same(url: str) -> str:
    return url


@dataclass(frozen=True)
class Lifecycle:
    """The sessions of one platform."""

    sessions: Kind
    event_prefix: str
    """Of the ids of events."""
    finish: Callable[[Transaction, Record], None]
    """Ends a run whose time has come."""
    address: Callable[[str], str] = _same
    """The address of a repository as it is cloned."""

    def find(self, tx: Transaction, session_id: str, *, read: bool = False) -> Record:
        """A session that must be there, with everything done to it that is due."""
        record = records.find(tx, self.sessions, session_id)
        if record.hidden.get("tasks") and not tx.stale:
            self.settle(tx, record, read=read)
        return record

    def settle_all(self, tx: Transaction, *, read: bool) -> None:
        """Settles every session that waits for something; a list reads them all."""
        if not tx.stale:
            for record in tx.pending(self.sessions.table):
                self.settle(tx, record, read=read)

    def settle(self, tx: Transaction, record: Record, *, read: bool) -> None:
        """Carries out what is due."""
        tasks.settle(tx, record, partial(self._carry_out, tx, record), read=read)

    def emit(self, tx: Transaction, session_id: str, kind: str, **fields: Any) -> JSON:
        """Appends an event to a session's history."""
        time = clock.stamp(tx)
        event = self.event(tx, kind, time) | fields
        tx.add_event(session_id, time, event)
        return event

    def event(self, tx: Transaction, kind: str, time: str) -> JSON:
        """An event with its id, when it has nothing to say."""
        return {"id": self.sessions.dialect.new_id(tx, self.event_prefix), "type": kind, "processed_at": time}

    def clone(self, tx: Transaction, record: Record, resource_id: str) -> None:
        """Tries a clone now, or puts it off as the setting says. The caller saves the session."""
        tasks.drop(record, "clone", resource_id)
        if settings.schedule(tx, "clone_errors").reads == 0:
            self._clone(tx, record, resource_id)
        else:
            tasks.plan(tx, record, "clone_errors", {"do": "clone", "resource": resource_id})

    def rotate(self, tx: Transaction, record: Record, resource: JSON, token: str) -> None:
        """Gives a mounted repository another token, notes that, and clones again."""
        fingerprint = github.fingerprint(tx, token)
        resource["updated_at"] = clock.stamp(tx)
        record.hidden["tokens"][resource["id"]] = fingerprint
        tx.add_rotation(record.id, resource["id"], resource["updated_at"], fingerprint)
        self.clone(tx, record, resource["id"])
        tx.save(record)

    def _carry_out(self, tx: Transaction, record: Record, task: JSON) -> None:
        if task["do"] == "clone":
            self._clone(tx, record, task["resource"])
        else:
            self.finish(tx, record)

    def _clone(self, tx: Transaction, record: Record, resource_id: str) -> None:
        """A clone that fails shows as an event; the session keeps running without the repository."""
        resource = next((each for each in record.body["resources"] if each.get("id") == resource_id), None)
        if resource is None:
            return
        url, token = self.address(resource["url"]), record.hidden["tokens"].get(resource_id)
        trouble = github.trouble(tx, url, token, resource["checkout"])
        if trouble is not None:
            error = {
                "type": f"repository_{trouble}_error",
                "message": github.TROUBLE[trouble],
                "repository_url": url,
                "retry_status": {"type": "retrying"},
            }
            self.emit(tx, record.id, "session.error", error=error)


def aged(tx: Transaction, body: JSON, end: str | None) -> JSON:
    """A session with its age, up to its `end` or to now."""
    age = (clock.parse(end) if end else clock.now(tx)) - clock.parse(body["created_at"])
    return body | {"stats": body["stats"] | {"duration_seconds": max(0.0, age.total_seconds())}}


def start_counting(tx: Transaction, record: Record) -> None:
    """The time that a session runs is counted from now on."""
    record.hidden["running_since"] = clock.write(clock.now(tx))


def stop_counting(tx: Transaction, record: Record) -> float:
    """The seconds that a session has run since the count began; they are added to what it has run before."""
    since = record.hidden.pop("running_since", None)
    seconds = 0.0 if since is None else max(0.0, (clock.now(tx) - clock.parse(since)).total_seconds())
    record.body["stats"]["active_seconds"] += seconds
    return seconds

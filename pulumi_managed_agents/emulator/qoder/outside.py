"""Changes that come from elsewhere: another program, the console, an operator of the platform."""

from typing import Any, get_args

from .. import clock
from ..errors import EmulatorError
from ..world import JSON, Record, Transaction
from . import agents, lifecycle, resources, schedules
from .kinds import AGENTS, ALL, SESSIONS, Kind
from .times import trimmed

KINDS = {kind.word: kind for kind in ALL}


def objects(tx: Transaction, kind: str) -> list[JSON]:
    """Every stored object of a kind, oldest first. What is due has happened; looking is no read."""
    found = _kind(kind)
    schedules.fire_due(tx)
    if found is SESSIONS:
        lifecycle.settle_all(tx, read=False)
    return [trimmed(record.body) for record in tx.scan(found.table)]


def change(tx: Transaction, kind: str, object_id: str, fields: dict[str, Any]) -> JSON:
    """Sets fields as they are given; an agent gets a new version, everything else a new updated_at if it has one."""
    record = _find(tx, kind, object_id)
    if set(fields) - set(record.body):
        raise EmulatorError(f"{kind} have no field {min(set(fields) - set(record.body))!r}.")
    if kind == AGENTS.word:
        agents.save_version(tx, record, record.body | fields)
    else:
        moved = {"updated_at": clock.stamp(tx)} if "updated_at" in record.body else {}
        record.body |= moved | fields
        tx.save(record)
    return dict(trimmed(record.body))


def remove(tx: Transaction, kind: str, object_id: str) -> None:
    """Takes an object away, whatever refers to it."""
    record = _find(tx, kind, object_id)
    tx.remove(record.kind, record.id)
    tx.remove_events(record.id)


def rotations(tx: Transaction, session_id: str) -> list[JSON]:
    """The token rotations of a session, also of one that is deleted."""
    return tx.rotations(session_id)


def mounts(tx: Transaction, session_id: str) -> list[JSON]:
    """The repositories of a session with the fingerprints of their tokens."""
    record = _find(tx, SESSIONS.word, session_id)
    return [
        {
            "resource_id": resource["id"],
            "url": resource["url"],
            "mount_path": resource["mount_path"],
            "fingerprint": record.hidden["tokens"].get(resource["id"]),
        }
        for resource in record.body["resources"]
        if resource["type"] in resources.REPOSITORIES
    ]


def set_status(tx: Transaction, session_id: str, status: str) -> JSON:
    """Puts a session into a status and leaves it there."""
    for known in get_args(lifecycle.Status):
        if status == known:
            record = _find(tx, SESSIONS.word, session_id)
            lifecycle.put(tx, record, known)
            tx.save(record)
            return dict(trimmed(record.body))
    raise EmulatorError(f"{status!r} is no status of a session.")


def emit(tx: Transaction, session_id: str, event: JSON) -> JSON:
    """Appends an event as it is given, with id and time when it has none."""
    record = _find(tx, SESSIONS.word, session_id)
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise EmulatorError("An event is an object with a type.")
    return lifecycle.emit(tx, record.id, event["type"], **{name: event[name] for name in event if name != "type"})


def _find(tx: Transaction, kind: str, object_id: str) -> Record:
    record = tx.get(_kind(kind).table, object_id)
    if record is None:
        raise EmulatorError(f"There is no {object_id!r} among the {kind}.")
    return record


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise EmulatorError(f"{kind!r} is no kind; there are {', '.join(KINDS)}.")
    return KINDS[kind]

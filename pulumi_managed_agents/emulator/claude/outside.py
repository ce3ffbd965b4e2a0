"""Changes that come from elsewhere: another program, the Console, an operator of the platform."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from .. import clock
from ..errors import EmulatorError
from ..world import JSON, Record, Transaction
from . import (
    agents,
    deployment_runs,
    deployments,
    files,
    lifecycle,
    memories,
    memory_stores,
    skill_versions,
    skills,
    vaults,
)
from .kinds import DEPLOYMENT


def _set(tx: Transaction, record: Record, fields: JSON) -> None:
    stamp = {"updated_at": clock.stamp(tx)} if "updated_at" in record.body else {}
    record.body |= stamp | fields
    tx.save(record)


def _set_version(tx: Transaction, record: Record, fields: JSON) -> None:
    agents.save_version(tx, record, record.body | fields)


def _forget(tx: Transaction, record: Record) -> None:
    tx.remove(record.kind, record.id)
    tx.remove_events(record.id)


def _stored(_: Transaction, record: Record) -> JSON:
    return record.body


@dataclass(frozen=True)
class Outside:
    """How a kind is shown, changed and removed from outside, where that takes more than its own record."""

    show: Callable[[Transaction, Record], JSON] = _stored
    change: Callable[[Transaction, Record, JSON], None] = _set
    remove: Callable[[Transaction, Record], None] = _forget


KINDS = {
    "agents": Outside(change=_set_version),
    "environments": Outside(),
    "sessions": Outside(),
    "vaults": Outside(remove=vaults.remove),
    "credentials": Outside(),
    "memory_stores": Outside(remove=memory_stores.remove),
    "memories": Outside(show=memories.shown, change=memories.rewrite, remove=memories.remove),
    "memory_versions": Outside(),
    "files": Outside(show=files.shown),
    "skills": Outside(remove=skills.remove),
    "deployments": Outside(show=deployments.shown, change=deployments.set_from_outside),
    "deployment_runs": Outside(),
    "skill_versions": Outside(show=skill_versions.shown, remove=skill_versions.remove),
}


def objects(tx: Transaction, kind: str) -> list[JSON]:
    """Every stored object of a kind, oldest first. What is due has happened; looking is no read."""
    deployment_runs.settle(tx)
    if kind == lifecycle.KIND:
        lifecycle.settle_all(tx, read=False)
    return [KINDS[kind].show(tx, record) for record in tx.scan(_kind(kind))]


def change(tx: Transaction, kind: str, object_id: str, fields: dict[str, Any]) -> JSON:
    """Sets fields as they are given; an agent gets a new version, everything else a new updated_at."""
    record = _find(tx, kind, object_id)
    if set(fields) - set(record.body):
        raise EmulatorError(f"{kind} have no field {min(set(fields) - set(record.body))!r}.")
    KINDS[kind].change(tx, record, fields)
    return KINDS[kind].show(tx, record)


def remove(tx: Transaction, kind: str, object_id: str) -> None:
    """Takes an object away with what belongs to it, whatever refers to it."""
    record = _find(tx, kind, object_id)
    KINDS[kind].remove(tx, record)


def rotations(tx: Transaction, session_id: str) -> list[JSON]:
    """The token rotations of a session or a credential, also of one that is deleted."""
    return tx.rotations(session_id)


def mounts(tx: Transaction, session_id: str) -> list[JSON]:
    """The repositories of a session with the fingerprints of their tokens, or those that a deployment mounts."""
    if tx.get(DEPLOYMENT.name, session_id) is not None:
        return _deployed(_find(tx, DEPLOYMENT.name, session_id))
    record = _find(tx, lifecycle.KIND, session_id)
    return [
        _mount(resource, record.hidden["tokens"].get(resource["id"]))
        for resource in record.body["resources"]
        if resource["type"] == "github_repository"
    ]


def set_status(tx: Transaction, session_id: str, status: str) -> JSON:
    """Puts a session into a status and leaves it there."""
    for known in get_args(lifecycle.Status):
        if status == known:
            record = _find(tx, lifecycle.KIND, session_id)
            lifecycle.put(tx, record, known)
            tx.save(record)
            return record.body
    raise EmulatorError(f"{status!r} is no status of a session.")


def emit(tx: Transaction, session_id: str, event: JSON) -> JSON:
    """Appends an event as it is given, with id and time when it has none."""
    record = _find(tx, lifecycle.KIND, session_id)
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise EmulatorError("An event is an object with a type.")
    return lifecycle.emit(tx, record.id, event["type"], **{name: event[name] for name in event if name != "type"})


def _deployed(record: Record) -> list[JSON]:
    marked = zip(record.body["resources"], record.hidden["tokens"], strict=True)
    return [_mount(resource, mark) for resource, mark in marked if resource["type"] == "github_repository"]


def _mount(resource: JSON, mark: str | None) -> JSON:
    return {
        "resource_id": resource.get("id"),
        "url": resource["url"],
        "mount_path": resource["mount_path"],
        "fingerprint": mark,
    }


def _find(tx: Transaction, kind: str, object_id: str) -> Record:
    record = tx.get(_kind(kind), object_id)
    if record is None:
        raise EmulatorError(f"There is no {object_id!r} among the {kind}.")
    return record


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise EmulatorError(f"{kind!r} is no kind; there are {', '.join(KINDS)}.")
    return kind

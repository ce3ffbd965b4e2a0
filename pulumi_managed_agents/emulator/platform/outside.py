"""Changes that come from elsewhere: another program, the console, an operator of the platform."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .. import clock
from ..errors import EmulatorError
from ..world import JSON, Record, Transaction
from .calls import Service
from .kinds import Kind
from .lifecycle import Lifecycle


def _stored(_: Transaction, record: Record) -> JSON:
    return record.body


def _set(tx: Transaction, record: Record, fields: JSON) -> None:
    stamp = {"updated_at": clock.stamp(tx)} if "updated_at" in record.body else {}
    record.body |= stamp | fields
    tx.save(record)


def _remove(tx: Transaction, record: Record) -> None:
    tx.remove(record.kind, record.id)
    tx.remove_events(record.id)


@dataclass(frozen=True)
class Access:
    """How a kind is shown, changed and removed from outside, where that takes more than its own record."""

    kind: Kind
    show: Callable[[Transaction, Record], JSON] = _stored
    change: Callable[[Transaction, Record, JSON], None] = _set
    remove: Callable[[Transaction, Record], None] = _remove


@dataclass(frozen=True)
class Outside:
    """What a test may see and change of one platform, behind the client's back."""

    kinds: Mapping[str, Access]
    lifecycle: Lifecycle
    statuses: tuple[str, ...]
    """Those that a session can have."""
    put: Callable[[Transaction, Record, Any], None]
    """Puts a session into one of them, where it stays."""
    fire: Callable[[Transaction], None]
    """Lets every schedule fire that is due."""
    mounted: Callable[[Record], list[tuple[JSON, str | None]]]
    """The repositories of a session or a deployment, with the fingerprints of their tokens."""
    mounting: tuple[str, ...] = ("sessions",)
    """The kinds that mount repositories."""

    def objects(self, tx: Transaction, kind: str) -> list[JSON]:
        """Every stored object of a kind, oldest first. What is due has happened; looking is no read."""
        access = self._access(kind)
        self.fire(tx)
        if access.kind is self.lifecycle.sessions:
            self.lifecycle.settle_all(tx, read=False)
        return [access.show(tx, record) for record in tx.scan(access.kind.table)]

    def change(self, tx: Transaction, kind: str, object_id: str, fields: JSON) -> JSON:
        """Sets fields as they are given; an agent gets a new version, the others a new updated_at if they have one."""
        record = self._find(tx, kind, object_id)
        if set(fields) - set(record.body):
            raise EmulatorError(f"{kind} have no field {min(set(fields) - set(record.body))!r}.")
        self._access(kind).change(tx, record, fields)
        return self._access(kind).show(tx, record)

    def remove(self, tx: Transaction, kind: str, object_id: str) -> None:
        """Takes an object away, whatever refers to it."""
        self._access(kind).remove(tx, self._find(tx, kind, object_id))

    def mounts(self, tx: Transaction, owner_id: str) -> list[JSON]:
        """The mounted repositories of a session, or of a deployment, with the fingerprints of their tokens."""
        places = [kind for kind in self.mounting if tx.get(self._access(kind).kind.table, owner_id) is not None]
        record = self._find(tx, places[0] if places else "sessions", owner_id)
        return [
            {
                "resource_id": resource.get("id"),
                "url": resource["url"],
                "mount_path": resource["mount_path"],
                "fingerprint": fingerprint,
            }
            for resource, fingerprint in self.mounted(record)
        ]

    def credential_secrets(self, tx: Transaction, credential_id: str) -> dict[str, str]:
        """The fingerprints of a credential's secrets by field path; none are left when the platform purges them."""
        return dict(self._find(tx, "credentials", credential_id).hidden["secrets"])

    def set_status(self, tx: Transaction, session_id: str, status: str) -> JSON:
        """Puts a session into a status and leaves it there."""
        if status not in self.statuses:
            raise EmulatorError(f"{status!r} is no status of a session.")
        record = self._find(tx, "sessions", session_id)
        self.put(tx, record, status)
        tx.save(record)
        return self._access("sessions").show(tx, record)

    def emit(self, tx: Transaction, session_id: str, event: JSON) -> JSON:
        """Appends an event as it is given, with id and time when it has none."""
        record = self._find(tx, "sessions", session_id)
        if not isinstance(event, dict) or not isinstance(event.get("type"), str):
            raise EmulatorError("An event is an object with a type.")
        fields = {name: event[name] for name in event if name != "type"}
        return self.lifecycle.emit(tx, record.id, event["type"], **fields)

    def _find(self, tx: Transaction, kind: str, object_id: str) -> Record:
        record = tx.get(self._access(kind).kind.table, object_id)
        if record is None:
            raise EmulatorError(f"There is no {object_id!r} among the {kind}.")
        return record

    def _access(self, kind: str) -> Access:
        if kind not in self.kinds:
            raise EmulatorError(f"{kind!r} is no kind; there are {', '.join(self.kinds)}.")
        return self.kinds[kind]


class Platform(Service, Protocol):
    """A service with sessions, and the changes that happen to it from outside."""

    outside: Outside

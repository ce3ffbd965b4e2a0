"""What the page shows: the world at one moment, of bounded size, without a secret.

Looking changes nothing: no session moves on, not even one that is due, and nothing enters the request log. Objects are
read as the file keeps them, so every kind of every platform shows, and so does what was deleted.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from .. import clock, faults, journal
from ..platform import Platform
from ..transaction import JSON, Transaction
from . import summary
from .rotations import Rotations

OBJECTS, REQUESTS, EVENTS, ROTATIONS, MOUNTS = 200, 100, 50, 50, 50
"""How many of each there are at most: objects of a kind, requests, events of an object, rotations of the world or of
one place, repositories of a session. The newest are taken; what is live goes before what is archived or deleted."""

_CHANGES = ("created_at", "updated_at", "archived_at")
_SESSIONS, _CREDENTIALS = "sessions", "credentials"
_PROCESS = secrets.token_hex(4)
_COLUMNS = "SELECT kind, id, coalesce(body, previous), body IS NULL, pending FROM objects WHERE kind = ?1"
_ORDER = "ORDER BY body IS NULL OR archived, created_at DESC, seq DESC"
# Chosen by their numbers first: sorting whole bodies takes twice as long.
_NEWEST = f"{_COLUMNS} AND seq IN (SELECT seq FROM objects WHERE kind = ?1 {_ORDER} LIMIT {OBJECTS}) {_ORDER}"  # noqa: S608 - constants
_LIVE = "SELECT count(*) FROM objects WHERE kind = ? AND body IS NOT NULL AND NOT archived"
_LAST_ERROR = "SELECT body FROM events WHERE owner = ? AND type = 'session.error' ORDER BY time DESC, seq DESC LIMIT 1"
_LAST_EVENTS = "SELECT body FROM events WHERE owner = ? ORDER BY time DESC, seq DESC LIMIT ?"


def take(tx: Transaction, platforms: Mapping[str, Platform], opened: str | None, since: str | None) -> JSON:
    """The world as the page shows it, with everything about the object that is `opened`.

    Where `since` still is the number of the world, nothing but number and time.
    """
    answer: JSON = {"number": _number(tx), "now": clock.write(clock.now(tx)), "clock": tx.state("clock", {})}
    if answer["number"] == since:
        return answer
    look = _Look(tx, platforms)
    return answer | {
        "platforms": look.objects(),
        "rotations": look.rotations.all[:ROTATIONS],
        "requests": _requests(tx),
        "faults": len(faults.rules(tx)),
        "opened": look.opened(opened) if opened else None,
    }


def _number(tx: Transaction) -> str:
    """Another text after every write, by this process or by another one that has the file."""
    others = tx.db.execute("PRAGMA data_version").fetchone()[0]
    return f"{_PROCESS}-{others}-{tx.db.total_changes}"


def _requests(tx: Transaction) -> list[JSON]:
    newest = tx.db.execute("SELECT coalesce(max(n), 0) FROM requests").fetchone()[0]
    return journal.requests(tx, newest - REQUESTS)[::-1]


@dataclass(frozen=True)
class _Stored:
    """An object as the file has it; one that is deleted as it was."""

    platform: str
    kind: str
    id: str
    body: JSON
    deleted: bool
    pending: bool


class _Look:
    """One look at the objects of the world."""

    def __init__(self, tx: Transaction, platforms: Mapping[str, Platform]) -> None:
        self.rotations = Rotations(tx)
        self._tx = tx
        self._platforms = platforms

    def objects(self) -> JSON:
        """The objects by platform and kind, with the number of live ones."""
        found: JSON = {platform: {} for platform in self._platforms}
        for name in self._names():
            stored = [self._stored(row) for row in self._tx.db.execute(_NEWEST, (name,))]
            # What a platform keeps for itself has no id in its body: no client ever sees it.
            if stored and "id" in stored[0].body:
                live = self._tx.db.execute(_LIVE, (name,)).fetchone()[0]
                rows = [self._row(each) for each in stored]
                found[stored[0].platform][stored[0].kind] = {"live": live, "objects": rows}
        return found

    def opened(self, object_id: str) -> JSON | None:
        """One object with all that is known of it."""
        for name in self._names():
            row = self._tx.db.execute(f"{_COLUMNS} AND id = ?2", (name, object_id)).fetchone()
            if row is not None and "id" in json.loads(row[2]):
                return self._details(self._stored(row))
        return None

    def _names(self) -> list[str]:
        return [row[0] for row in self._tx.db.execute("SELECT DISTINCT kind FROM objects ORDER BY kind")]

    def _stored(self, row: tuple[str, str, str, int, int]) -> _Stored:
        """In the file, the kinds of the first platform stand alone; others follow the name of theirs."""
        name, object_id, body, deleted, pending = row
        platform, _, kind = name.partition(".")
        if platform not in self._platforms or not kind:
            platform, kind = next(iter(self._platforms)), name
        return _Stored(platform, kind, object_id, json.loads(body), bool(deleted), bool(pending))

    def _row(self, stored: _Stored) -> JSON:
        body, rotated = stored.body, self.rotations.last(stored.id)
        row = {
            "id": stored.id,
            "name": summary.name(body),
            "status": body.get("status"),
            "state": "deleted" if stored.deleted else "archived" if body.get("archived_at") else None,
            "pending": stored.pending,
            "changed_at": max([str(body.get(name) or "") for name in _CHANGES] + [rotated["time"] if rotated else ""]),
            "facts": summary.facts(body),
            "rotated": rotated,
        }
        if stored.kind == _SESSIONS:
            row |= {"mounts": self._mounts(stored), "error": self._error(stored.id)}
        return row

    def _details(self, stored: _Stored) -> JSON:
        row = self._row(stored) | {"platform": stored.platform, "kind": stored.kind, "secrets": self._secrets(stored)}
        for place in [*row.get("mounts", []), *row["secrets"]]:
            place["rotations"] = self.rotations.at(stored.id, place["id"])[:ROTATIONS]
        events = self._tx.db.execute(_LAST_EVENTS, (stored.id, EVENTS))
        told = [summary.event(json.loads(body)) for (body,) in events]
        return row | {"events": told, "document": summary.document(stored.body)}

    def _mounts(self, stored: _Stored) -> list[JSON]:
        known = [] if stored.deleted else self._platforms[stored.platform].mounts(self._tx, stored.id)
        tokens = {mount["resource_id"]: mount["fingerprint"] for mount in known}
        repositories = [each for each in stored.body.get("resources", []) if each.get("url")][:MOUNTS]
        return [self._mount(stored.id, each, tokens.get(each.get("id"))) for each in repositories]

    def _mount(self, session_id: str, resource: JSON, token: str | None) -> JSON:
        rotations = self.rotations.at(session_id, resource.get("id"))
        return {
            "id": resource.get("id"),
            "url": summary.line(resource["url"]),
            "path": summary.line(resource.get("mount_path") or ""),
            "checkout": summary.checkout(resource),
            "fingerprint": summary.mark(token) if token else None,
            "mounted_at": resource.get("created_at"),
            "rotated_at": rotations[0]["time"] if rotations else None,
            "rotated": len(rotations),
        }

    def _secrets(self, stored: _Stored) -> list[JSON]:
        if stored.kind != _CREDENTIALS or stored.deleted:
            return []
        found = self._platforms[stored.platform].credential_secrets(self._tx, stored.id)
        return [{"id": path, "fingerprint": summary.mark(token)} for path, token in found.items()]

    def _error(self, session_id: str) -> JSON | None:
        row = self._tx.db.execute(_LAST_ERROR, (session_id,)).fetchone()
        return None if row is None else summary.error(json.loads(row[0]))

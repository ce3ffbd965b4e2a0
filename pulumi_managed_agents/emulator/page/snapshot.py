"""The world at one moment as JSON, of bounded size, without a secret.

Looking changes nothing: no session moves on, not even one that is due, and nothing enters the request log. Objects are
read as the file keeps them, so every kind of every platform shows, and so does what was deleted.
"""

import secrets
from collections.abc import Mapping

from .. import clock, faults
from ..platform import Platform
from ..world import JSON, Transaction
from ..world.views import Stored
from . import summary
from .rotations import Rotations

OBJECTS, REQUESTS, EVENTS, ROTATIONS, MOUNTS = 200, 100, 50, 50, 50
"""How many of each there are at most: objects of a kind, requests, events of an object, rotations of the world or of
one place, repositories of a session. The newest are taken; what is live goes before what is archived or deleted."""

_CHANGES = ("created_at", "updated_at", "archived_at")
_SESSIONS, _CREDENTIALS = "sessions", "credentials"
_PROCESS = secrets.token_hex(4)


def take(tx: Transaction, platforms: Mapping[str, Platform], opened: str | None, since: str | None) -> JSON:
    """The world as it stands, with everything about the object that is `opened`.

    Where `since` still is the number of the world, nothing but number and time.
    """
    answer: JSON = {"number": number_of(tx), "now": clock.write(clock.now(tx)), "clock": tx.state("clock", {})}
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


def number_of(tx: Transaction) -> str:
    """Another text after every write, by this process or by another one that has the file."""
    return f"{_PROCESS}-{tx.number()}"


def _requests(tx: Transaction) -> list[JSON]:
    return tx.requests(tx.last_request() - REQUESTS)[::-1]


class _Look:
    """One look at the objects of the world."""

    def __init__(self, tx: Transaction, platforms: Mapping[str, Platform]) -> None:
        self.rotations = Rotations(tx)
        self._tx = tx
        self._platforms = platforms

    def objects(self) -> JSON:
        """The objects by platform and kind, with the number of live ones."""
        shown: JSON = {platform: {} for platform in self._platforms}
        for name in self._tx.kinds():
            stored = self._tx.newest(name, OBJECTS)
            # What a platform keeps for itself has no id in its body: no client ever sees it.
            if stored and "id" in stored[0].body:
                platform, kind = self._platform_and_kind(name)
                rows = [self._row(each) for each in stored]
                shown[platform][kind] = {"live": self._tx.count_live(name), "objects": rows}
        return shown

    def opened(self, object_id: str) -> JSON | None:
        """One object with all that is known of it."""
        for name in self._tx.kinds():
            stored = self._tx.stored(name, object_id)
            if stored is not None and "id" in stored.body:
                return self._details(stored)
        return None

    def _platform_and_kind(self, name: str) -> tuple[str, str]:
        """In the file, the kinds of the first platform stand alone; others follow the name of theirs."""
        platform, _, kind = name.partition(".")
        if platform not in self._platforms or not kind:
            return next(iter(self._platforms)), name
        return platform, kind

    def _platform(self, stored: Stored) -> Platform:
        return self._platforms[self._platform_and_kind(stored.kind)[0]]

    def _row(self, stored: Stored) -> JSON:
        body, rotated = stored.body, self.rotations.last(stored.id)
        row = {
            "id": stored.id,
            "name": summary.name(body),
            "status": body.get("status"),
            "state": "deleted" if stored.removed else "archived" if body.get("archived_at") else None,
            "pending": stored.pending,
            "changed_at": max([str(body.get(name) or "") for name in _CHANGES] + [rotated["time"] if rotated else ""]),
            "facts": summary.facts(body),
            "rotated": rotated,
        }
        if self._platform_and_kind(stored.kind)[1] == _SESSIONS:
            row |= {"mounts": self._mounts(stored), "error": self._error(stored.id)}
        return row

    def _details(self, stored: Stored) -> JSON:
        platform, kind = self._platform_and_kind(stored.kind)
        row = self._row(stored) | {"platform": platform, "kind": kind, "secrets": self._secrets(stored)}
        for place in [*row.get("mounts", []), *row["secrets"]]:
            place["rotations"] = self.rotations.at(stored.id, place["id"])[:ROTATIONS]
        events = [summary.event(event) for event in self._tx.newest_events(stored.id, EVENTS)]
        return row | {"events": events, "document": summary.document(stored.body)}

    def _mounts(self, stored: Stored) -> list[JSON]:
        known = [] if stored.removed else self._platform(stored).outside.mounts(self._tx, stored.id)
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

    def _secrets(self, stored: Stored) -> list[JSON]:
        if self._platform_and_kind(stored.kind)[1] != _CREDENTIALS or stored.removed:
            return []
        fingerprints = self._platform(stored).outside.credential_secrets(self._tx, stored.id)
        return [{"id": path, "fingerprint": summary.mark(token)} for path, token in fingerprints.items()]

    def _error(self, session_id: str) -> JSON | None:
        newest = self._tx.newest_events(session_id, 1, "session.error")
        return summary.error(newest[0]) if newest else None

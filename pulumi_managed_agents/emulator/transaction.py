"""What can be read and written inside one transaction: objects, versions, events and loose state.

Kinds differ in their bodies only; this module knows ids, times and JSON, and no kind.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

JSON = dict[str, Any]
Order = Literal["asc", "desc"]
Position = tuple[str, int]
"""Where a row stands in a list: its time, and its number among rows of the same time."""

# A stale read is a replica that lags by exactly one write: rows of the last write are shown as they were before it.
_VIEW = "CASE WHEN :stale AND changed = :last THEN previous ELSE body END"


@dataclass
class Record:
    """One stored object: the body is what the API answers, `hidden` is what it never tells."""

    kind: str
    id: str
    body: JSON
    hidden: JSON
    seq: int = 0

    @property
    def position(self) -> Position:
        """The record's place in lists ordered by creation."""
        return self.body["created_at"], self.seq


class Transaction:
    """Reads and writes of one short transaction, opened by `World.transaction`."""

    def __init__(self, db: sqlite3.Connection, *, writes: bool) -> None:
        self.db = db
        self.stale = False
        self._writes = writes
        self._number: int | None = None

    def state(self, key: str, default: Any = None) -> Any:
        """A loose value: settings, clock, seed."""
        row = self.db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def set_state(self, key: str, value: Any) -> None:
        """Keeps a loose value."""
        self.db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, json.dumps(value)))

    def get(self, kind: str, object_id: str) -> Record | None:
        """The object as it stands now, or as a lagging replica has it."""
        row = self.db.execute(
            f"SELECT seq, id, {_VIEW} AS view, hidden FROM objects WHERE kind = :kind AND id = :id",  # noqa: S608 - constant
            {"kind": kind, "id": object_id, **self._lag()},
        ).fetchone()
        return None if row is None or row[2] is None else _record(kind, row)

    def scan(self, kind: str, order: Order = "asc", after: Position | None = None) -> Iterator[Record]:
        """Objects of a kind by creation, beginning behind a position."""
        sign, word = (">", "ASC") if order == "asc" else ("<", "DESC")
        beyond = f"AND (created_at, seq) {sign} (:time, :seq)" if after else ""
        time, seq = after or ("", 0)
        rows = self.db.execute(
            f"SELECT seq, id, {_VIEW} AS view, hidden FROM objects WHERE kind = :kind AND view IS NOT NULL {beyond} "  # noqa: S608 - constants
            f"ORDER BY created_at {word}, seq {word}",
            {"kind": kind, "time": time, "seq": seq, **self._lag()},
        )
        return (_record(kind, row) for row in rows)

    def pending(self, kind: str) -> list[Record]:
        """Objects with something still to happen to them."""
        rows = self.db.execute(
            "SELECT seq, id, body, hidden FROM objects WHERE kind = ? AND pending = 1 AND body IS NOT NULL", (kind,)
        )
        return [_record(kind, row) for row in rows.fetchall()]

    def add(self, record: Record) -> None:
        """Stores a new object."""
        cursor = self.db.execute(
            "INSERT INTO objects (kind, id, created_at, archived, pending, body, previous, hidden, changed) "
            "VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)",
            (record.kind, record.id, record.body["created_at"], *_marks(record), *_texts(record), self._write()),
        )
        record.seq = int(cursor.lastrowid or 0)

    def save(self, record: Record) -> None:
        """Stores a changed object; what it was before stays visible to a stale read."""
        archived, pending = _marks(record)
        body, hidden = _texts(record)
        number = self._write()
        self.db.execute(
            "UPDATE objects SET archived = ?, pending = ?, hidden = ?, "
            "previous = CASE WHEN changed = ? THEN previous ELSE body END, body = ?, changed = ? "
            "WHERE kind = ? AND id = ?",
            (archived, pending, hidden, number, body, number, record.kind, record.id),
        )

    def remove(self, kind: str, object_id: str) -> None:
        """Deletes an object; only a stale read still finds it."""
        self.db.execute(
            "UPDATE objects SET previous = body, body = NULL, pending = 0, hidden = '{}', changed = ? "
            "WHERE kind = ? AND id = ?",
            (self._write(), kind, object_id),
        )

    def add_version(self, object_id: str, version: int, body: JSON) -> None:
        """Keeps a version of an object."""
        self.db.execute("INSERT OR REPLACE INTO versions VALUES (?, ?, ?)", (object_id, version, json.dumps(body)))

    def version(self, object_id: str, version: int) -> JSON | None:
        """One version of an object."""
        row = self.db.execute("SELECT body FROM versions WHERE id = ? AND version = ?", (object_id, version)).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def versions(self, object_id: str, below: int | None = None) -> Iterator[JSON]:
        """Versions of an object, newest first, beginning below a number."""
        rows = self.db.execute(
            "SELECT body FROM versions WHERE id = ? AND version < ? ORDER BY version DESC",
            (object_id, 2**62 if below is None else below),
        )
        return (json.loads(row[0]) for row in rows)

    def add_event(self, owner: str, time: str, event: JSON) -> None:
        """Appends an event to its owner's history."""
        self.db.execute(
            "INSERT INTO events (owner, id, type, time, body) VALUES (?, ?, ?, ?, ?)",
            (owner, event["id"], event["type"], time, json.dumps(event)),
        )

    def events(
        self, owner: str, order: Order = "asc", after: Position | None = None
    ) -> Iterator[tuple[Position, JSON]]:
        """Events of an owner with their positions."""
        sign, word = (">", "ASC") if order == "asc" else ("<", "DESC")
        beyond = f"AND (time, seq) {sign} (:time, :seq)" if after else ""
        time, seq = after or ("", 0)
        rows = self.db.execute(
            f"SELECT time, seq, body FROM events WHERE owner = :owner {beyond} ORDER BY time {word}, seq {word}",  # noqa: S608 - constants
            {"owner": owner, "time": time, "seq": seq},
        )
        return (((row[0], row[1]), json.loads(row[2])) for row in rows)

    def remove_events(self, owner: str) -> None:
        """Forgets an owner's history."""
        self.db.execute("DELETE FROM events WHERE owner = ?", (owner,))

    def _lag(self) -> JSON:
        return {"stale": self.stale, "last": self.state("writes", 0) if self.stale else 0}

    def _write(self) -> int:
        """The number of the client's write that this transaction carries out; transitions ride on the last one."""
        if self._number is None:
            self._number = self.state("writes", 0) + (1 if self._writes else 0)
            self.set_state("writes", self._number)
        return self._number


def _record(kind: str, row: tuple[int, str, str, str]) -> Record:
    seq, object_id, body, hidden = row
    return Record(kind, object_id, json.loads(body), json.loads(hidden), seq)


def _marks(record: Record) -> tuple[bool, bool]:
    return record.body.get("archived_at") is not None, bool(record.hidden.get("tasks"))


def _texts(record: Record) -> tuple[str, str]:
    return json.dumps(record.body), json.dumps(record.hidden)

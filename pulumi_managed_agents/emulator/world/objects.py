"""Objects: what the APIs make, change and remove, as it stands now and as it stood before the last write.

Kinds differ in their bodies only; this module knows ids, times and JSON, and no kind.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .lag import Lag
from .values import JSON, Order, Position, beyond

# A stale read is a replica that lags by exactly one write: rows of the last write are shown as they were before it.
_VIEW = "CASE WHEN :stale AND changed = :last THEN previous ELSE body END"
_ACCOUNT = "account"


@dataclass
class Record:
    """One stored object: the body is what the API answers, `hidden` is what it never tells."""

    kind: str
    id: str
    body: JSON
    hidden: JSON
    seq: int = 0

    @property
    def account(self) -> str:
        """Whose it is; empty for the default account."""
        return str(self.hidden.get(_ACCOUNT, ""))

    @property
    def position(self) -> Position:
        """The record's place in lists ordered by creation."""
        return self.body["created_at"], self.seq


class Objects(Lag):
    """The objects of every kind. Each belongs to the account that it was made for."""

    account: str | None = None
    """Whose objects are seen and made; None sees those of every account, and makes some of the default one."""

    @contextmanager
    def acting_for(self, account: str | None) -> Iterator[None]:
        """For a while, the objects of another account, or of all."""
        before, self.account = self.account, account
        try:
            yield
        finally:
            self.account = before

    def get(self, kind: str, object_id: str) -> Record | None:
        """The object as it stands now, or as a lagging replica has it."""
        row = self._db.execute(
            f"SELECT seq, id, {_VIEW} AS view, hidden FROM objects WHERE kind = :kind AND id = :id",  # noqa: S608 - constant
            {"kind": kind, "id": object_id, **self._lag()},
        ).fetchone()
        record = None if row is None or row[2] is None else _record(kind, row)
        return record if record and self._sees(record) else None

    def scan(self, kind: str, order: Order = "asc", after: Position | None = None) -> Iterator[Record]:
        """Objects of a kind by creation, beginning behind a position."""
        condition, ordered, start = beyond(order, after, "created_at")
        rows = self._db.execute(
            f"SELECT seq, id, {_VIEW} AS view, hidden FROM objects "  # noqa: S608 - constants
            f"WHERE kind = :kind AND view IS NOT NULL {condition} {ordered}",
            {"kind": kind, **start, **self._lag()},
        )
        return filter(self._sees, (_record(kind, row) for row in rows))

    def pending(self, kind: str, until: str | None = None) -> list[Record]:
        """Objects with something still to happen to them; with `until`, those whose first task is due by then."""
        rows = self._db.execute(
            "SELECT seq, id, body, hidden FROM objects WHERE kind = :kind AND pending = 1 AND body IS NOT NULL "
            "AND (:until IS NULL OR json_extract(hidden, '$.tasks[0].at') <= :until)",
            {"kind": kind, "until": until},
        )
        return list(filter(self._sees, [_record(kind, row) for row in rows.fetchall()]))

    def place(self, kind: str, object_id: str) -> Position | None:
        """Where an object stands in lists ordered by creation, also one that was removed; None if nobody made it."""
        row = self._db.execute("SELECT created_at, seq FROM objects WHERE kind = ? AND id = ?", (kind, object_id))
        position: Position | None = row.fetchone()
        return position

    def add(self, record: Record) -> None:
        """Stores a new object."""
        if self.account:
            record.hidden[_ACCOUNT] = self.account
        cursor = self._db.execute(
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
        self._db.execute(
            "UPDATE objects SET archived = ?, pending = ?, hidden = ?, "
            "previous = CASE WHEN changed = ? THEN previous ELSE body END, body = ?, changed = ? "
            "WHERE kind = ? AND id = ?",
            (archived, pending, hidden, number, body, number, record.kind, record.id),
        )

    def remove(self, kind: str, object_id: str) -> None:
        """Deletes an object; only a stale read still finds it."""
        row = self._db.execute("SELECT hidden FROM objects WHERE kind = ? AND id = ?", (kind, object_id)).fetchone()
        hidden = {name: value for name, value in json.loads(row[0] if row else "{}").items() if name == _ACCOUNT}
        self._db.execute(
            "UPDATE objects SET previous = body, body = NULL, pending = 0, hidden = ?, changed = ? "
            "WHERE kind = ? AND id = ?",
            (json.dumps(hidden), self._write(), kind, object_id),
        )

    def _lag(self) -> JSON:
        return {"stale": self.stale, "last": self._last_write()}

    def _sees(self, record: Record) -> bool:
        return self.account is None or record.account == self.account


def _record(kind: str, row: tuple[int, str, str, str]) -> Record:
    seq, object_id, body, hidden = row
    return Record(kind, object_id, json.loads(body), json.loads(hidden), seq)


def _marks(record: Record) -> tuple[bool, bool]:
    return record.body.get("archived_at") is not None, bool(record.hidden.get("tasks"))


def _texts(record: Record) -> tuple[str, str]:
    return json.dumps(record.body), json.dumps(record.hidden)

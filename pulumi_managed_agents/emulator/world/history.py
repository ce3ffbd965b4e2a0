"""What stays of an object's past: its versions, and the events that happened to it."""

import json
from collections.abc import Iterator

from .lag import Lag
from .values import JSON, Order, Position, Values, beyond


class Versions(Values):
    """Numbered versions of objects."""

    def add_version(self, object_id: str, version: int, body: JSON) -> None:
        """Keeps a version of an object."""
        self._db.execute("INSERT OR REPLACE INTO versions VALUES (?, ?, ?)", (object_id, version, json.dumps(body)))

    def version(self, object_id: str, version: int) -> JSON | None:
        """One version of an object."""
        row = self._db.execute(
            "SELECT body FROM versions WHERE id = ? AND version = ?", (object_id, version)
        ).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def versions(self, object_id: str, below: int | None = None) -> Iterator[JSON]:
        """Versions of an object, newest first, beginning below a number."""
        rows = self._db.execute(
            "SELECT body FROM versions WHERE id = ? AND version < ? ORDER BY version DESC",
            (object_id, 2**62 if below is None else below),
        )
        return (json.loads(row[0]) for row in rows)


class Events(Lag):
    """Events by the object that they happened to."""

    def add_event(self, owner: str, time: str, event: JSON) -> None:
        """Appends an event to its owner's history."""
        self._write()
        self._db.execute(
            "INSERT INTO events (owner, id, type, time, body) VALUES (?, ?, ?, ?, ?)",
            (owner, event["id"], event["type"], time, json.dumps(event)),
        )

    def events(
        self, owner: str, order: Order = "asc", after: Position | None = None
    ) -> Iterator[tuple[Position, JSON]]:
        """Events of an owner with their positions."""
        condition, ordered, start = beyond(order, after, "time")
        rows = self._db.execute(
            f"SELECT time, seq, body FROM events "  # noqa: S608 - constants
            f"WHERE owner = :owner AND seq <= :seen {condition} {ordered}",
            {"owner": owner, **start, **self._last_event()},
        )
        return (((row[0], row[1]), json.loads(row[2])) for row in rows)

    def event_place(self, owner: str, event_id: str) -> Position | None:
        """Where an event stands in its owner's history."""
        row = self._db.execute("SELECT time, seq FROM events WHERE owner = ? AND id = ?", (owner, event_id))
        place: Position | None = row.fetchone()
        return place

    def remove_events(self, owner: str) -> None:
        """Forgets an owner's history."""
        self._db.execute("DELETE FROM events WHERE owner = ?", (owner,))

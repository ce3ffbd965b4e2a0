"""The requests of clients, and how often each operation was asked for."""

from .values import JSON, Values

_SHOWN = ("n", "time", "method", "path", "operation", "status", "fault")
_WRITTEN = ("time", "method", "path", "operation", "status", "fault", "class", "second")


class Requests(Values):
    """The log of requests, without bodies, headers and queries."""

    def add_request(self, row: JSON) -> None:
        """Writes a request down; `class` is the group of a rate limit that it counts against, `second` its moment."""
        self._db.execute(
            "INSERT INTO requests (time, method, path, operation, status, fault, class, second) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [row[name] for name in _WRITTEN],
        )

    def count(self, operation: str) -> None:
        """Counts an operation once more."""
        self._db.execute(
            "INSERT INTO counters VALUES (?, 1) ON CONFLICT (operation) DO UPDATE SET count = count + 1", (operation,)
        )

    def requests(self, since: int) -> list[JSON]:
        """Requests after number `since`, oldest first."""
        rows = self._db.execute(f"SELECT {', '.join(_SHOWN)} FROM requests WHERE n > ? ORDER BY n", (since,))  # noqa: S608 - constant
        return [dict(zip(_SHOWN, row, strict=True)) for row in rows]

    def last_request(self) -> int:
        """The number of the newest request; 0 when there is none."""
        return int(self._db.execute("SELECT coalesce(max(n), 0) FROM requests").fetchone()[0])

    def counters(self) -> dict[str, int]:
        """How often each operation was asked for."""
        return dict(self._db.execute("SELECT operation, count FROM counters ORDER BY operation").fetchall())

    def nth_newest(self, n: int, since: float, group: str | None) -> float | None:
        """The second of the n-th newest request after `since` that no rate limit refused, of a group or of all."""
        row = self._db.execute(
            "SELECT second FROM requests WHERE second > ? AND status IS NOT 429 AND (? OR class = ?) "
            "ORDER BY second DESC LIMIT 1 OFFSET ?",
            (since, group is None, group, n - 1),
        ).fetchone()
        return None if row is None else float(row[0])

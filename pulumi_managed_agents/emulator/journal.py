"""The record of requests: what was asked and how it was answered. No bodies, no headers, no query, no secret."""

import math
from dataclasses import astuple, dataclass

from . import clock, settings
from .transaction import JSON, Transaction

_FIELDS = ("n", "time", "method", "path", "operation", "status", "fault")
_MINUTE = 60.0


@dataclass(frozen=True)
class Entry:
    """One request: a dropped one has no status unless it was carried out."""

    method: str
    path: str
    operation: str | None
    status: int | None
    fault: str | None
    group: str
    """Which rate limit it counts against."""


def note(tx: Transaction, entry: Entry) -> None:
    """Writes a request down and counts it."""
    moment = clock.now(tx)
    tx.db.execute(
        "INSERT INTO requests (time, method, path, operation, status, fault, class, second) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (clock.write(moment), *astuple(entry), moment.timestamp()),
    )
    if entry.operation is not None:
        tx.db.execute(
            "INSERT INTO counters VALUES (?, 1) ON CONFLICT (operation) DO UPDATE SET count = count + 1",
            (entry.operation,),
        )


def requests(tx: Transaction, since: int) -> list[JSON]:
    """Requests after number `since`, oldest first."""
    rows = tx.db.execute(f"SELECT {', '.join(_FIELDS)} FROM requests WHERE n > ? ORDER BY n", (since,))  # noqa: S608 - constant
    return [dict(zip(_FIELDS, row, strict=True)) for row in rows]


def counters(tx: Transaction) -> dict[str, int]:
    """How often each operation was asked for."""
    return dict(tx.db.execute("SELECT operation, count FROM counters ORDER BY operation").fetchall())


def excess(tx: Transaction, group: str) -> int | None:
    """Seconds until the rate limit lets another request of this group pass; None when it does so now."""
    limit = settings.value(tx, "rate_limit_per_minute")
    shared = not isinstance(limit, dict)
    allowed = limit if shared else limit.get(group)
    if allowed is None:
        return None
    present = clock.now(tx).timestamp()
    seconds = tx.db.execute(
        "SELECT second FROM requests WHERE second > ? AND status IS NOT 429 AND (? OR class = ?) "
        "ORDER BY second DESC LIMIT 1 OFFSET ?",
        (present - _MINUTE, shared, group, allowed - 1),
    ).fetchone()
    return None if seconds is None else max(1, math.ceil(seconds[0] + _MINUTE - present))

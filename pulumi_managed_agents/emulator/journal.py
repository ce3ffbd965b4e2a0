"""The record of requests: what was asked and how it was answered. No bodies, no headers, no query, no secret."""

import math
from dataclasses import asdict, dataclass

from . import clock, settings
from .world import Transaction

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
    when = {"time": clock.write(moment), "second": moment.timestamp()}
    tx.add_request(asdict(entry) | {"class": entry.group} | when)
    if entry.operation is not None:
        tx.count(entry.operation)


def excess(tx: Transaction, group: str) -> int | None:
    """Seconds until the rate limit lets another request of this group pass; None when it does so now."""
    limit = settings.value(tx, "rate_limit_per_minute")
    shared = not isinstance(limit, dict)
    allowed = limit if shared else limit.get(group)
    if allowed is None:
        return None
    present = clock.now(tx).timestamp()
    second = tx.nth_newest(allowed, present - _MINUTE, None if shared else group)
    return None if second is None else max(1, math.ceil(second + _MINUTE - present))

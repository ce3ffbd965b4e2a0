"""When deployments fire: by the emulator's clock, as soon as a request looks (section 2.11)."""

from datetime import datetime
from itertools import islice
from typing import Annotated, Literal

from pydantic import StringConstraints

from .. import clock
from ..platform import cron
from ..platform.bodies import Closed
from ..platform.cron import Cron
from ..world import JSON, Record, Transaction
from . import deployment_runs
from .errors import invalid
from .kinds import DEPLOYMENTS

UPCOMING = 5
MAX_MISSED = 1000
"""How many runs one deployment catches up with when the clock leaps; older ones are left out."""
_NEXT = "qoder next fire"

Text = Annotated[str, StringConstraints(min_length=1)]


class Schedule(Closed):
    """When to run. All three words are needed, also in an update."""

    type: Literal["cron"]
    expression: Text
    timezone: Text


def check(sent: Schedule | None) -> JSON | None:
    """A schedule as it is stored, if it can be read."""
    if sent is None:
        return None
    try:
        cron.parse(sent.expression, sent.timezone)
    except ValueError as error:
        raise invalid(f"schedule: {error}", "schedule") from None
    return sent.sent() | {"last_run_at": None}


def shown(tx: Transaction, body: JSON) -> JSON | None:
    """The schedule with what lies ahead; nothing does for a deployment that is archived."""
    if body["schedule"] is None:
        return None
    ahead = _cron(body).after(clock.now(tx)) if body["archived_at"] is None else ()
    schedule: JSON = body["schedule"]
    return schedule | {"upcoming_runs_at": [clock.write(moment) for moment in islice(ahead, UPCOMING)]}


def plan(tx: Transaction, record: Record) -> None:
    """Settles when a deployment fires next, and stores it."""
    body = record.body
    active = body["schedule"] is not None and body["archived_at"] is None and body["status"] == "active"
    record.hidden["next"] = _after(body, clock.now(tx)) if active else None
    tx.save(record)
    _note_next(tx)


def fire_due(tx: Transaction) -> None:
    """Runs what is due."""
    now, soonest = clock.now(tx), tx.state(_NEXT)
    if soonest is None or now < clock.parse(soonest):
        return
    for record in list(tx.scan(DEPLOYMENTS.table)):
        if record.hidden["next"] is not None and clock.parse(record.hidden["next"]) <= now:
            _catch_up(tx, record, now)
    _note_next(tx)


def _catch_up(tx: Transaction, record: Record, now: datetime) -> None:
    missed: list[str] = []
    due = record.hidden["next"]
    while due is not None and clock.parse(due) <= now:
        missed = [*missed, due][-MAX_MISSED:]
        due = _after(record.body, clock.parse(due))
    for moment in missed:
        deployment_runs.fire(tx, record, {"type": "schedule", "scheduled_at": moment})
    record.body["schedule"]["last_run_at"] = missed[-1]
    record.hidden["next"] = due
    tx.save(record)


def _after(body: JSON, moment: datetime) -> str | None:
    found = next(_cron(body).after(moment), None)
    return None if found is None else clock.write(found)


def _cron(body: JSON) -> Cron:
    return cron.parse(body["schedule"]["expression"], body["schedule"]["timezone"])


def _note_next(tx: Transaction) -> None:
    ahead = [record.hidden["next"] for record in tx.scan(DEPLOYMENTS.table) if record.hidden["next"] is not None]
    tx.set_state(_NEXT, min(ahead, default=None))

"""When deployments fire: by the emulator's clock, as soon as a request looks (section 2.11)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from .. import clock
from ..platform import cron
from ..platform.bodies import Closed
from ..platform.schedules import rhythm, runs
from ..world import JSON, Record, Transaction
from .errors import invalid
from .kinds import DEPLOYMENTS

NEXT = "qoder next fire"
"""Where the loose state of the world says when the soonest deployment is due."""

Text = Annotated[str, StringConstraints(min_length=1)]


class Schedule(Closed):
    """When to run. All three words are needed, also in an update."""

    type: Literal["cron"]
    expression: Text
    timezone: Text


def stored(sent: Schedule | None) -> JSON | None:
    """A schedule as it is stored, if it can be read."""
    if sent is None:
        return None
    try:
        cron.parse(sent.expression, sent.timezone)
    except ValueError as error:
        raise invalid(f"schedule: {error}", "schedule") from None
    return sent.sent() | {"last_run_at": None}


def plan(tx: Transaction, record: Record) -> None:
    """Settles when a deployment fires next, and stores it."""
    record.hidden["next"] = after(record.body, clock.now(tx)) if runs(record.body) else None
    tx.save(record)
    note_next(tx)


def after(body: JSON, moment: datetime) -> str | None:
    """When a deployment runs next behind a moment."""
    following = next(rhythm(body["schedule"]).after(moment), None)
    return None if following is None else clock.write(following)


def note_next(tx: Transaction) -> None:
    """Notes when the soonest of all deployments is due, so that no other moment looks through them."""
    with tx.acting_for(None):
        ahead = [record.hidden["next"] for record in tx.scan(DEPLOYMENTS.table) if record.hidden["next"] is not None]
    tx.set_state(NEXT, min(ahead, default=None))

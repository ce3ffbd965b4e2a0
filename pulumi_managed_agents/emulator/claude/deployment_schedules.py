"""When deployments run by themselves (section 6). Nothing waits here: what is due happens with the next request.

The platform starts a run up to some minutes late, by a fixed jitter; the emulator starts it on time.
"""

from datetime import datetime, timedelta
from itertools import islice, pairwise, takewhile
from typing import Annotated, Literal

from pydantic import StringConstraints, field_validator

from .. import clock, settings
from ..platform import Refusal, cron, records
from ..platform.bodies import Closed
from ..platform.cron import Cron
from ..platform.schedules import ahead, rhythm, runs
from ..world import JSON, Record, Transaction
from .errors import invalid
from .kinds import DEPLOYMENTS

_SAMPLE = 50
"""Neighbouring instants whose distance is looked at."""


class Schedule(Closed):
    """A recurring schedule."""

    type: Literal["cron"]
    expression: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    timezone: Annotated[str, StringConstraints(min_length=1)]

    @field_validator("expression")
    @classmethod
    def _readable(cls, expression: str) -> str:
        cron.parse(expression, "UTC")
        return expression

    @field_validator("timezone")
    @classmethod
    def _known(cls, timezone: str) -> str:
        cron.parse("* * * * *", timezone)
        return timezone


def stored(tx: Transaction, sent: Schedule | None, before: JSON | None = None) -> JSON | None:
    """A schedule as a deployment keeps it: with the time of its last run, which a replacement inherits (inferred)."""
    if sent is None:
        return None
    schedule = sent.model_dump() | {"last_run_at": before["last_run_at"] if before else None}
    if before is None:
        _check_room(tx)
    _check_distance(tx, schedule)
    return schedule


def plan(tx: Transaction, record: Record) -> None:
    """Lets the schedule run from now on, or rest: nothing that was missed is made up for. The caller saves."""
    following = next(ahead(tx, record.body["schedule"]), None) if runs(record.body) else None
    record.hidden["since"] = clock.write(clock.now(tx))
    record.hidden["tasks"] = [] if following is None else [{"do": "fire", "at": clock.write(following)}]


def due(tx: Transaction, record: Record) -> list[str]:
    """The instants that have come since the schedule was planned; after a jump of the clock, the last of many."""
    now = clock.now(tx)
    if not record.hidden["tasks"] or record.hidden["tasks"][0]["at"] > clock.write(now):
        return []
    since = clock.parse(record.hidden["since"])
    most = settings.value(tx, "schedule_catch_up")
    return [clock.write(each) for each in _last(rhythm(record.body["schedule"]), since, now, most)]


def archive(tx: Transaction, record: Record) -> None:
    """Ends a deployment: it shows as active, with the time of its end."""
    if record.body["archived_at"] is None:
        record.body |= {"status": "active", "paused_reason": None}
        record.hidden["tasks"] = []
        records.archive(tx, record)


def archive_those_of(tx: Transaction, agent_id: str) -> None:
    """Ends the deployments of an agent that is archived: documented as one operation."""
    for record in list(tx.scan(DEPLOYMENTS.table)):
        if record.body["agent"]["id"] == agent_id:
            archive(tx, record)


def _last(matching: Cron, since: datetime, now: datetime, most: int) -> list[datetime]:
    """The last instants of a time that may be long: it is looked through from its end, in growing steps."""
    span = timedelta(hours=1)
    while True:
        start = since if now - since <= span else now - span
        instants = list(takewhile(lambda each: each <= now, matching.after(start)))
        if len(instants) >= most or start == since:
            return instants[-most:]
        span *= 24


def _check_distance(tx: Transaction, schedule: JSON) -> None:
    coming = list(islice(ahead(tx, schedule), _SAMPLE))
    if not coming:
        raise invalid("schedule.expression: never matches")  # inferred: upcoming_runs_at is documented as not empty
    shortest = settings.value(tx, "shortest_schedule_minutes")
    if any((later - earlier).total_seconds() < shortest * 60 for earlier, later in pairwise(coming)):
        raise invalid(f"schedule.expression: must leave at least {shortest} minutes between runs")


def _check_room(tx: Transaction) -> None:
    most = settings.value(tx, "scheduled_deployments")
    there = [each for each in tx.scan(DEPLOYMENTS.table) if each.body["schedule"] and not each.body["archived_at"]]
    if len(there) >= most:
        status = settings.value(tx, "cap_refusal_status")
        raise Refusal(status, f"schedule: the organization has at most {most} scheduled deployments")

"""The rule about how often deployments run."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...declaration.cron import Cron, parse
from ..cron import shortest_gap
from ..rule import Broken, Outcomes, Parameters, ResourceRule, unchecked
from ..view import JSON, Declared, Withheld, text, within


class Interval(Parameters):
    """How often is often enough."""

    min_interval_minutes: Annotated[
        int, Field(ge=1, description="The shortest time, in minutes, from one run to the next.")
    ] = 60


def _too_often(declared: Declared, parameters: Interval) -> Outcomes:
    schedule = _schedule(declared)
    yield from unchecked(declared, "its schedule", schedule)
    gap = shortest_gap(schedule) if isinstance(schedule, Cron) else None
    if gap is not None and gap < parameters.min_interval_minutes:
        yield Broken(declared, "is run by its schedule more often than `minIntervalMinutes` allows")


def _schedule(declared: Declared) -> JSON:
    """The schedule, or why it cannot be seen; None where there is none."""
    schedule = declared.get("schedule")
    if schedule is None:
        return None
    expression = text(within(schedule, "expression"))
    if isinstance(expression, Withheld):
        return expression
    try:
        return parse(expression or "")
    except ValueError:
        return Withheld.UNREADABLE


SCHEDULE_INTERVAL = ResourceRule(
    name="schedule-interval",
    sentence="A schedule leaves time between two runs.",
    severity="medium",
    fix="Let it run less often.",
    level="advisory",
    parameters=Interval,
    notes="The two runs that are closest count, by the clock of the schedule's zone: the hour that a clock is put back "
    "is left out, and so are runs that something else starts. One that never runs is fine, and one that cannot be read "
    "breaks the rule.",
    kinds=("Deployment",),
    check=_too_often,
)

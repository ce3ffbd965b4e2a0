"""The rule about how often deployments run."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..cron import shortest_gap
from ..rule import Broken, Outcomes, Parameters, ResourceRule, unchecked
from ..view import Declared, within


class Interval(Parameters):
    """How often is often enough."""

    min_interval_minutes: Annotated[
        int, Field(ge=1, description="The shortest time, in minutes, from one run to the next.")
    ] = 60


def _too_often(declared: Declared, parameters: Interval) -> Outcomes:
    expression = within(declared.get("schedule"), "expression")
    yield from unchecked(declared, "its schedule", expression)
    gap = shortest_gap(expression) if isinstance(expression, str) else None
    if gap is not None and gap < parameters.min_interval_minutes:
        yield Broken(declared, "is run by its schedule more often than `minIntervalMinutes` allows")


SCHEDULE_INTERVAL = ResourceRule(
    name="schedule-interval",
    sentence="A schedule leaves time between two runs.",
    severity="medium",
    fix="Let it run less often.",
    level="advisory",
    parameters=Interval,
    notes="The two runs that are closest count, by the clock of the schedule's zone: the hour that a clock is put back "
    "is left out, and so are runs that something else starts.",
    kinds=("Deployment",),
    check=_too_often,
)

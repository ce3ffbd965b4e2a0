"""The rule about how often deployments run."""

from __future__ import annotations

from typing import Any

import pytest
from policy.views import broken, session

from pulumi_managed_agents.declaration.cron import parse
from pulumi_managed_agents.policy.cron import shortest_gap
from pulumi_managed_agents.policy.rules import SCHEDULE_INTERVAL
from pulumi_managed_agents.policy.view import Withheld

DAY = 24 * 60


@pytest.mark.parametrize(
    ("expression", "minutes"),
    [
        ("* * * * *", 1),
        ("*/10 * * * *", 10),
        ("*/50 * * * *", 10),
        ("0 * * * *", 60),
        ("0,59 * * * *", 1),
        ("50/5 * * * *", 5),
        ("0 9 * * *", DAY),
        ("0 9,17 * * *", 8 * 60),
        ("30 23 * * *", DAY),
        ("0 0,23 * * *", 60),
        ("0 0,23 * * 1", 23 * 60),
        ("0 9 * * 1", 7 * DAY),
        ("0 9 * * 0", 7 * DAY),
        ("0 9 * * 7", 7 * DAY),
        ("0 9 * * 1,7", DAY),
        ("0 9 1 * *", 28 * DAY),
        ("0 9 1 * 1", DAY),
        ("0 9 1 1 *", 365 * DAY),
        ("0 9 29 2 *", 1461 * DAY),
        ("0 9 30 2 *", None),
        ("* * 31 2 *", None),
    ],
)
def test_the_two_closest_runs_of_a_schedule(expression: str, minutes: int | None) -> None:
    assert shortest_gap(parse(expression)) == minutes


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ({"type": "cron", "expression": "*/30 * * * *", "timezone": "UTC"}, ["nightly"]),
        ({"type": "cron", "expression": "0 * * * *", "timezone": "UTC"}, []),
        ({"type": "cron", "expression": Withheld.UNKNOWN, "timezone": "UTC"}, []),
        (Withheld.UNKNOWN, []),
        (None, []),
    ],
)
def test_a_schedule_leaves_an_hour_unless_told_otherwise(schedule: Any, expected: list[str]) -> None:
    nightly = session("nightly", kind="Deployment", schedule=schedule)

    assert broken(SCHEDULE_INTERVAL, nightly) == expected
    assert broken(SCHEDULE_INTERVAL, nightly, minIntervalMinutes=30) == []

"""Cron schedules of the emulator's deployments."""

from datetime import UTC, datetime
from itertools import islice

import pytest

from pulumi_managed_agents.emulator.platform import cron


def fires(expression: str, after: str, zone: str = "UTC", count: int = 3) -> list[str]:
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    found = cron.parse(expression, zone).after(moment)
    return [each.strftime("%Y-%m-%d %H:%M") for each in islice(found, count)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("* * * * *", ["2026-03-01 10:31", "2026-03-01 10:32", "2026-03-01 10:33"]),
        ("*/20 * * * *", ["2026-03-01 10:40", "2026-03-01 11:00", "2026-03-01 11:20"]),
        ("5,50 9-10 * * *", ["2026-03-01 10:50", "2026-03-02 09:05", "2026-03-02 09:50"]),
        ("0 9 * * 1-5", ["2026-03-02 09:00", "2026-03-03 09:00", "2026-03-04 09:00"]),
        ("0 0 1 */6 *", ["2026-07-01 00:00", "2027-01-01 00:00", "2027-07-01 00:00"]),
        ("0 0 29 2 *", ["2028-02-29 00:00", "2032-02-29 00:00", "2036-02-29 00:00"]),
        ("50/4 23 31 12 *", ["2026-12-31 23:50", "2026-12-31 23:54", "2026-12-31 23:58"]),
    ],
)
def test_a_schedule_fires_when_all_its_fields_match(expression: str, expected: list[str]) -> None:
    assert fires(expression, "2026-03-01T10:30:20") == expected


def test_the_moment_itself_does_not_fire_again() -> None:
    assert fires("30 10 * * *", "2026-03-01T10:30:00", count=1) == ["2026-03-02 10:30"]


@pytest.mark.parametrize("sunday", ["0", "7", "0,7", "6-7"])
def test_zero_and_seven_are_sunday(sunday: str) -> None:
    found = fires(f"0 0 * * {sunday}", "2026-03-07T12:00:00", count=1)
    assert found == ["2026-03-08 00:00"]


def test_a_day_that_matches_one_of_two_restricted_fields_is_enough() -> None:
    assert fires("0 0 13 * 5", "2026-03-01T00:00:00", count=4) == [
        "2026-03-06 00:00",
        "2026-03-13 00:00",
        "2026-03-20 00:00",
        "2026-03-27 00:00",
    ]
    assert fires("0 0 10 * 5", "2026-03-07T00:00:00", count=2) == ["2026-03-10 00:00", "2026-03-13 00:00"]


def test_times_are_those_of_the_zone() -> None:
    assert fires("0 9 * * *", "2026-03-01T00:00:00", "Asia/Tokyo", count=1) == ["2026-03-02 00:00"]
    assert fires("0 9 * * *", "2026-03-01T00:00:00", "Asia/Kathmandu", count=1) == ["2026-03-01 03:15"]


def test_a_skipped_time_does_not_fire() -> None:
    # Berlin goes from 02:00 to 03:00 on 29 March 2026.
    assert fires("30 2 * * *", "2026-03-27T12:00:00", "Europe/Berlin") == [
        "2026-03-28 01:30",
        "2026-03-30 00:30",
        "2026-03-31 00:30",
    ]


def test_the_first_moment_behind_a_gap_fires() -> None:
    assert fires("0 3 29 3 *", "2026-03-28T12:00:00", "Europe/Berlin", count=1) == ["2026-03-29 01:00"]
    # Havana skips midnight itself on 8 March 2026, so the day begins at one o'clock.
    assert fires("0 1 8 3 *", "2026-03-07T12:00:00", "America/Havana", count=1) == ["2026-03-08 05:00"]


def test_a_repeated_time_fires_twice() -> None:
    # Berlin goes from 03:00 back to 02:00 on 25 October 2026.
    assert fires("30 2 25 10 *", "2026-10-24T12:00:00", "Europe/Berlin", count=2) == [
        "2026-10-25 00:30",
        "2026-10-25 01:30",
    ]


def test_half_an_hour_of_summer_time_is_enough() -> None:
    # Lord Howe goes from 02:00 back to 01:30 on 5 April 2026.
    assert fires("45 1 5 4 *", "2026-04-03T00:00:00", "Australia/Lord_Howe", count=2) == [
        "2026-04-04 14:45",
        "2026-04-04 15:15",
    ]


def test_a_day_that_never_comes_ends_the_search() -> None:
    assert fires("0 0 30 2 *", "2026-03-01T00:00:00") == []


def test_a_leap_day_is_found_over_a_century_without_one() -> None:
    assert fires("0 0 29 2 *", "2096-03-01T00:00:00", count=1) == ["2104-02-29 00:00"]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("* * * *", "has 5 fields"),
        ("0 * * * * *", "has 5 fields"),
        ("@daily", "has 5 fields"),
        ("60 * * * *", "minute"),
        ("* 24 * * *", "hour"),
        ("* * 0 * *", "day-of-month"),
        ("* * * 13 *", "month"),
        ("* * * * 8", "day-of-week"),
        ("* * L * *", "day-of-month"),
        ("* * 15W * *", "day-of-month"),
        ("* * ? * *", "day-of-month"),
        ("* * * * 1#2", "day-of-week"),
        ("* * * JAN *", "month"),
        ("10-5 * * * *", "minute"),
        ("*/0 * * * *", "step"),
        (", * * * *", "minute"),
        ("-1 * * * *", "minute"),
        ("٣ * * * *", "minute"),
    ],
)
def test_an_expression_outside_the_five_posix_fields_is_refused(expression: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        cron.parse(expression, "UTC")


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "CEST", "../etc/passwd", "/etc/localtime", "Europe", "a\0b"])
def test_a_zone_outside_the_iana_database_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="time zone"):
        cron.parse("* * * * *", zone)

from datetime import timedelta
from typing import Any

import pytest
from contract.refusals import refused

NOW = "2026-11-01T00:00:00Z"
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}


def cron(expression: str, timezone: str = "UTC") -> dict[str, str]:
    return {"type": "cron", "expression": expression, "timezone": timezone}


@pytest.fixture(autouse=True)
def _now(world: Any) -> None:
    world.control.clock(now=NOW)


def runs(world: Any, **query: Any) -> list[Any]:
    return list(world.runs.list(**query))[::-1]


def instants(found: list[Any]) -> list[str]:
    return [each.trigger_context.scheduled_at.strftime("%m-%dT%H:%M") for each in found]


@pytest.mark.parametrize(
    ("expression", "timezone", "now", "upcoming"),
    [
        ("0 9 * * *", "UTC", NOW, ["11-01T09:00", "11-02T09:00", "11-03T09:00", "11-04T09:00", "11-05T09:00"]),
        ("0 9 * * 1-5", "UTC", NOW, ["11-02T09:00", "11-03T09:00", "11-04T09:00", "11-05T09:00", "11-06T09:00"]),
        ("*/20 8,9 * * *", "UTC", NOW, ["11-01T08:00", "11-01T08:20", "11-01T08:40", "11-01T09:00", "11-01T09:20"]),
        ("5/25 0 1 * *", "UTC", NOW, ["11-01T00:05", "11-01T00:30", "11-01T00:55", "12-01T00:05", "12-01T00:30"]),
        ("0 0 1 1-12/6 *", "UTC", NOW, ["01-01T00:00", "07-01T00:00", "01-01T00:00", "07-01T00:00", "01-01T00:00"]),
        ("0 12 * * 0", "UTC", NOW, ["11-01T12:00", "11-08T12:00", "11-15T12:00", "11-22T12:00", "11-29T12:00"]),
        ("0 12 * * 7", "UTC", NOW, ["11-01T12:00", "11-08T12:00", "11-15T12:00", "11-22T12:00", "11-29T12:00"]),
        ("0 0 15 * 1", "UTC", NOW, ["11-02T00:00", "11-09T00:00", "11-15T00:00", "11-16T00:00", "11-23T00:00"]),
        ("0 0 */15 * 1", "UTC", NOW, ["11-16T00:00", "02-01T00:00", "03-01T00:00", "05-31T00:00", "08-16T00:00"]),
        ("0 0 29 2 *", "UTC", NOW, ["02-29T00:00"] * 5),
        ("* * * * *", "UTC", NOW, ["11-01T00:01", "11-01T00:02", "11-01T00:03", "11-01T00:04", "11-01T00:05"]),
        (
            "0 9 * * *",
            "America/New_York",
            NOW,
            ["11-01T14:00", "11-02T14:00", "11-03T14:00", "11-04T14:00", "11-05T14:00"],
        ),
        (
            "30 2 * * *",
            "Europe/Berlin",
            "2026-03-28T00:00:00Z",
            ["03-28T01:30", "03-30T00:30", "03-31T00:30", "04-01T00:30", "04-02T00:30"],
        ),
        (
            "30 2 * * *",
            "Europe/Berlin",
            "2026-10-24T12:00:00Z",
            ["10-25T00:30", "10-25T01:30", "10-26T01:30", "10-27T01:30", "10-28T01:30"],
        ),
        (
            "15 * 25 10 *",
            "Europe/Berlin",
            "2026-10-24T23:30:00Z",
            ["10-25T00:15", "10-25T01:15", "10-25T02:15", "10-25T03:15", "10-25T04:15"],
        ),
    ],
)
def test_the_next_five_runs_are_told(world: Any, expression: str, timezone: str, now: str, upcoming: list[str]) -> None:
    world.control.clock(now=now)

    schedule = world.deployment(schedule=cron(expression, timezone)).schedule

    assert [each.strftime("%m-%dT%H:%M") for each in schedule.upcoming_runs_at] == upcoming
    assert schedule.upcoming_runs_at == sorted(set(schedule.upcoming_runs_at))
    assert (schedule.expression, schedule.timezone, schedule.last_run_at) == (expression, timezone, None)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "* * * *",
        "* * * * * *",
        "@daily",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 0 *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "-1 * * * *",
        "1, * * * *",
        "* * L * *",
        "* * 15W * *",
        "* * ? * *",
        "* * * * 1#2",
        "* * * JAN *",
        "* * * * MON",
        "0 0 30 2 *",
        " " * 257,
    ],
)
def test_an_expression_that_is_none_is_refused(world: Any, expression: str) -> None:
    refused(lambda: world.deployment(schedule=cron(expression)), "schedule.expression")


@pytest.mark.parametrize("timezone", ["", "Mars/Olympus", "+01:00", "../UTC", "/etc/localtime", "Europe"])
def test_a_zone_is_one_of_the_database(world: Any, timezone: str) -> None:
    refused(lambda: world.deployment(schedule=cron("0 9 * * *", timezone)), "schedule.timezone")


def test_a_schedule_is_only_cron(world: Any) -> None:
    refused(lambda: world.deployment(schedule={"type": "interval", "seconds": 5}), "schedule")
    refused(lambda: world.deployment(schedule=cron("0 9 * * *") | {"jitter": 5}), "schedule.jitter")


def test_a_shortest_distance_can_be_set(world: Any) -> None:
    world.control.settings(shortest_schedule_minutes=60)

    refused(lambda: world.deployment(schedule=cron("*/30 * * * *")), "schedule.expression", "60")
    assert world.deployment(schedule=cron("0 * * * *")).schedule is not None


def test_the_organization_has_so_many_schedules(world: Any) -> None:
    assert world.control.settings(scheduled_deployments=1)["scheduled_deployments"] == 1
    made, manual = world.deployment(schedule=cron("0 9 * * *")), world.deployment()

    refused(lambda: world.deployment(schedule=cron("0 9 * * *")), "scheduled")
    refused(lambda: world.deployments.update(manual.id, schedule=cron("0 9 * * *")), "scheduled")
    world.deployments.update(made.id, schedule=cron("0 10 * * *"))
    world.deployments.archive(made.id)
    world.deployments.update(manual.id, schedule=cron("0 9 * * *"))


def test_a_due_schedule_fires_with_the_next_request(world: Any) -> None:
    made = world.deployment(schedule=cron("0 9 * * *"))

    assert runs(world) == []
    world.control.clock(advance_seconds=9 * 3600)
    (run,) = runs(world)

    assert run.deployment_id == made.id
    assert run.trigger_context.to_dict(mode="json")["type"] == "schedule"
    assert instants([run]) == ["11-01T09:00"]
    session = world.sessions.retrieve(run.session_id)
    assert (session.deployment_id, session.agent.id) == (made.id, made.agent.id)
    found = world.deployments.retrieve(made.id)
    assert found.schedule.last_run_at == run.created_at
    assert found.schedule.upcoming_runs_at[0] == made.schedule.upcoming_runs_at[1]
    assert found.updated_at == made.updated_at


def test_an_instant_runs_once(world: Any) -> None:
    world.deployment(schedule=cron("0 9 * * *"))

    world.control.clock(now="2026-11-01T09:00:00Z")
    assert instants(runs(world)) == ["11-01T09:00"]
    world.control.clock(now="2026-11-01T08:00:00Z")
    assert len(runs(world)) == 1
    world.control.clock(now="2026-11-01T09:30:00Z")
    assert len(runs(world)) == 1
    world.control.clock(now="2026-11-03T08:59:59Z")
    assert instants(runs(world)) == ["11-01T09:00", "11-02T09:00"]


def test_a_jump_of_the_clock_makes_up_for_the_last_of_many(world: Any) -> None:
    world.deployment(schedule=cron("* * * * *"))
    world.control.settings(schedule_catch_up=3)

    world.control.clock(now="2027-11-01T00:00:00Z")

    assert instants(runs(world)) == ["10-31T23:58", "10-31T23:59", "11-01T00:00"]


def test_the_control_plane_sees_what_is_due(world: Any) -> None:
    world.deployment(schedule=cron("0 9 * * *"))
    world.control.clock(now="2026-11-01T10:00:00Z")

    assert len(world.control.objects("deployment_runs")) == 1
    assert len(world.control.objects("sessions")) == 1


def test_nothing_is_made_up_for_behind_a_pause(world: Any) -> None:
    made = world.deployment(schedule=cron("0 * * * *"))
    world.deployments.pause(made.id)

    world.control.clock(now="2026-11-01T05:30:00Z")
    paused = world.deployments.retrieve(made.id)
    assert runs(world) == []
    assert len(paused.schedule.upcoming_runs_at) == 5
    world.deployments.unpause(made.id)
    assert runs(world) == []
    world.control.clock(now="2026-11-01T06:30:00Z")

    assert instants(runs(world)) == ["11-01T06:00"]


def test_a_new_schedule_goes_from_now_on(world: Any) -> None:
    made = world.deployment(schedule=cron("0 9 * * *"))
    world.control.clock(now="2026-11-01T10:00:00Z")
    (first,) = runs(world)

    changed = world.deployments.update(made.id, schedule=cron("0 8 * * *"))
    assert changed.schedule.last_run_at == first.created_at
    world.control.clock(now="2026-11-02T10:00:00Z")
    assert instants(runs(world)) == ["11-01T09:00", "11-02T08:00"]
    world.deployments.update(made.id, schedule=None)
    world.control.clock(now="2026-11-03T10:00:00Z")
    assert len(runs(world)) == 2


def test_an_archived_deployment_fires_no_more(world: Any) -> None:
    made = world.deployment(schedule=cron("0 9 * * *"))
    world.control.clock(now="2026-11-01T10:00:00Z")
    (run,) = runs(world)
    world.deployments.archive(made.id)

    world.control.clock(now="2026-11-05T00:00:00Z")

    assert len(runs(world)) == 1
    assert world.deployments.retrieve(made.id).schedule.last_run_at == run.created_at


def test_the_deployment_of_a_deleted_agent_is_archived_at_its_next_run(world: Any) -> None:
    made = world.deployment(schedule=cron("0 9 * * *"))
    world.control.remove("agents", made.agent.id)
    assert world.deployments.retrieve(made.id).archived_at is None

    world.control.clock(now="2026-11-01T10:00:00Z")

    assert world.deployments.retrieve(made.id).archived_at is not None
    assert runs(world) == []


def test_an_error_that_stays_pauses_the_deployment(world: Any) -> None:
    made = world.deployment(schedule=cron("0 * * * *"))
    world.environments.archive(made.environment_id)

    world.control.clock(now="2026-11-01T05:30:00Z")
    (run,) = runs(world)
    paused = world.deployments.retrieve(made.id)

    assert (run.session_id, run.error.type) == (None, "environment_archived_error")
    assert run.error.message
    assert paused.status == "paused"
    assert paused.paused_reason.to_dict() == {"type": "error", "error": {"type": "environment_archived_error"}}
    assert paused.schedule.last_run_at == run.created_at
    world.deployments.update(made.id, environment_id=world.environment().id)
    assert world.deployments.unpause(made.id).paused_reason is None
    world.control.clock(now="2026-11-01T06:30:00Z")
    assert [each.error is None for each in runs(world)] == [False, True]


@pytest.mark.parametrize("error", ["session_rate_limited_error", "session_creation_rejected_error"])
def test_an_error_that_may_pass_pauses_nothing(world: Any, error: str) -> None:
    made = world.deployment(schedule=cron("0 * * * *"))
    world.control.settings(deployment_run_error=error)

    world.control.clock(now="2026-11-01T02:30:00Z")

    assert [each.error.type for each in runs(world)] == [error, error]
    assert world.deployments.retrieve(made.id).status == "active"


def test_a_manual_run_moves_no_schedule(world: Any) -> None:
    made = world.deployment(schedule=cron("0 9 * * *"))

    run = world.deployments.run(made.id)

    assert run.trigger_context.to_dict() == {"type": "manual"}
    assert world.deployments.retrieve(made.id) == made


def test_the_real_clock_fires_too(world: Any) -> None:
    world.control.reset()
    made = world.deployment(schedule=cron("* * * * *"))

    world.control.clock(advance_seconds=61)

    assert runs(world)[0].trigger_context.scheduled_at - made.created_at <= timedelta(minutes=1)

from typing import Any

import pytest

MORNING = {"type": "cron", "expression": "0 9 * * *", "timezone": "Europe/Berlin"}


@pytest.fixture(autouse=True)
def _at_noon(world: Any) -> None:
    world.control.clock(now="2026-03-28T12:00:00Z")


@pytest.fixture
def deployments(world: Any) -> Any:
    return world.client.deployments


def scheduled(world: Any, **fields: Any) -> Any:
    return world.deployment(schedule=MORNING, **fields)


def fired(world: Any) -> list[str]:
    runs = list(world.client.deployment_runs.list(trigger_type="schedule"))
    return [run.to_dict(mode="json")["trigger_context"]["scheduled_at"] for run in runs]


def test_a_schedule_shows_what_lies_ahead(world: Any) -> None:
    schedule = scheduled(world).to_dict(mode="json")["schedule"]

    assert schedule == MORNING | {
        "last_run_at": None,
        "upcoming_runs_at": [
            "2026-03-29T07:00:00Z",
            "2026-03-30T07:00:00Z",
            "2026-03-31T07:00:00Z",
            "2026-04-01T07:00:00Z",
            "2026-04-02T07:00:00Z",
        ],
    }


@pytest.mark.parametrize(
    "schedule",
    [
        {"type": "cron", "expression": "0 9 * * *"},
        {"type": "cron", "timezone": "UTC"},
        {"expression": "0 9 * * *", "timezone": "UTC"},
        MORNING | {"type": "interval"},
        MORNING | {"expression": "0 9 * *"},
        MORNING | {"expression": "@daily"},
        MORNING | {"expression": "0 25 * * *"},
        MORNING | {"timezone": "Mars/Olympus"},
        MORNING | {"jitter": 5},
    ],
)
def test_a_schedule_of_another_form_is_refused(world: Any, refused: Any, schedule: Any) -> None:
    refused(400, lambda: world.deployment(schedule=schedule), "schedule")
    made = scheduled(world)
    refused(400, lambda: world.client.deployments.update(made.id, schedule=schedule), "schedule")


def test_it_fires_when_the_clock_says_so(world: Any, deployments: Any) -> None:
    made = scheduled(world)
    world.control.clock(now="2026-03-29T06:59:59Z")
    assert fired(world) == []

    world.control.clock(now="2026-03-29T07:00:00Z")

    assert fired(world) == ["2026-03-29T07:00:00Z"]
    (run,) = deployments.runs.list(made.id)
    assert world.sessions.retrieve(run.session_id).deployment_id == made.id
    schedule = deployments.retrieve(made.id).to_dict(mode="json")["schedule"]
    assert schedule["last_run_at"] == "2026-03-29T07:00:00Z"
    assert schedule["upcoming_runs_at"][0] == "2026-03-30T07:00:00Z"


def test_a_leap_of_the_clock_fires_everything_between_once(world: Any) -> None:
    scheduled(world)
    world.control.clock(now="2026-03-31T12:00:00Z")

    expected = ["2026-03-31T07:00:00Z", "2026-03-30T07:00:00Z", "2026-03-29T07:00:00Z"]
    assert fired(world) == expected
    assert fired(world) == expected


def test_the_control_plane_sees_what_is_due(world: Any) -> None:
    scheduled(world)
    world.control.clock(now="2026-03-29T12:00:00Z")

    assert len(world.control.objects("sessions")) == 1


def test_a_schedule_fires_with_the_token_it_was_given(world: Any, repo: Any) -> None:
    scheduled(world, resources=[repo(authorization_token="token-of-the-night")])
    world.control.clock(now="2026-03-29T12:00:00Z")

    (session,) = world.sessions.list()

    expected = world.control.fingerprint("token-of-the-night")
    assert world.control.mounts(session.id)[0]["fingerprint"] == expected


def test_a_paused_schedule_does_not_fire_and_makes_up_for_nothing(world: Any, deployments: Any) -> None:
    made = scheduled(world)
    deployments.pause(made.id)
    world.control.clock(now="2026-03-30T12:00:00Z")
    assert fired(world) == []
    deployments.unpause(made.id)
    assert fired(world) == []

    world.control.clock(now="2026-03-31T12:00:00Z")

    assert fired(world) == ["2026-03-31T07:00:00Z"]


def test_an_archived_schedule_has_nothing_ahead(world: Any, deployments: Any) -> None:
    made = scheduled(world)

    assert deployments.archive(made.id).schedule.upcoming_runs_at == []
    world.control.clock(now="2026-03-30T12:00:00Z")
    assert fired(world) == []


def test_an_update_changes_the_schedule(world: Any, deployments: Any) -> None:
    made = scheduled(world)

    updated = deployments.update(made.id, schedule=MORNING | {"expression": "30 13 * * *", "timezone": "UTC"})
    world.control.clock(now="2026-03-28T14:00:00Z")

    assert updated.to_dict(mode="json")["schedule"]["upcoming_runs_at"][0] == "2026-03-28T13:30:00Z"
    assert fired(world) == ["2026-03-28T13:30:00Z"]


def test_another_update_leaves_the_schedule_alone(world: Any, deployments: Any) -> None:
    made = scheduled(world)

    assert deployments.update(made.id, name="b").to_dict()["schedule"] == made.to_dict()["schedule"]


def test_whether_a_schedule_can_be_removed_is_a_setting(world: Any, deployments: Any, refused: Any) -> None:
    made = scheduled(world)
    refused(400, lambda: deployments.update(made.id, schedule=None), "schedule")
    world.control.settings(qoder_schedule_clearing="accept")

    assert deployments.update(made.id, schedule=None).schedule is None
    world.control.clock(now="2026-03-30T12:00:00Z")
    assert fired(world) == []


def test_a_deployment_can_be_given_a_schedule_later(world: Any, deployments: Any) -> None:
    made = world.deployment()
    deployments.update(made.id, schedule=MORNING)
    world.control.clock(now="2026-03-29T12:00:00Z")

    assert fired(world) == ["2026-03-29T07:00:00Z"]


def test_a_scheduled_run_that_fails_leaves_the_schedule_running(world: Any) -> None:
    environment = world.environment()
    scheduled(world, environment_id=environment.id)
    world.environments.archive(environment.id)
    world.control.clock(now="2026-03-30T12:00:00Z")

    assert len(fired(world)) == 2
    assert len(list(world.client.deployment_runs.list(has_error=True))) == 2
    assert list(world.sessions.list()) == []


def test_a_very_long_absence_is_not_made_up_for_in_full(world: Any) -> None:
    world.deployment(schedule=MORNING | {"expression": "* * * * *"}, name="busy")
    world.control.clock(now="2026-03-29T12:00:00Z")

    runs = world.control.objects("deployment_runs")

    assert len(runs) == 1000
    assert runs[-1]["trigger_context"]["scheduled_at"] == "2026-03-29T12:00:00Z"

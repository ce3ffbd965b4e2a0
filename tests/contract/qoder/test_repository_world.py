from typing import Any

import pytest

APP = {"url": "https://github.com/acme/app", "private": True, "tokens": ["reads-app"], "branches": ["main"]}
OTHER = {"url": "https://github.com/acme/other", "private": True, "tokens": ["reads-other"]}


@pytest.fixture(autouse=True)
def _repositories(world: Any) -> None:
    world.control.repositories([APP | {"expired_tokens": ["was-app"]}, OTHER])


def mounted(world: Any, repo: Any, **fields: Any) -> Any:
    return world.session(resources=[repo(**fields)])


def test_a_token_that_reads_the_repository_makes_no_error(world: Any, repo: Any) -> None:
    session = mounted(world, repo, authorization_token="reads-app")

    assert world.errors(session.id) == []


@pytest.mark.parametrize(
    ("fields", "type"),
    [
        ({}, "repository_authentication_error"),
        ({"authorization_token": "nobody-knows"}, "repository_authentication_error"),
        ({"authorization_token": "was-app"}, "repository_authentication_error"),
        ({"authorization_token": "reads-other"}, "repository_forbidden_error"),
        (
            {"authorization_token": "reads-app", "checkout": {"type": "branch", "name": "gone"}},
            "repository_checkout_error",
        ),
    ],
)
def test_a_clone_that_fails_is_told_in_an_event(world: Any, repo: Any, fields: Any, type: str) -> None:
    session = mounted(world, repo, **fields)

    (error,) = world.errors(session.id)

    assert error.type == type
    assert error.to_dict()["repository_url"] == "https://github.com/acme/app"
    assert error.retry_status.type == "retrying"
    assert world.sessions.retrieve(session.id).status == "idle"


def test_a_repository_that_is_not_listed_can_be_missing(world: Any, repo: Any) -> None:
    world.control.settings(unknown_repositories="refuse", qoder_repository_token="optional")

    (error,) = world.errors(world.session(resources=[repo("nowhere", authorization_token=None)]).id)

    assert error.type == "repository_not_found_error"


def test_a_rotation_repairs_a_clone(world: Any, repo: Any) -> None:
    session = mounted(world, repo, authorization_token="was-app")
    resource = session.resources[0].id
    assert len(world.errors(session.id)) == 1

    world.sessions.resources.update(resource, session_id=session.id, authorization_token="reads-app")
    assert len(world.errors(session.id)) == 1
    world.sessions.resources.update(resource, session_id=session.id, authorization_token="was-app")

    assert len(world.errors(session.id)) == 2
    assert len(world.control.rotations(session.id)) == 2


def test_a_generic_repository_is_looked_up_without_its_user(world: Any) -> None:
    world.control.repositories([{"url": "https://git.example.com/acme/app", "private": True, "tokens": ["secret"]}])
    sent = {"type": "git_repository", "url": "https://robot@git.example.com/acme/app.git"}

    assert world.errors(world.session(resources=[sent | {"password": "secret"}]).id) == []
    (error,) = world.errors(world.session(resources=[sent | {"password": "wrong"}]).id)
    assert error.to_dict()["repository_url"] == "https://git.example.com/acme/app.git"


def test_an_error_can_come_late(world: Any, repo: Any) -> None:
    world.control.settings(clone_errors="after 2 reads")
    session = mounted(world, repo)

    assert [len(world.errors(session.id)) for _ in range(4)] == [0, 0, 1, 1]


def test_an_error_can_come_by_the_clock(world: Any, repo: Any) -> None:
    world.control.clock(now="2026-10-01T12:00:00Z")
    world.control.settings(clone_errors="after 30 seconds")
    session = mounted(world, repo)
    world.control.clock(advance_seconds=29)
    assert world.errors(session.id) == []
    world.control.clock(advance_seconds=2)

    assert len(world.errors(session.id)) == 1


def test_a_rotation_in_time_prevents_the_error(world: Any, repo: Any) -> None:
    world.control.settings(clone_errors="after 3 reads")
    session = mounted(world, repo)
    resource = session.resources[0].id
    world.sessions.resources.update(resource, session_id=session.id, authorization_token="reads-app")

    assert [len(world.errors(session.id)) for _ in range(6)] == [0] * 6


def test_a_repository_that_was_taken_away_makes_no_error(world: Any, repo: Any) -> None:
    world.control.settings(clone_errors="after 1 reads")
    session = mounted(world, repo)
    world.sessions.resources.delete(session.resources[0].id, session_id=session.id)

    assert [len(world.errors(session.id)) for _ in range(3)] == [0] * 3

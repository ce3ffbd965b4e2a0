from typing import Any

import pytest

GOOD, OTHER, DEAD = "token-that-reads-app", "token-that-reads-lib", "token-that-expired"
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}


@pytest.fixture
def repositories(world: Any) -> None:
    world.control.repositories(
        [
            {
                "url": "https://github.com/acme/app",
                "private": True,
                "branches": ["main"],
                "commits": ["a" * 40],
                "tokens": [GOOD],
                "expired_tokens": [DEAD],
            },
            {"url": "https://github.com/acme/lib", "private": True, "tokens": [OTHER]},
            {"url": "https://github.com/acme/site"},
        ]
    )


@pytest.mark.usefixtures("repositories")
@pytest.mark.parametrize(
    ("name", "fields", "trouble"),
    [
        ("app", {"authorization_token": GOOD}, None),
        ("app", {}, "repository_authentication_error"),
        ("app", {"authorization_token": "token-nobody-knows"}, "repository_authentication_error"),
        ("app", {"authorization_token": DEAD}, "repository_authentication_error"),
        ("app", {"authorization_token": OTHER}, "repository_forbidden_error"),
        ("app", {"authorization_token": GOOD, "checkout": {"type": "branch", "name": "main"}}, None),
        (
            "app",
            {"authorization_token": GOOD, "checkout": {"type": "branch", "name": "gone"}},
            "repository_checkout_error",
        ),
        ("app", {"authorization_token": GOOD, "checkout": {"type": "commit", "sha": "a" * 40}}, None),
        (
            "app",
            {"authorization_token": GOOD, "checkout": {"type": "commit", "sha": "b" * 40}},
            "repository_checkout_error",
        ),
        ("site", {}, None),
        ("site", {"authorization_token": GOOD}, None),
        ("site", {"authorization_token": DEAD}, "repository_authentication_error"),
        ("anything", {}, None),
    ],
)
def test_a_clone_that_fails_is_told_and_the_session_lives_on(
    world: Any, repo: Any, name: str, fields: dict[str, Any], trouble: str | None
) -> None:
    session = world.session(resources=[repo(name, **fields)])

    errors = world.errors(session.id)

    assert [error.type for error in errors] == ([trouble] if trouble else [])
    for error in errors:
        assert error.repository_url == f"https://github.com/acme/{name}"
        assert error.retry_status.type == "retrying"
        assert error.message
    assert world.sessions.retrieve(session.id).status == "idle"


def test_unknown_repositories_can_be_missing(world: Any, repo: Any) -> None:
    world.control.settings(unknown_repositories="refuse")

    session = world.session(resources=[repo()])

    assert [error.type for error in world.errors(session.id)] == ["repository_not_found_error"]


@pytest.mark.usefixtures("repositories")
def test_a_rotation_repairs_or_breaks(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo(authorization_token=DEAD)])
    resource = session.resources[0].id

    def rotate(token: str) -> list[str]:
        world.sessions.resources.update(resource, session_id=session.id, authorization_token=token)
        return [error.type for error in world.errors(session.id)]

    assert rotate(GOOD) == ["repository_authentication_error"]
    assert rotate(OTHER) == ["repository_authentication_error", "repository_forbidden_error"]
    assert rotate(GOOD) == ["repository_authentication_error", "repository_forbidden_error"]


@pytest.mark.usefixtures("repositories")
def test_clone_errors_can_wait_for_reads(world: Any, repo: Any) -> None:
    world.control.settings(clone_errors="after 2 reads")
    session = world.session(resources=[repo()])

    seen = [len(world.errors(session.id)) for _ in range(3)]

    assert seen == [0, 0, 1]


@pytest.mark.usefixtures("repositories")
def test_clone_errors_can_wait_for_seconds_and_a_rotation_comes_first(world: Any, repo: Any) -> None:
    world.control.settings(clone_errors="after 30 seconds")
    world.control.clock(now="2026-11-01T00:00:00Z")
    broken, repaired = world.session(resources=[repo()]), world.session(resources=[repo()])
    world.sessions.resources.update(repaired.resources[0].id, session_id=repaired.id, authorization_token=GOOD)

    assert world.errors(broken.id) == []
    world.control.clock(advance_seconds=30)

    assert (len(world.errors(broken.id)), len(world.errors(repaired.id))) == (1, 0)


def test_a_rotation_is_recorded_by_the_fingerprint_of_its_token(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo(authorization_token=DEAD), repo("lib")])
    first, second = session.resources

    rotated = world.sessions.resources.update(first.id, session_id=session.id, authorization_token=GOOD)

    assert world.control.rotations(session.id) == [
        {
            "resource_id": first.id,
            "time": rotated.to_dict(mode="json")["updated_at"],
            "fingerprint": world.control.fingerprint(GOOD),
        }
    ]
    mounts = {mount["resource_id"]: mount["fingerprint"] for mount in world.control.mounts(session.id)}
    assert mounts == {first.id: world.control.fingerprint(GOOD), second.id: None}
    assert world.control.fingerprint(GOOD) != world.control.fingerprint(DEAD)

import time
from typing import Any

import pytest

UNREADABLE = "A JSON web token could not be decoded"
ISSUED = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
EXPIRY = "'Expiration time' claim ('exp') must be a numeric value representing the future time"
TOO_FAR = "'Expiration time' claim ('exp') is too far in the future"
START = "2030-01-01T00:00:00Z"
START_SECONDS = 1893456000


@pytest.fixture(autouse=True)
def _app(github: Any) -> None:
    github.described(repositories=["app"], permissions={"contents": "write", "issues": "read"})


@pytest.mark.parametrize("issuer", [4711, "4711", "client-of-the-test"])
def test_an_app_proves_itself_by_its_id_or_its_client_id(github: Any, issuer: str | int) -> None:
    app = github.app(issuer).get_app()

    assert (app.id, app.slug, app.owner.login) == (4711, "app-4711", "emulator")
    assert app.raw_data["client_id"] == "client-of-the-test"
    assert app.raw_data["installations_count"] == 1
    assert app.permissions == {"metadata": "read", "contents": "write", "issues": "read"}


def test_an_installation_tells_what_it_reaches(github: Any) -> None:
    found = github.app().get_app_installation(99)

    assert (found.id, found.app_id, found.app_slug, found.target_type) == (99, 4711, "app-4711", "Organization")
    assert found.raw_data["account"]["login"] == "acme"
    assert found.repository_selection == "selected"
    assert found.permissions == {"metadata": "read", "contents": "write", "issues": "read"}
    assert found.raw_data["suspended_at"] is None


def test_a_repository_leads_to_its_installation(github: Any, raises: Any) -> None:
    app = github.app()

    assert app.get_repo_installation("ACME", "App").id == 99
    raises(lambda: app.get_repo_installation("acme", "lib"), 404, "Not Found")
    raises(lambda: app.get_repo_installation("other", "app"), 404, "Not Found")
    github.control.settings(unknown_repositories="refuse")
    raises(lambda: app.get_repo_installation("acme", "app"), 404, "Not Found")
    github.control.repositories([{"url": "https://github.com/acme/app", "private": True}])
    assert app.get_repo_installation("acme", "app").id == 99


def test_an_installation_of_another_app_is_not_there(github: Any, raises: Any, other_keys: Any) -> None:
    other = {"app_id": 12, "public_key": other_keys.public, "installations": [{"id": 7, "account": "acme"}]}
    github.control.github_apps([other])

    raises(lambda: github.app().get_app_installation(7), 404, "Not Found")
    raises(lambda: github.app().get_access_token(7), 404, "Not Found")


@pytest.mark.parametrize("path", ["/app", "/app/installations/99", "/repos/acme/app/installation"])
@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ({"iss": None}, "names no issuer (iss)"),
        ({"iat": None}, ISSUED),
        ({"iat": -60.5}, ISSUED),
        ({"iat": 1000, "exp": 1100}, ISSUED),
        ({"exp": None}, EXPIRY),
        ({"exp": -1}, EXPIRY),
        ({"exp": 10_000}, TOO_FAR),
    ],
)
def test_a_claim_that_is_wrong_is_named(github: Any, refused: Any, path: str, claims: Any, message: str) -> None:
    now = int(time.time())
    said = {name: None if seconds is None else now + seconds for name, seconds in claims.items()}

    refused(github.ask(path, github.jwt(**said)), 401, message)


def test_a_signature_of_another_key_is_not_read(github: Any, refused: Any, other_keys: Any) -> None:
    refused(github.ask("/app", github.jwt(other_keys.private)), 401, UNREADABLE)


def test_another_algorithm_is_not_read(github: Any, refused: Any) -> None:
    refused(github.ask("/app", github.jwt(algorithm="RS512")), 401, UNREADABLE)
    refused(github.ask("/app", github.jwt("a-word-that-both-sides-know-and-is-long-enough", "HS256")), 401, UNREADABLE)


@pytest.mark.parametrize("token", [None, "token-a", "a.b.c", "ghs_made-up"])
def test_what_is_no_jwt_is_not_read(github: Any, refused: Any, token: str | None) -> None:
    for path in ("/app", "/app/installations/99"):
        refused(github.ask(path, token), 401, UNREADABLE)
    refused(github.ask("/app/installations/99/access_tokens", token, "POST"), 401, UNREADABLE)


def test_a_jwt_needs_the_scheme_bearer(github: Any, refused: Any) -> None:
    refused(github.ask("/app", headers={"authorization": f"token {github.jwt()}"}), 401, UNREADABLE)


@pytest.mark.parametrize("status", [404, 401])
def test_an_app_that_nobody_described_is_not_known(github: Any, refused: Any, status: int) -> None:
    github.control.settings(github_unknown_app_status=status)

    refused(github.ask("/app", github.jwt(iss="1")), status, "Integration not found")


def test_a_jwt_is_held_against_the_clock_that_the_client_has(github: Any) -> None:
    github.control.clock(now=START)

    assert github.ask("/app", github.jwt()).status_code == 200


def test_a_jwt_can_be_held_against_the_clock_of_the_emulator(github: Any, refused: Any) -> None:
    github.control.clock(now=START)
    github.control.settings(github_jwt_clock="emulator")
    good = github.jwt(iat=START_SECONDS, exp=START_SECONDS + 600)

    refused(github.ask("/app", github.jwt()), 401, EXPIRY)
    refused(github.ask("/app", github.jwt(iat=START_SECONDS + 1, exp=START_SECONDS + 60)), 401, ISSUED)
    refused(github.ask("/app", github.jwt(iat=START_SECONDS, exp=START_SECONDS + 601)), 401, TOO_FAR)
    assert github.ask("/app", good).status_code == 200
    github.control.clock(advance_seconds=600)
    refused(github.ask("/app", good), 401, EXPIRY)

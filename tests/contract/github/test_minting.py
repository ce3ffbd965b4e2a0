import json
from datetime import UTC, datetime
from typing import Any

import pytest

APP, LIB = "https://github.com/acme/app", "https://github.com/acme/lib"
START = "2026-11-01T12:00:00Z"
GRANTED = {"contents": "write", "issues": "read"}
ALL = {"metadata": "read"} | GRANTED
NOWHERE = "There is at least one repository that does not exist or is not accessible to the parent installation."


@pytest.fixture(autouse=True)
def _world(github: Any) -> None:
    github.control.clock(now=START)
    github.control.repositories(
        [{"url": APP, "private": True}, {"url": LIB, "private": True}, {"url": "https://github.com/else/app"}]
    )
    github.described(permissions=GRANTED)


def test_a_token_is_minted_for_everything_that_is_not_narrowed(github: Any) -> None:
    minted = github.app().get_access_token(99)

    assert minted.token.startswith("ghs_")
    assert minted.expires_at == datetime(2026, 11, 1, 13, tzinfo=UTC)
    assert minted.permissions == ALL
    assert minted.repository_selection == "all"
    assert github.client(minted.token).get_repo("acme/app").permissions.push is True
    assert github.client(minted.token).get_repo("acme/lib").get_branch("main").name == "main"


def test_an_empty_body_asks_for_everything_too(github: Any) -> None:
    path = "/app/installations/99/access_tokens"

    answers = [github.ask(path, github.jwt(), "POST", content=content) for content in (b"", b"{}")]

    for answer in answers:
        assert answer.status_code == 201
        assert set(answer.json()) == {"token", "expires_at", "permissions", "repository_selection"}
        assert answer.json()["expires_at"] == "2026-11-01T13:00:00Z"


def test_a_token_can_be_minted_for_single_repositories(github: Any, refused: Any) -> None:
    minted = github.mint(repositories=["APP"])

    assert minted["repository_selection"] == "selected"
    assert [each["full_name"] for each in minted["repositories"]] == ["acme/app"]
    assert github.ask("/repos/acme/app", minted["token"]).status_code == 200
    refused(github.ask("/repos/acme/lib", minted["token"]), 404, "Not Found")
    assert github.ask("/repos/else/app", minted["token"]).json()["permissions"]["push"] is False


def test_repositories_can_be_chosen_by_id(github: Any) -> None:
    known = {each["name"]: each["id"] for each in github.mint(repositories=["app", "lib"])["repositories"]}

    minted = github.mint(repository_ids=[known["lib"]])
    both = github.mint(repository_ids=[known["lib"]], repositories=["app", "lib"])

    assert [each["name"] for each in minted["repositories"]] == ["lib"]
    assert sorted(each["name"] for each in both["repositories"]) == ["app", "lib"]


def test_a_token_can_be_minted_with_fewer_permissions(github: Any, refused: Any) -> None:
    reading = github.mint(permissions={"contents": "read"})
    blind = github.mint(permissions={"issues": "read"})

    assert reading["permissions"] == {"metadata": "read", "contents": "read"}
    assert github.ask("/repos/acme/app", reading["token"]).json()["permissions"]["push"] is False
    answer = github.ask("/repos/acme/app/branches/main", blind["token"])
    refused(answer, 403, "Resource not accessible by integration")
    assert answer.headers["x-accepted-github-permissions"] == "contents=read"
    assert github.ask("/repos/acme/app", blind["token"]).status_code == 200


@pytest.mark.parametrize(
    ("permissions", "message"),
    [
        ({"actions": "read"}, "The permissions requested are not granted to this installation."),
        ({"contents": "read", "pull_requests": "write"}, "The permissions requested are not granted"),
        ({"issues": "write"}, "The level of access for permissions requested are not granted to this installation."),
        ({"contents": "admin"}, "The level of access"),
    ],
)
def test_a_permission_that_the_installation_lacks_is_refused(
    github: Any, raises: Any, permissions: Any, message: str
) -> None:
    raises(lambda: github.app().get_access_token(99, permissions), 422, message)
    assert github.control.github_tokens() == []


@pytest.mark.parametrize(
    "body",
    [
        {"repositories": ["gone"]},
        {"repositories": ["app", "gone"]},
        {"repositories": ["acme/app"]},
        {"repository_ids": [1]},
        {"repositories": ["app"], "repository_ids": [1]},
    ],
)
def test_a_repository_that_the_installation_lacks_is_refused(github: Any, body: Any) -> None:
    github.described(repositories=["app"])

    assert github.mint(status=422, **body)["message"] == NOWHERE


def test_a_repository_that_nobody_listed_can_be_minted_for(github: Any) -> None:
    assert github.mint(repositories=["new"])["repositories"][0]["full_name"] == "acme/new"

    github.control.settings(unknown_repositories="refuse")
    assert github.mint(status=422, repositories=["new"])["message"] == NOWHERE
    github.described(repositories=["app", "new"])
    assert github.mint(repositories=["New"])["repositories"][0]["full_name"] == "acme/new"


def test_an_empty_list_means_all_or_nothing(github: Any) -> None:
    assert github.mint(repositories=[])["repository_selection"] == "all"

    github.control.settings(github_empty_repositories="refuse")
    assert github.mint(status=422, repositories=[])["message"] == NOWHERE


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"repositories": "app"}, "repositories"),
        ({"repositories": [1]}, "repositories"),
        ({"repositories": [str(n) for n in range(501)]}, "repositories"),
        ({"repository_ids": ["1"]}, "repository_ids"),
        ({"permissions": "all"}, "permissions"),
        ({"permissions": {"contents": "all"}}, "permissions"),
    ],
)
def test_a_member_of_the_wrong_type_is_named(github: Any, body: Any, field: str) -> None:
    message = github.mint(status=422, **body)["message"]

    assert message.startswith(f"Invalid request.\n\nFor '{field}'")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "Problems parsing JSON"),
        (b"\xff", "Problems parsing JSON"),
        (b"[" * 100_000, "Problems parsing JSON"),
        (b"[]", "Body should be a JSON object"),
        (b'"app"', "Body should be a JSON object"),
    ],
)
def test_a_body_that_is_no_object_is_refused(github: Any, refused: Any, content: bytes, message: str) -> None:
    answer = github.ask("/app/installations/99/access_tokens", github.jwt(), "POST", content=content)

    refused(answer, 400, message, page="#create-an-installation-access-token-for-an-app")


@pytest.mark.parametrize("installation", ["98", "0", "-1", "x", "99x"])
def test_an_installation_that_is_not_there_is_not_found(github: Any, refused: Any, installation: str) -> None:
    refused(github.ask(f"/app/installations/{installation}", github.jwt()), 404, "Not Found")
    path = f"/app/installations/{installation}/access_tokens"
    refused(github.ask(path, github.jwt(), "POST"), 404, "Not Found")


def test_a_suspended_installation_mints_nothing_and_its_tokens_are_of_no_use(github: Any, refused: Any) -> None:
    token = github.mint()["token"]
    github.described(permissions=GRANTED, suspended=True)

    assert github.mint(status=403)["message"] == "This installation has been suspended"
    for path in ("/repos/acme/app", "/repos/acme/app/branches/main", "/installation/repositories"):
        refused(github.ask(path, token), 403, "This installation has been suspended")
    assert github.app().get_app_installation(99).raw_data["suspended_at"] is not None
    github.described(permissions=GRANTED)
    assert github.ask("/repos/acme/app", token).status_code == 200


def test_a_token_dies_by_the_clock_of_the_emulator(github: Any, refused: Any) -> None:
    token = github.mint()["token"]
    github.control.clock(advance_seconds=3599)
    assert github.ask("/repos/acme/app", token).status_code == 200

    github.control.clock(advance_seconds=1)

    for path in ("/repos/acme/app", "/repos/else/app", "/repos/nobody/listed", "/installation/repositories"):
        refused(github.ask(path, token), 401, "Bad credentials")


def test_the_life_of_a_token_can_be_set(github: Any) -> None:
    github.control.settings(github_token_seconds=60)

    assert github.mint()["expires_at"] == "2026-11-01T12:01:00Z"


def test_what_an_installation_loses_its_tokens_lose(github: Any, refused: Any) -> None:
    token = github.mint()["token"]

    github.described(repositories=["lib"], permissions=GRANTED)
    refused(github.ask("/repos/acme/app", token), 404, "Not Found")
    assert github.ask("/repos/acme/lib", token).status_code == 200
    github.control.github_apps([{"app_id": 4711, "public_key": github.keys.public}])
    refused(github.ask("/repos/acme/lib", token), 401, "Bad credentials")


def test_tokens_have_the_newer_format_unless_the_older_one_is_wanted(github: Any) -> None:
    path = "/app/installations/99/access_tokens"

    def minted(**headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return str(github.ask(path, github.jwt(), "POST", headers=named).json()["token"])

    assert minted().startswith("ghs_4711_")
    assert minted().count(".") == 2
    assert len(minted(x_github_stateless_s2s_token="disabled")) == 40
    assert len(minted(x_github_stateless_s2s_token="false")) > 400
    github.control.settings(github_token_format="opaque")
    assert len(minted()) == 40
    assert len(minted(x_github_stateless_s2s_token="enabled")) > 400


def test_minted_tokens_are_told_by_their_fingerprints(github: Any) -> None:
    first, second = github.mint(repositories=["app"], permissions={"contents": "read"}), github.mint()
    github.ask("/installation/token", first["token"], "DELETE")

    told = github.control.github_tokens()

    assert [each["fingerprint"] for each in told] == [
        github.control.fingerprint(minted["token"]) for minted in (first, second)
    ]
    assert [each["revoked"] for each in told] == [True, False]
    assert [each["repositories"] for each in told] == [["app"], "all"]
    assert told[0]["permissions"] == {"metadata": "read", "contents": "read"}
    assert {each["expires_at"] for each in told} == {"2026-11-01T13:00:00Z"}
    assert {each["installation_id"] for each in told} == {99}
    assert first["token"] not in json.dumps(told)


def test_an_owner_may_have_an_underscore_and_a_permission_be_admin(github: Any) -> None:
    github.control.repositories([{"url": "https://github.com/ada_corp/app", "private": True}])
    granted = {"repository_projects": "admin", "administration": "write"}
    github.described(account="ada_corp", account_type="User", permissions=granted)

    minted = github.mint(permissions={"repository_projects": "admin", "administration": "write"})
    less = github.mint(permissions={"repository_projects": "write"})

    assert minted["permissions"] == {"metadata": "read", **granted}
    assert less["permissions"]["repository_projects"] == "write"
    found = github.client(minted["token"]).get_repo("ada_corp/app")
    assert (found.owner.login, found.permissions.admin) == ("ada_corp", True)

from typing import Any

import pytest

NAMES = [f"repo-{n:02}" for n in range(35)]


@pytest.fixture(autouse=True)
def _world(github: Any) -> None:
    github.control.repositories(
        [{"url": f"https://github.com/acme/{name}", "private": True, "tokens": ["token-a"]} for name in NAMES]
    )
    github.described()


def test_a_revoked_token_is_a_bad_credential(github: Any, refused: Any) -> None:
    token, other = github.mint()["token"], github.mint()["token"]

    answer = github.ask("/installation/token", token, "DELETE")

    assert (answer.status_code, answer.content) == (204, b"")
    refused(github.ask("/repos/acme/repo-01", token), 401, "Bad credentials")
    refused(github.ask("/repos/nobody/listed", token), 401, "Bad credentials")
    refused(github.ask("/installation/token", token, "DELETE"), 401, "Bad credentials")
    assert github.ask("/repos/acme/repo-01", other).status_code == 200


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/installation/token"), ("GET", "/installation/repositories")])
def test_only_the_bearer_of_an_installation_token_may_ask(github: Any, refused: Any, method: str, path: str) -> None:
    refused(github.ask(path, method=method), 401, "Requires authentication")
    refused(github.ask(path, "token-nobody-knows", method), 401, "Bad credentials")
    refused(
        github.ask(path, "token-a", method), 403, "You must authenticate with an installation access token in order to"
    )


def test_a_token_lists_the_repositories_that_it_reaches(github: Any) -> None:
    narrow = github.mint(repositories=["repo-03", "Repo-07"])["token"]

    listed = github.ask("/installation/repositories", narrow).json()

    assert (listed["total_count"], listed["repository_selection"]) == (2, "selected")
    assert [each["name"] for each in listed["repositories"]] == ["repo-03", "repo-07"]


def test_a_long_list_comes_in_pages(github: Any) -> None:
    found = github.app().get_app_installation(99)

    assert [each.name for each in found.get_repos()] == NAMES
    last = github.ask("/installation/repositories?per_page=10&page=4", github.mint()["token"])
    assert (len(last.json()["repositories"]), last.json()["total_count"]) == (5, 35)
    assert "link" not in last.headers


def test_an_installation_lists_what_its_description_names(github: Any) -> None:
    github.described(repositories=["repo-01", "Unlisted"])

    listed = github.ask("/installation/repositories", github.mint()["token"]).json()

    assert listed["repository_selection"] == "selected"
    assert [each["full_name"] for each in listed["repositories"]] == ["acme/repo-01", "acme/Unlisted"]


def test_the_client_takes_an_app_for_a_user_of_its_repositories(github: Any) -> None:
    client = github.app().get_github_for_installation(99, {"contents": "read"})

    assert client.get_repo("acme/repo-01").get_branch("main").name == "main"
    client.close()

from typing import Any

import httpx
import pytest
from github import BadCredentialsException

PATH = "/repos/acme/app"


def test_answers_have_ids_and_a_version(github: Any) -> None:
    answers = [github.ask(PATH), github.ask(PATH), github.ask("/nothing")]

    assert len({each.headers["x-github-request-id"] for each in answers}) == 3
    assert {each.headers["x-github-api-version-selected"] for each in answers} == {"2022-11-28"}
    assert {each.headers["content-type"] for each in answers} == {"application/json"}


@pytest.mark.parametrize("version", ["2022-11-28", "2026-03-10"])
def test_a_version_can_be_chosen(github: Any, version: str) -> None:
    answer = github.ask(PATH, headers={"x-github-api-version": version})

    assert (answer.status_code, answer.headers["x-github-api-version-selected"]) == (200, version)


@pytest.mark.parametrize("version", ["2021-01-01", "latest", ""])
def test_a_version_that_is_not_there_is_refused(github: Any, refused: Any, version: str) -> None:
    answer = github.ask(PATH, headers={"x-github-api-version": version})

    refused(answer, 400, "not a supported version")
    assert answer.headers["x-github-api-version-selected"] == "2022-11-28"


@pytest.mark.parametrize("headers", [{}, {"user-agent": ""}])
def test_who_does_not_say_who_calls_is_turned_away_by_a_page(github: Any, headers: dict[str, str]) -> None:
    with httpx.Client() as client:
        del client.headers["user-agent"]
        answer = client.get(f"{github.base}{PATH}", headers=headers)

    assert (answer.status_code, answer.headers["content-type"]) == (403, "text/html")
    assert "User-Agent header" in answer.text


def test_operations_are_counted_under_the_words_of_the_description(github: Any) -> None:
    github.described()
    found = github.client().get_repo("acme/app")
    found.get_branch("main")
    _ = found.get_commit("main").sha
    github.client().get_rate_limit()
    app = github.app()
    app.get_app()
    app.get_app_installation(99)
    app.get_repo_installation("acme", "app")
    token = app.get_access_token(99).token
    github.ask("/installation/repositories", token)
    github.ask("/installation/token", token, "DELETE")

    operations = [
        "apps.create_installation_access_token",
        "apps.get_authenticated",
        "apps.get_installation",
        "apps.get_repo_installation",
        "apps.list_repos_accessible_to_installation",
        "apps.revoke_installation_access_token",
        "rate_limit.get",
        "repos.get",
        "repos.get_branch",
        "repos.get_commit",
    ]
    assert github.control.counters() == {f"github.{name}": 1 for name in operations}


def test_the_log_has_paths_and_no_more(github: Any) -> None:
    github.ask(f"{PATH}?page=7", "token-a")

    (entry,) = github.control.requests()

    assert (entry["path"], entry["operation"], entry["status"]) == ("/github/repos/acme/app", "github.repos.get", 200)
    assert "token-a" not in str(entry)


def test_faults_strike_here_too(github: Any, refused: Any) -> None:
    github.control.faults([{"operation": "github.repos.get", "status": 502, "message": "tired", "times": 1}])

    refused(github.ask(PATH), 502, "tired")
    assert github.ask(PATH).status_code == 200


def test_a_dropped_answer_of_a_mint_leaves_a_token_behind(github: Any) -> None:
    github.described()
    operation = "github.apps.create_installation_access_token"
    github.control.faults([{"operation": operation, "drop": "after", "times": 1}])

    with pytest.raises(httpx.NetworkError):
        github.mint()

    assert len(github.control.github_tokens()) == 1


def test_the_other_services_do_not_see_githubs_paths(github: Any) -> None:
    assert github.http.get(f"{github.server.url}/v1/repos/acme/app").json()["type"] == "error"
    assert github.http.get(f"{github.server.url}/repos/acme/app").status_code == 404


def test_the_client_tells_a_bad_credential_apart(github: Any, raises: Any) -> None:
    github.control.repositories([{"url": "https://github.com/acme/app"}])

    raises(lambda: github.client("x").get_repo("acme/app"), 401, "Bad credentials", BadCredentialsException)

from typing import Any

import pytest
from github import BadCredentialsException, UnknownObjectException

READS, OTHER, DEAD = "token-that-reads-app", "token-that-reads-lib", "token-that-expired"
HEAD = "a" * 40


@pytest.fixture(autouse=True)
def _repositories(github: Any) -> None:
    github.control.repositories(
        [
            {
                "url": "https://github.com/Acme/App",
                "private": True,
                "branches": ["main", "feature/one"],
                "commits": [HEAD, "bc" * 20],
                "tokens": [READS],
                "expired_tokens": [DEAD],
            },
            {"url": "https://github.com/acme/lib", "private": True, "tokens": [OTHER]},
            {"url": "https://github.com/acme/site", "archived": True, "default_branch": "trunk"},
        ]
    )


def test_a_token_reads_its_private_repository(github: Any) -> None:
    found = github.client(READS).get_repo("acme/app")

    assert (found.full_name, found.private, found.visibility) == ("Acme/App", True, "private")
    assert (found.default_branch, found.archived, found.owner.login) == ("main", False, "Acme")
    assert found.html_url == "https://github.com/Acme/App"
    assert (found.permissions.pull, found.permissions.push, found.permissions.admin) == (True, True, False)
    assert found.id == github.client(READS).get_repo("ACME/APP").id


def test_a_public_repository_needs_no_token(github: Any) -> None:
    found = github.client().get_repo("acme/site")

    assert (found.private, found.archived, found.default_branch) == (False, True, "trunk")
    assert "permissions" not in found.raw_data
    permissions = github.client(READS).get_repo("acme/site").permissions
    assert (permissions.pull, permissions.push) == (True, False)


@pytest.mark.parametrize("token", [None, OTHER])
def test_a_private_repository_is_not_there_for_others(
    github: Any, refused: Any, raises: Any, token: str | None
) -> None:
    error = raises(lambda: github.client(token).get_repo("acme/app"), 404, "Not Found", UnknownObjectException)

    assert error.data == {
        "message": "Not Found",
        "documentation_url": "https://docs.github.com/rest/repos/repos#get-a-repository",
        "status": "404",
    }
    for path in ("branches/main", f"commits/{HEAD}"):
        refused(github.ask(f"/repos/acme/app/{path}", token), 404, "Not Found")


@pytest.mark.parametrize("token", [DEAD, "token-nobody-knows"])
@pytest.mark.parametrize("name", ["acme/app", "acme/site"])
def test_a_bad_credential_is_refused_even_where_none_is_needed(github: Any, raises: Any, name: str, token: str) -> None:
    raises(lambda: github.client(token).get_repo(name), 401, "Bad credentials", BadCredentialsException)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "token", "Token"])
def test_both_schemes_carry_a_token(github: Any, scheme: str) -> None:
    headers = {"authorization": f"{scheme} {READS}"}

    assert github.ask("/repos/acme/app", headers=headers).status_code == 200


@pytest.mark.parametrize("header", ["Bearer", "Basic dXNlcjpwYXNz", READS])
def test_another_authorization_is_no_credential(github: Any, refused: Any, header: str) -> None:
    refused(github.ask("/repos/acme/site", headers={"authorization": header}), 401, "Bad credentials")


def test_branches_are_found_by_name_with_and_without_slashes(github: Any) -> None:
    found = github.client(READS).get_repo("acme/app")

    assert found.get_branch("main").commit.sha == HEAD
    assert found.get_branch("feature/one").name == "feature/one"
    plain = github.ask("/repos/acme/app/branches/feature%2Fone", READS)
    assert (plain.status_code, plain.json()["name"]) == (200, "feature/one")
    assert github.client().get_repo("acme/site").get_branch("any/name").commit.sha


def test_a_branch_that_is_not_there_is_not_found(github: Any, raises: Any) -> None:
    found = github.client(READS).get_repo("acme/app")

    error = raises(lambda: found.get_branch("gone"), 404, "Branch not found", UnknownObjectException)

    assert error.data["documentation_url"].endswith("/branches/branches#get-a-branch")


@pytest.mark.parametrize("ref", [HEAD, "aaaaaaa", "AAAAAAA", "main", "feature/one", "heads/main"])
def test_a_commit_is_found_by_hash_digits_and_branch(github: Any, ref: str) -> None:
    assert github.client(READS).get_repo("acme/app").get_commit(ref).sha == HEAD


@pytest.mark.parametrize("ref", ["b" * 40, "bbbbbbb", "gone", "heads/gone"])
def test_a_commit_that_is_not_there_cannot_be_processed(github: Any, refused: Any, ref: str) -> None:
    answer = github.ask(f"/repos/acme/app/commits/{ref}", READS)

    refused(answer, 422, f"No commit found for SHA: {ref}", page="/commits/commits#get-a-commit")


def test_where_no_commits_are_listed_each_exists(github: Any) -> None:
    found = github.client(OTHER).get_repo("acme/lib")

    assert found.get_commit("c" * 40).sha == "c" * 40
    short = found.get_commit("abc1234").sha
    assert (short[:7], len(short)) == ("abc1234", 40)
    assert found.get_commit("abc1234").sha == short


def test_a_repository_that_nobody_listed_is_public_and_takes_any_token(github: Any) -> None:
    found = github.client("token-nobody-knows").get_repo("someone/thing")

    assert (found.private, found.default_branch, found.permissions.push) == (False, "main", True)
    assert found.get_branch("any").name == "any"
    assert "permissions" not in github.client().get_repo("someone/thing").raw_data
    assert github.ask("/repos/someone/thing", DEAD).status_code == 401


def test_a_repository_that_nobody_listed_can_be_missing(github: Any, refused: Any) -> None:
    github.control.settings(unknown_repositories="refuse")

    refused(github.ask("/repos/someone/thing"), 404, "Not Found")
    refused(github.ask("/repos/someone/thing", READS), 404, "Not Found")
    refused(github.ask("/repos/someone/thing", "token-nobody-knows"), 401, "Bad credentials")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/user"),
        ("GET", "/repos/acme"),
        ("GET", "/repos/acme/site/"),
        ("GET", "/repos/acme/site/branches"),
        ("DELETE", "/repos/acme/site"),
        ("POST", "/app"),
    ],
)
def test_what_is_not_emulated_is_not_found(github: Any, refused: Any, method: str, path: str) -> None:
    refused(github.ask(path, method=method), 404, "Not Found")

from typing import Any

import pytest

from pulumi_managed_agents.emulator import EmulatorError

APP = "https://github.com/acme/app"
START = "2026-11-01T12:00:00Z"


def described(github: Any, **token: Any) -> None:
    github.control.clock(now=START)
    github.control.repositories([{"url": APP, "private": True, "tokens": [{"token": "token-a"} | token]}])


def test_a_fine_grained_token_names_what_each_answer_needs(github: Any) -> None:
    described(github, kind="fine_grained", permissions={"contents": "write"})

    repository, branch = github.ask("/repos/acme/app", "token-a"), github.ask("/repos/acme/app/branches/x", "token-a")

    assert repository.headers["x-accepted-github-permissions"] == "metadata=read"
    assert branch.headers["x-accepted-github-permissions"] == "contents=read"
    assert repository.json()["permissions"]["push"] is True
    assert "x-oauth-scopes" not in repository.headers


@pytest.mark.parametrize("path", ["branches/main", "commits/main"])
@pytest.mark.parametrize("permissions", [{}, {"metadata": "read"}, {"issues": "write", "pull_requests": "write"}])
def test_metadata_alone_shows_the_repository_and_not_its_contents(
    github: Any, refused: Any, permissions: Any, path: str
) -> None:
    described(github, kind="fine_grained", permissions=permissions)

    shown = github.ask("/repos/acme/app", "token-a")
    answer = github.ask(f"/repos/acme/app/{path}", "token-a")

    assert (shown.status_code, shown.json()["permissions"]["push"]) == (200, False)
    refused(answer, 403, "Resource not accessible by personal access token")
    assert answer.headers["x-accepted-github-permissions"] == "contents=read"


def test_a_public_repository_asks_for_no_permission(github: Any) -> None:
    described(github, kind="fine_grained", permissions={})
    github.control.repositories([{"url": "https://github.com/acme/site"}])

    assert github.ask("/repos/acme/site/branches/main", "token-a").status_code == 200


def test_a_fine_grained_token_without_permissions_reads_contents(github: Any) -> None:
    described(github, kind="fine_grained")

    assert github.ask("/repos/acme/app/branches/main", "token-a").status_code == 200
    assert github.ask("/repos/acme/app", "token-a").json()["permissions"]["push"] is False


def test_a_classic_token_tells_its_scopes(github: Any, refused: Any) -> None:
    described(github)
    assert github.ask("/repos/acme/app", "token-a").headers["x-oauth-scopes"] == "repo"

    described(github, scopes=["public_repo", "gist"])
    answer = github.ask("/repos/acme/app", "token-a")

    refused(answer, 404, "Not Found")
    assert answer.headers["x-oauth-scopes"] == "public_repo, gist"
    assert answer.headers["x-accepted-oauth-scopes"] == "repo"


def test_a_token_is_good_until_it_expires(github: Any, refused: Any) -> None:
    described(github, expires_at="2026-12-01")
    answer = github.ask("/repos/acme/app", "token-a")

    assert answer.headers["github-authentication-token-expiration"] == "2026-12-01 00:00:00 UTC"
    github.control.clock(now="2026-11-30T23:59:59Z")
    assert github.ask("/repos/acme/app", "token-a").status_code == 200
    github.control.clock(now="2026-12-01T00:00:00Z")
    for name in ("app", "anything"):
        dead = github.ask(f"/repos/acme/{name}", "token-a")
        refused(dead, 401, "Bad credentials")
        assert "github-authentication-token-expiration" not in dead.headers


def test_a_token_without_an_end_tells_none(github: Any) -> None:
    described(github)

    assert "github-authentication-token-expiration" not in github.ask("/repos/acme/app", "token-a").headers


@pytest.mark.parametrize("path", ["", "/branches/main", "/commits/main"])
@pytest.mark.parametrize("private", [True, False])
def test_single_sign_on_asks_for_an_authorization(github: Any, refused: Any, path: str, *, private: bool) -> None:
    tokens = [{"token": "token-a", "sso_authorized": False}]
    github.control.repositories([{"url": APP, "private": private, "tokens": tokens}])

    answer = github.ask(f"/repos/acme/app{path}", "token-a")

    refused(answer, 403, "Resource protected by organization SAML enforcement.", page="saml-single-sign-on")
    required, _, url = answer.headers["x-github-sso"].partition("; url=")
    assert required == "required"
    assert url.startswith("https://github.com/orgs/acme/sso?authorization_request=")


def test_single_sign_on_is_asked_for_by_its_organization_alone(github: Any) -> None:
    tokens = [{"token": "token-a", "sso_authorized": False}]
    github.control.repositories(
        [
            {"url": APP, "private": True, "tokens": tokens},
            {"url": "https://github.com/other/lib", "private": True, "tokens": ["token-a"]},
        ]
    )

    assert github.ask("/repos/other/lib", "token-a").status_code == 200


@pytest.mark.parametrize(
    "token",
    [
        {"token": ""},
        {"token": "secret-word", "kind": "golden"},
        {"token": "secret-word", "permissions": {"contents": "read"}},
        {"token": "secret-word", "kind": "fine_grained", "permissions": {"contents": "all"}},
        {"token": "secret-word", "expires_at": "tomorrow"},
        {"token": "secret-word", "colour": "red"},
        {"permissions": {}},
        ["secret-word"],
    ],
)
def test_a_description_that_cannot_be_meant_is_refused_without_quoting_it(github: Any, token: Any) -> None:
    with pytest.raises(EmulatorError) as caught:
        github.control.repositories([{"url": APP, "tokens": [token]}])

    assert "tokens.0" in str(caught.value)
    assert "secret-word" not in str(caught.value)

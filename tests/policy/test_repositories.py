"""Rules about repositories, their owners and their tokens."""

from __future__ import annotations

from typing import Any

import pytest
from policy.views import MOUNT, URL, broken, declared, found, not_checked, repository, session

from pulumi_managed_agents.policy.rules import ALLOWED_OWNERS, CLASSIC_TOKEN, TOKEN_OF_SEVERAL_OWNERS, VERIFIED_ACCESS
from pulumi_managed_agents.policy.view import Withheld

CLASSIC, FINE = "ghp_of-last-week", "github_pat_of-last-week"
ELSEWHERE = {"url": "https://github.com/stranger/lib", "mountPath": "/workspace/lib"}


@pytest.mark.parametrize("token", [FINE, "ghs_of-an-installation", "made-up", None, Withheld.UNKNOWN])
def test_a_token_that_is_not_known_to_be_classic_is_fine(token: str | None) -> None:
    assert broken(CLASSIC_TOKEN, repository(authorizationToken=token)) == []


def test_a_classic_token_is_found_where_its_repository_is_declared() -> None:
    app = repository(authorizationToken=CLASSIC)
    mounted = session(resources=[{**MOUNT, "authorizationToken": CLASSIC}], mounts="app")

    assert found(CLASSIC_TOKEN, app, mounted) == [("app", "is a repository that is cloned with a classic token")]


@pytest.mark.parametrize("kind", ["Session", "Deployment"])
def test_a_classic_token_is_found_in_a_session_and_a_deployment_too(kind: str) -> None:
    entries = [MOUNT, {**MOUNT, **ELSEWHERE, "authorizationToken": CLASSIC}]

    assert found(CLASSIC_TOKEN, session(kind=kind, resources=entries)) == [
        ("review", "has in `resources[1]` a repository that is cloned with a classic token")
    ]


@pytest.mark.parametrize(
    "auth",
    [
        {"type": "static_bearer", "token": CLASSIC},
        {"type": "mcp_oauth", "accessToken": CLASSIC},
        {"type": "environment_variable", "secretValue": CLASSIC},
    ],
)
def test_a_classic_token_is_found_in_a_credential(auth: dict[str, Any]) -> None:
    assert broken(CLASSIC_TOKEN, declared("Credential", "github", auth=auth)) == ["github"]


def test_an_encrypted_token_is_not_guessed_at() -> None:
    app = repository(authorizationToken=Withheld.SECRET)

    for rule in (CLASSIC_TOKEN, TOKEN_OF_SEVERAL_OWNERS):
        assert broken(rule, app) == []
        assert not_checked(rule, app) == ["app"]


def test_a_token_for_repositories_of_two_owners_is_found_once() -> None:
    app, docs = repository("app", authorizationToken=FINE), repository("docs", authorizationToken=FINE)
    lib = repository("lib", **ELSEWHERE, authorizationToken=FINE)

    assert found(TOKEN_OF_SEVERAL_OWNERS, app, docs, lib) == [
        ("lib", "is a repository that is cloned with the token of another owner's: `app`")
    ]


def test_tokens_of_owners_that_differ_in_capitals_only_are_fine() -> None:
    shouted = repository("docs", url="https://github.com/ORG/docs", authorizationToken=FINE)

    assert broken(TOKEN_OF_SEVERAL_OWNERS, repository(authorizationToken=FINE), shouted) == []


def test_repositories_without_a_token_share_none() -> None:
    assert broken(TOKEN_OF_SEVERAL_OWNERS, repository(), repository("lib", **ELSEWHERE)) == []


def test_a_password_that_clones_from_two_hosts_is_found() -> None:
    other = {"type": "git_repository", "url": "https://me@git.example.com/org/app", "password": FINE}

    assert broken(TOKEN_OF_SEVERAL_OWNERS, repository(authorizationToken=FINE), session(resources=[other])) == [
        "review"
    ]


@pytest.mark.parametrize(("verified", "expected"), [(None, ["app"]), (False, ["app"]), (True, [])])
def test_access_is_verified_where_it_says_so(verified: bool | None, expected: list[str]) -> None:
    assert broken(VERIFIED_ACCESS, repository(verifyAccess=verified)) == expected


def test_an_unknown_wish_to_verify_access_is_fine() -> None:
    assert broken(VERIFIED_ACCESS, repository(verifyAccess=Withheld.UNKNOWN)) == []


def test_a_repository_that_is_declared_within_a_session_cannot_be_verified() -> None:
    app = repository(verifyAccess=True)

    assert broken(VERIFIED_ACCESS, app, session(resources=[MOUNT])) == []
    assert broken(VERIFIED_ACCESS, app, session(resources=[{**MOUNT, **ELSEWHERE}])) == ["review"]


@pytest.mark.parametrize(
    ("url", "allowed", "expected"),
    [
        (URL, ["org"], []),
        (URL, ["ORG", "others"], []),
        (URL, ["others"], ["app"]),
        (URL, [], ["app"]),
        ("https://github.com/organisation/app", ["org"], ["app"]),
        ("https://me@git.example.com/org/app", ["org"], ["app"]),
        ("https://me@git.example.com/org/app", ["git.example.com/org"], []),
        (Withheld.UNKNOWN, ["others"], []),
        ("no address at all", ["others"], ["app"]),
    ],
)
def test_repositories_belong_to_allowed_owners(url: str, allowed: list[str], expected: list[str]) -> None:
    assert broken(ALLOWED_OWNERS, repository(url=url), allowedOwners=allowed) == expected


def test_a_repository_of_a_stranger_is_found_once_however_often_it_is_mounted() -> None:
    lib = repository("lib", **ELSEWHERE)
    taking = [session(name, resources=[{**MOUNT, **ELSEWHERE}], mounts="lib") for name in ("one", "two")]

    assert broken(ALLOWED_OWNERS, lib, *taking, allowedOwners=["org"]) == ["lib"]


def test_an_encrypted_list_of_mounts_is_looked_at_through_what_came_of_it() -> None:
    mounted = [{**MOUNT, "id": "r1"}, {**MOUNT, **ELSEWHERE, "id": "r2"}]
    review = session(resources=Withheld.SECRET, mountedResources=mounted, mounts="app")
    app = repository(authorizationToken=Withheld.SECRET)

    assert found(ALLOWED_OWNERS, app, review, allowedOwners=["org"]) == [
        ("review", "has in `mountedResources[1]` a repository that belongs to none of the allowed owners")
    ]
    assert not_checked(CLASSIC_TOKEN, app, review) == ["app", "review"]

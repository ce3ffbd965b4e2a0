"""What GitHub says of a declared repository: a definite no is a failure that says why, silence is a warning."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from core.bags import CONTEXT

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.declaration.values import Bag, render
from pulumi_managed_agents.emulator import Control, Emulator
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.platforms.connect import connect_github
from pulumi_managed_agents.platforms.later import BackendLater
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.resources.registry import KINDS

REPOSITORY = KINDS["RepositoryResource"]
URL = "https://github.com/org/app"
GOOD, BLIND, UNAUTHORISED, ENDED = (f"made-up-{word}" for word in ("good", "blind", "unauthorised", "ended"))
WORLD = {
    "url": URL,
    "private": True,
    "branches": ["main", "feature/one"],
    "commits": ["a" * 40],
    "tokens": [
        GOOD,
        {"token": BLIND, "kind": "fine_grained", "permissions": {"metadata": "read"}},
        {"token": UNAUTHORISED, "sso_authorized": False},
    ],
    "expired_tokens": [ENDED],
}


NO_PLATFORM = BackendLater(Claude.capabilities, lambda: pytest.fail("the platform was asked"))
"""GitHub alone is asked here."""


@dataclass
class GitHub:
    """The emulated GitHub, asked by the provider."""

    control: Control
    context: apply.Context
    warnings: list[str] = field(default_factory=list)

    def told(self, **words: Any) -> dict[str, str]:
        """What is wrong with a repository that is to be verified, by path."""
        bag: Bag = {"url": URL, "verifyAccess": True, **words}
        inputs, failures = plan.check(REPOSITORY, {}, bag, CONTEXT)
        assert failures == []
        found = apply.verify(REPOSITORY, {}, inputs, self.context)
        return {render(failure.path): failure.reason for failure in found}


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHub]:
    path = tmp_path / "world.emulator"
    warnings: list[str] = []
    with Emulator(path) as emulator:
        emulator.control.repositories([WORLD, {"url": "https://github.com/org/open"}])
        backend = connect_github(configure({"emulator": str(path), "maxRetries": "0"}, {}))
        context = apply.Context(NO_PLATFORM, warnings.append, lambda _: None, github=backend)
        yield GitHub(emulator.control, context, warnings)
        backend.close()


GOOD_ONES: dict[str, Bag] = {
    "a private repository with its token": {"authorizationToken": GOOD},
    "a branch with a slash": {"authorizationToken": GOOD, "checkout": {"type": "branch", "name": "feature/one"}},
    "a commit": {"authorizationToken": GOOD, "checkout": {"type": "commit", "sha": "a" * 40}},
    "a public repository": {"url": "https://github.com/org/open"},
    "one that nobody asked about": {"verifyAccess": False, "authorizationToken": ENDED},
}


@pytest.mark.parametrize("words", GOOD_ONES.values(), ids=list(GOOD_ONES))
def test_what_can_be_cloned_is_no_failure(github: GitHub, words: Bag) -> None:
    assert (github.told(**words), github.warnings) == ({}, [])


BAD_ONES: dict[str, tuple[Bag, str, str]] = {
    "a wrong token": ({"authorizationToken": "made-up-wrong"}, "authorizationToken", "is refused by GitHub"),
    "an expired token": ({"authorizationToken": ENDED}, "authorizationToken", "wrong, expired or revoked"),
    "no token": ({}, "url", "if org/app is private, give an `authorizationToken`"),
    "a token without rights": ({"authorizationToken": BLIND}, "authorizationToken", "needs Contents: Read"),
    "a token without single sign-on": (
        {"authorizationToken": UNAUTHORISED},
        "authorizationToken",
        "is not authorised for the organisation's single sign-on: authorise it at https://github.com/orgs/org/sso",
    ),
    "a missing branch": (
        {"authorizationToken": GOOD, "checkout": {"type": "branch", "name": "gone"}},
        "checkout.name",
        "is no branch of the repository",
    ),
    "a missing commit": (
        {"authorizationToken": GOOD, "checkout": {"type": "commit", "sha": "b" * 40}},
        "checkout.sha",
        "is no commit of the repository",
    ),
}


@pytest.mark.parametrize(("words", "place", "sentence"), BAD_ONES.values(), ids=list(BAD_ONES))
def test_a_definite_no_is_a_failure_at_the_property_that_has_to_change(
    github: GitHub, words: Bag, place: str, sentence: str
) -> None:
    told = github.told(**words)

    assert list(told) == [place]
    assert sentence in told[place]
    assert "made-up" not in told[place]


SILENCE: dict[str, Bag] = {
    "a rate limit": {"status": 429, "retry_after": 1000},
    "an error of the server": {"status": 502},
    "a reset connection": {"drop": "before"},
    "garbage": {"body": "garbage"},
}


@pytest.mark.parametrize("fault", SILENCE.values(), ids=list(SILENCE))
def test_no_answer_is_a_warning(github: GitHub, fault: Bag) -> None:
    github.control.faults([{"path": "/github/", **fault}])

    assert github.told(authorizationToken=GOOD) == {}
    (warning,) = github.warnings
    assert warning.startswith("Access to org/app could not be verified: ")
    assert "made-up" not in warning


def test_a_token_of_another_server_is_not_shown_to_github() -> None:
    warnings: list[str] = []
    backend = connect_github(configure({}, {}))
    context = apply.Context(NO_PLATFORM, warnings.append, github=backend)
    bag = {"url": "https://github.example.com/org/app", "verifyAccess": True, "authorizationToken": GOOD}

    assert apply.verify(REPOSITORY, {}, bag, context) == []

    (warning,) = warnings
    assert "the repository is on github.example.com" in warning


def test_a_token_that_ends_soon_is_told_with_its_day(github: GitHub) -> None:
    token = {"token": "made-up-brief", "expires_at": "2099-12-01T00:00:00Z"}
    github.control.repositories([{**WORLD, "tokens": [token]}])
    late = apply.Context(
        github.context.backend, github.warnings.append, github=github.context.github, clock=lambda: 4_099_500_000.0
    )
    inputs, _ = plan.check(
        REPOSITORY, {}, {"url": URL, "verifyAccess": True, "authorizationToken": "made-up-brief"}, CONTEXT
    )

    state = apply.create(REPOSITORY, inputs, late)

    assert state.outputs["tokenExpiresAt"] == "2099-12-01T00:00:00Z"
    assert github.warnings == ["The token for org/app expires on 2099-12-01: rotate it in time."]

"""What GitHub says of what the work needs of a token: a definite no is a failure, what it never tells is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.bags import CONTEXT
from core.test_access import REPOSITORY, GitHub
from core.test_access import github as github  # noqa: PLC0414 - a fixture

from pulumi_managed_agents import apply, plan

if TYPE_CHECKING:
    from pulumi_managed_agents.declaration.values import Bag

PRIVATE, OPEN, QUIET, STILL = (f"https://github.com/org/{name}" for name in ("secret", "open", "quiet", "still"))


def token(word: str, **said: Any) -> Bag:
    return {"token": f"made-up-{word}", **said}


def fine(word: str, **permissions: str) -> Bag:
    return token(word, kind="fine_grained", permissions={"contents": "write", **permissions})


TOKENS = [
    token("classic"),
    token("reader", role="read"),
    token("public", scopes=["public_repo"]),
    token("scopeless", scopes=["read:org"]),
    fine("pusher"),
    fine("looker", issues="read", pull_requests="read"),
    fine("worker", issues="write", pull_requests="write"),
    token("blind", kind="fine_grained", permissions={"contents": "read"}),
]
WORLD = [
    {"url": PRIVATE, "private": True, "tokens": TOKENS},
    {"url": OPEN, "tokens": TOKENS},
    {"url": QUIET, "private": True, "has_issues": False, "tokens": TOKENS},
    {"url": STILL, "private": True, "archived": True, "tokens": TOKENS},
]
EVERYTHING = ["push", "pull_requests", "read_issues", "issues"]

NO: dict[str, tuple[str, str, list[str], str, str]] = {
    "a person who may only read": (PRIVATE, "reader", ["push"], "authorizationToken", "may not push: GitHub says that"),
    "no scope for a public one": (
        OPEN,
        "scopeless",
        ["pull_requests"],
        "authorizationToken",
        "may not open pull requests: a classic token needs the scope `public_repo`",
    ),
    "a fine-grained token without issues": (
        PRIVATE,
        "pusher",
        ["issues"],
        "authorizationToken",
        "may not write issues: a fine-grained token needs Issues: Read and write on org/secret",
    ),
    "a fine-grained token without pull requests": (
        PRIVATE,
        "pusher",
        ["push", "pull_requests"],
        "authorizationToken",
        "may not open pull requests: a fine-grained token needs Pull requests: Read and write on org/secret",
    ),
    "an archived repository": (STILL, "classic", ["read_issues", "push"], "needs[1]", "org/still is archived"),
    "issues that are turned off": (QUIET, "classic", ["push", "issues"], "needs[1]", "has its issues turned off"),
    "no token": (OPEN, "", ["push"], "authorizationToken", "is required: `needs` says that the work is to push"),
}


@pytest.mark.parametrize(("url", "word", "needs", "place", "sentence"), NO.values(), ids=list(NO))
def test_a_right_that_github_says_is_missing_is_a_failure(
    github: GitHub, url: str, word: str, needs: list[str], place: str, sentence: str
) -> None:
    github.control.repositories(WORLD)

    told = github.told(url=url, needs=needs, authorizationToken=f"made-up-{word}" if word else None)

    assert list(told) == [place]
    assert sentence in told[place]
    assert "made-up" not in told[place]


@pytest.mark.parametrize(
    ("url", "word", "needs"),
    [
        (PRIVATE, "classic", EVERYTHING),
        (OPEN, "public", EVERYTHING),
        (PRIVATE, "looker", ["read_issues"]),
        (PRIVATE, "blind", []),
    ],
)
def test_a_right_that_github_shows_is_no_word_worth(github: GitHub, url: str, word: str, needs: list[str]) -> None:
    github.control.repositories(WORLD)

    assert github.told(url=url, needs=needs, authorizationToken=f"made-up-{word}") == {}
    assert github.warnings == []


@pytest.mark.parametrize("word", ["worker", "looker"])
def test_what_a_fine_grained_token_may_write_is_said_to_be_unknown_in_the_preview_alone(
    github: GitHub, word: str
) -> None:
    github.control.repositories(WORLD)
    wanted = {"url": PRIVATE, "needs": ["push", "issues"], "authorizationToken": f"made-up-{word}"}

    assert github.told(**wanted) == {}
    (warning,) = github.warnings
    assert warning == (
        "Whether the token may push and write issues in org/secret could not be verified: GitHub tells it of classic "
        "tokens only. It needs Contents: Read and write and Issues: Read and write."
    )

    inputs, _ = plan.check(REPOSITORY, {}, {**wanted, "verifyAccess": True}, CONTEXT)
    apply.create(REPOSITORY, inputs, github.context)
    assert len(github.warnings) == 1


def test_no_answer_about_a_right_is_a_warning(github: GitHub) -> None:
    github.control.repositories(WORLD)
    github.control.faults([{"operation": "github.issues.list_for_repo", "status": 502}])

    assert github.told(url=PRIVATE, needs=["read_issues"], authorizationToken="made-up-worker") == {}
    (warning,) = github.warnings
    assert warning.startswith("Whether the token may read issues in org/secret could not be verified: ")


def test_needs_that_nobody_looks_at_are_refused() -> None:
    bag = {"url": PRIVATE, "needs": ["push"], "authorizationToken": "made-up-classic"}

    _, failures = plan.check(REPOSITORY, {}, bag, CONTEXT)

    assert [str(failure) for failure in failures] == [
        "`needs` is looked at with `verifyAccess` only: set `verifyAccess` to true"
    ]

from typing import Any

import pytest
from github import RateLimitExceededException

START = "2026-11-01T12:00:00Z"


@pytest.fixture(autouse=True)
def _still(github: Any) -> None:
    github.control.clock(now=START)


def stand(answer: Any) -> tuple[int, ...]:
    return tuple(int(answer.headers[f"x-ratelimit-{name}"]) for name in ("limit", "used", "remaining"))


def test_every_answer_says_where_its_caller_stands(github: Any) -> None:
    answers = [github.ask("/repos/acme/app", token) for token in ("token-a", "token-a", "token-b", None)]

    assert [stand(each) for each in answers] == [(5000, 1, 4999), (5000, 2, 4998), (5000, 1, 4999), (60, 1, 59)]
    assert {each.headers["x-ratelimit-resource"] for each in answers} == {"core"}
    assert int(answers[0].headers["x-ratelimit-reset"]) == 1793538000  # an hour after the first request


def test_the_question_for_the_limit_costs_nothing(github: Any) -> None:
    client = github.client("token-a")
    client.get_repo("acme/app")

    seen = [client.get_rate_limit().resources.core for _ in range(2)]

    assert [(each.limit, each.remaining) for each in seen] == [(5000, 4999)] * 2


def test_the_newer_version_has_no_rate_apart(github: Any) -> None:
    old = github.ask("/rate_limit").json()
    new = github.ask("/rate_limit", headers={"x-github-api-version": "2026-03-10"}).json()

    assert old == {"resources": {"core": old["rate"]}, "rate": old["rate"]}
    assert new == {"resources": {"core": old["rate"]}}


def test_the_question_for_the_limit_takes_no_bad_credential(github: Any, refused: Any) -> None:
    github.control.repositories([{"url": "https://github.com/acme/app", "expired_tokens": ["token-a"]}])
    refused(github.ask("/rate_limit", "token-a"), 401, "Bad credentials")
    assert github.ask("/rate_limit", "token-b").status_code == 200

    github.control.settings(unknown_repositories="refuse")
    refused(github.ask("/rate_limit", "token-b"), 401, "Bad credentials")


@pytest.mark.parametrize("status", [403, 429])
def test_a_spent_limit_refuses_until_its_hour_is_over(github: Any, refused: Any, status: int) -> None:
    github.control.settings(github_rate_limit=2, github_rate_limit_status=status)
    answers = [github.ask("/repos/acme/app", "token-a") for _ in range(4)]

    assert [each.status_code for each in answers] == [200, 200, status, status]
    refused(answers[2], status, "API rate limit exceeded", page="rate-limits")
    assert stand(answers[2]) == (2, 2, 0)
    assert "retry-after" not in answers[2].headers
    assert github.ask("/repos/acme/app", "token-b").status_code == 200
    assert github.ask("/rate_limit", "token-a").json()["resources"]["core"]["remaining"] == 0
    github.control.clock(advance_seconds=3600)
    assert github.ask("/repos/acme/app", "token-a").status_code == 200


def test_those_without_a_token_share_a_limit(github: Any) -> None:
    github.control.settings(github_anonymous_rate_limit=1)
    github.client().get_repo("acme/app")

    with pytest.raises(RateLimitExceededException) as caught:
        github.client().get_repo("acme/app")

    assert caught.value.headers["x-ratelimit-remaining"] == "0"


def test_an_installation_is_one_caller_whatever_tokens_it_has(github: Any) -> None:
    github.described()
    tokens = [github.mint()["token"] for _ in range(2)]

    answers = [github.ask("/repos/acme/app", token) for token in tokens]

    assert [stand(each) for each in answers] == [(5000, 1, 4999), (5000, 2, 4998)]


def test_a_fault_rule_can_be_the_primary_limit(github: Any, refused: Any) -> None:
    github.control.faults([{"operation": "github.repos.get", "status": 403, "error_type": "primary_rate_limit"}])

    answer = github.ask("/repos/acme/app", "token-a")

    refused(answer, 403, "API rate limit exceeded")
    assert answer.headers["x-ratelimit-remaining"] == "0"
    assert int(answer.headers["x-ratelimit-reset"]) == 1793538000


@pytest.mark.parametrize("status", [403, 429])
def test_a_fault_rule_can_be_the_secondary_limit(github: Any, refused: Any, status: int) -> None:
    rule = {"path": "/github/", "status": status, "error_type": "secondary_rate_limit", "retry_after": 60}
    github.control.faults([rule])

    answer = github.ask("/repos/acme/app", "token-a")

    refused(answer, status, "You have exceeded a secondary rate limit", page="#about-secondary-rate-limits")
    assert answer.headers["retry-after"] == "60"
    assert answer.headers["x-ratelimit-remaining"] == "4999"


def test_a_limit_by_the_minute_is_the_secondary_one(github: Any, refused: Any) -> None:
    github.control.settings(rate_limit_per_minute={"github": 1})
    github.ask("/repos/acme/app")

    answer = github.ask("/repos/acme/app")

    refused(answer, 429, "You have exceeded a secondary rate limit")
    assert answer.headers["retry-after"] == "60"

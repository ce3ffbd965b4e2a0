"""Where repositories may be: on GitHub, and where the platform takes them, on a GitHub Enterprise server."""

import pytest
from core.test_elsewhere import CONTEXTS

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import Bag, render
from pulumi_managed_agents.resources.registry import KINDS

REPOSITORY = {"url": "https://github.example.com/org/app", "authorizationToken": "token-of-last-week"}


@pytest.mark.parametrize(
    ("kind", "bag"),
    [
        ("RepositoryResource", REPOSITORY),
        ("Session", {"agent": "a", "environmentId": "e", "resources": [{"type": "github_repository", **REPOSITORY}]}),
    ],
)
def test_an_enterprise_server_is_for_the_platform_that_takes_one(kind: str, bag: Bag) -> None:
    told = {
        platform: [f"{render(found.path)} {found.reason}" for found in plan.check(KINDS[kind], {}, bag, context)[1]]
        for platform, context in CONTEXTS.items()
    }

    assert told["qoder"] == []
    assert ["is no repository on github.com" in sentence for sentence in told["claude"]] == [True]


@pytest.mark.parametrize(
    "url",
    [
        "git@github.com:org/app",
        "http://github.com/org/app",
        "https://me:pw@github.com/org/app",
        "https://github.com/org",
    ],
)
@pytest.mark.parametrize("platform", CONTEXTS)
def test_what_is_no_address_of_a_repository_is_one_nowhere(platform: str, url: str) -> None:
    _, failures = plan.check(KINDS["RepositoryResource"], {}, {**REPOSITORY, "url": url}, CONTEXTS[platform])

    assert [failure.path for failure in failures] == [("url",)]

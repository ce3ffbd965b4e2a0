"""What a minted token means for the sessions of both platforms, whose clones it serves."""

from collections.abc import Iterator
from typing import Any

import loopback
import pytest
import qca

APP = "https://github.com/acme/app"
START = "2026-11-01T12:00:00Z"


class Claude:
    """Sessions of Claude with one repository."""

    def __init__(self, github: Any) -> None:
        self.client = loopback.claude(github.server.url)
        beta: Any = self.client.beta
        self.sessions = beta.sessions
        self.agent = beta.agents.create(name="worker", model="claude-opus-5-5").id
        self.environment = beta.environments.create(name="sandbox").id

    def mount(self, token: str | None, **fields: Any) -> Any:
        resource = {"type": "github_repository", "url": APP} | ({"authorization_token": token} if token else {})
        return self.sessions.create(agent=self.agent, environment_id=self.environment, resources=[resource | fields])

    def rotate(self, session: Any, token: str) -> None:
        self.sessions.resources.update(session.resources[0].id, session_id=session.id, authorization_token=token)

    def errors(self, session: Any) -> list[str]:
        events = self.sessions.events.list(session.id, types=["session.error"])
        return [event.error.type.removeprefix("repository_").removesuffix("_error") for event in events]


class Qoder(Claude):
    """Sessions of Qoder, whose client has the same words for all of this."""

    def __init__(self, github: Any) -> None:
        base = f"{github.server.url}/api/v1/cloud/"
        self.client: Any = qca.Managed(
            access_token="pt-test-token", base_url=base, max_retries=0, http_client=loopback.client()
        )
        self.sessions = self.client.sessions
        self.agent = self.client.agents.create(name="worker", model="ultimate").id
        self.environment = self.client.environments.create(name="sandbox").id


@pytest.fixture(params=[Claude, Qoder])
def platform(github: Any, request: pytest.FixtureRequest) -> Iterator[Claude]:
    github.control.clock(now=START)
    github.control.repositories([{"url": APP, "private": True, "branches": ["main"]}])
    github.described()
    found = request.param(github)
    yield found
    found.client.close()


def test_a_minted_token_clones_until_it_expires_and_a_fresh_one_repairs(github: Any, platform: Claude) -> None:
    first = github.mint()["token"]
    session = platform.mount(first)
    assert platform.errors(session) == []

    github.control.clock(advance_seconds=3600)
    late = platform.mount(first)
    assert platform.errors(late) == ["authentication"]

    platform.rotate(late, github.mint()["token"])
    assert platform.errors(late) == ["authentication"]
    platform.rotate(late, first)
    assert platform.errors(late) == ["authentication"] * 2


def test_a_clone_that_comes_late_finds_a_token_that_expired(github: Any, platform: Claude) -> None:
    github.control.settings(clone_errors="after 4000 seconds")
    first, second = platform.mount(github.mint()["token"]), platform.mount(github.mint()["token"])
    github.control.clock(advance_seconds=3700)
    platform.rotate(second, github.mint()["token"])

    github.control.clock(advance_seconds=300)
    assert (platform.errors(first), platform.errors(second)) == (["authentication"], [])


def test_a_revoked_token_clones_nothing(github: Any, platform: Claude) -> None:
    token = github.mint()["token"]
    github.ask("/installation/token", token, "DELETE")

    assert platform.errors(platform.mount(token)) == ["authentication"]
    assert platform.errors(platform.mount(token, url="https://github.com/nobody/listed")) == ["authentication"]


@pytest.mark.parametrize("narrowed", [{"repositories": ["lib"]}, {"permissions": {"metadata": "read"}}])
def test_a_token_that_was_minted_for_less_is_forbidden(github: Any, platform: Claude, narrowed: Any) -> None:
    token = github.mint(**narrowed)["token"]

    assert platform.errors(platform.mount(token)) == ["forbidden"]


def test_a_suspended_installation_forbids_its_clones(github: Any, platform: Claude) -> None:
    token = github.mint()["token"]
    github.described(suspended=True)

    assert platform.errors(platform.mount(token)) == ["forbidden"]


def test_a_branch_that_is_not_there_is_missed_after_the_token_was_good(github: Any, platform: Claude) -> None:
    checkout = {"type": "branch", "name": "gone"}

    assert platform.errors(platform.mount(github.mint()["token"], checkout=checkout)) == ["checkout"]


@pytest.mark.parametrize(
    ("token", "trouble"),
    [
        ({}, []),
        ({"kind": "fine_grained"}, []),
        ({"kind": "fine_grained", "permissions": {}}, ["forbidden"]),
        ({"scopes": ["gist"]}, ["forbidden"]),
        ({"sso_authorized": False}, ["forbidden"]),
        ({"expires_at": "2026-11-01T12:00:01Z"}, []),
        ({"expires_at": "2026-11-01T12:00:00Z"}, ["authentication"]),
    ],
)
def test_what_the_access_check_finds_the_clone_finds(
    github: Any, platform: Claude, token: Any, trouble: list[str]
) -> None:
    described = {"url": APP, "private": True, "tokens": [{"token": "token-a"} | token]}
    github.control.repositories([described])

    assert platform.errors(platform.mount("token-a")) == trouble
    read = [github.ask(f"/repos/acme/app{path}", "token-a").status_code for path in ("", "/branches/main")]
    assert (read == [200, 200]) is (trouble == [])


def test_a_token_that_nobody_knows_fails_on_a_public_repository_too(github: Any, platform: Claude) -> None:
    github.control.repositories([{"url": APP}])
    github.control.settings(qoder_repository_token="optional")

    assert platform.errors(platform.mount("token-nobody-knows")) == ["authentication"]
    assert platform.errors(platform.mount(None)) == []

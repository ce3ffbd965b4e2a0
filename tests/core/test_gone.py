"""An object is gone when its platform says so, twice, to a key of its account; nothing else makes it so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.platform import HELLO, Platform, mounted

from pulumi_managed_agents.errors import OtherAccount, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State

BEARER = {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/", "token": "made-up"}
APP = "https://github.com/org/app"
MOUNTS = [{"type": "github_repository", "url": APP, "authorizationToken": "token-of-last-week"}]


@pytest.fixture(params=["claude", "qoder"])
def each(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Platform]:
    """One emulated world of each platform."""
    with mounted(tmp_path / "world", platform=request.param) as platform:
        yield platform


def within_a_session(platform: Platform) -> Bag:
    return {"sessionId": platform.session(resources=MOUNTS).id}


def in_a_store(platform: Platform) -> Bag:
    return {"memoryStoreId": platform.create("MemoryStore", {"name": "store"}).id}


DECLARED: dict[str, Callable[[Platform], Bag]] = {
    "Agent": lambda platform: {"name": "a", "model": platform.model},
    "Environment": lambda _: {"name": "a"},
    "Vault": lambda _: {"displayName": "a"},
    "MemoryStore": lambda _: {"name": "a"},
    "File": lambda _: {"text": "a", "filename": "a"},
    "Skill": lambda _: {"path": "a"},
    "Session": lambda platform: platform.session_bag(),
    "Deployment": lambda platform: {**platform.session_bag(), "initialEvents": [HELLO]},
    "Credential": lambda platform: {"vaultId": platform.create("Vault", {"displayName": "v"}).id, "auth": BEARER},
    "Memory": lambda platform: {**in_a_store(platform), "path": "/a.md", "content": "a"},
    "SessionEvents": lambda platform: {**within_a_session(platform), "events": [HELLO]},
    "RepositoryResource": lambda platform: {**within_a_session(platform), "url": APP},
}
each_kind = pytest.mark.parametrize("kind", DECLARED)

IMPOSTORS: dict[str, Bag] = {
    "an ingress": {"status": 404, "body": "ingress"},
    "a gateway": {"status": 404, "body": "gateway"},
    "nothing": {"status": 404, "body": "empty"},
}


def made(platform: Platform, kind: str) -> State:
    state = platform.create(kind, DECLARED[kind](platform))
    platform.traffic()
    return state


@each_kind
@pytest.mark.parametrize("impostor", IMPOSTORS)
def test_what_is_not_the_platform_cannot_say_that_something_is_gone(kind: str, impostor: str, each: Platform) -> None:
    state = made(each, kind)
    each.control.faults([IMPOSTORS[impostor]])

    with pytest.raises(Refused, match="something in front of it answered"):
        each.read(kind, state.id, state.outputs)
    if kind not in ("SessionEvents", "RepositoryResource"):
        with pytest.raises(Refused, match="something in front of it answered"):
            each.delete(kind, state)

    each.control.clear_faults()
    assert each.read(kind, state.id, state.outputs) is not None


@each_kind
def test_what_a_lagging_copy_does_not_know_is_asked_for_again(kind: str, each: Platform) -> None:
    state = made(each, kind)
    each.control.faults([{"method": "GET", "nth": 1, "status": 404}])

    assert each.read(kind, state.id, state.outputs) is not None
    assert 1.0 in each.slept


@each_kind
def test_what_is_gone_is_dropped_and_needs_no_removal(kind: str, each: Platform) -> None:
    state = made(each, kind)
    each.control.faults([{"status": 404}])

    assert each.read(kind, state.id, state.outputs) is None
    each.delete(kind, state)


def test_what_was_just_seen_and_then_is_gone_is_gone(each: Platform) -> None:
    state = made(each, "Environment")
    each.control.faults([{"operation": "environments.delete", "status": 409}, {"status": 404}])

    each.delete("Environment", state)

    assert each.slept == []


# Accounts


OTHER = {"organization_id": "org-other", "workspace_id": "wrkspc_other"}


@each_kind
@pytest.mark.parametrize("key_of", [OTHER, {"workspace_id": "wrkspc_other"}], ids=["organization", "workspace"])
def test_a_key_of_another_account_cannot_say_that_something_is_gone(
    kind: str, key_of: dict[str, Any], platform: Platform
) -> None:
    state = made(platform, kind)
    assert state.outputs["account"]
    platform.control.settings(accounts={"key": key_of})

    with pytest.raises(OtherAccount, match="another account"):
        platform.read(kind, state.id, state.outputs)
    if kind not in ("SessionEvents", "RepositoryResource"):
        with pytest.raises(OtherAccount, match="another account"):
            platform.delete(kind, state)


def test_a_state_that_tells_no_account_learns_it_by_being_read(platform: Platform) -> None:
    state = made(platform, "Agent")
    older = {wire: value for wire, value in state.outputs.items() if wire != "account"}

    read = platform.read("Agent", state.id, older)

    assert read is not None
    assert read.outputs == state.outputs


def test_an_update_keeps_the_account(platform: Platform) -> None:
    state = made(platform, "Agent")

    updated = platform.update("Agent", state, {**DECLARED["Agent"](platform), "system": "b"})

    assert updated.outputs["account"] == state.outputs["account"]


def test_what_asks_nothing_of_the_platform_is_of_no_account(platform: Platform) -> None:
    made(platform, "Agent")

    state = platform.create("RepositoryResource", {"url": APP})

    assert "account" not in state.outputs


@pytest.mark.parametrize(
    "strange",
    [{"status": 403, "body": "ingress"}, {"status": 403}, {"status": 429}],
    ids=["a page", "a refusal", "haste"],
)
def test_what_refuses_without_having_looked_shows_nothing_to_be_there(strange: Bag, tmp_path: Path) -> None:
    with mounted(tmp_path / "world", retries=0) as platform:
        state = made(platform, "Session")
        platform.control.settings(accounts={"key": OTHER})
        platform.control.faults([{"operation": "sessions.archive", "nth": 1, **strange}])

        with pytest.raises(OtherAccount, match="another account"):
            platform.delete("Session", state)

"""Look-ups by name or labels: exactly one object of each kind, or an error that says how many; bounded requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.test_what_runs import BOTH, ask, there

from pulumi_managed_agents.errors import CallFailed, ManagedAgentsError
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.provider.configured import ConfiguredProvider
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from core.platform import Platform

    from pulumi_managed_agents.declaration.values import Bag

__all__ = ["there"]

LISTED = [kind.name for kind in KINDS.values() if kind.lifecycle.listed]


def objects(there: Platform) -> dict[str, tuple[str, Bag]]:
    """Of each kind an object, by the arguments that find it."""
    key = there.context.backend.capabilities.key
    hello = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
    agent = there.create("Agent", {"name": "a worker", "model": there.model})
    environment = there.create("Environment", {"name": "a sandbox"})
    works: Bag = {"agent": agent.id, "environmentId": environment.id}
    vault = there.create("Vault", {"displayName": "keys"})
    store = there.create("MemoryStore", {"name": "notes"})
    bearer = {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/", "token": "token-of-last-week"}
    inside: Bag = {"vaultId": vault.id}
    memory: Bag = {"memoryStoreId": store.id, "path": "/a/b.md"}
    made: dict[str, tuple[str, Bag]] = {
        "Agent": (agent.id, {"name": "a worker"}),
        "Environment": (environment.id, {"name": "a sandbox"}),
        "Session": (there.create("Session", {"title": "review", **works}).id, {"title": "review"}),
        "Deployment": (
            there.create("Deployment", {"name": "nightly", "initialEvents": [hello], **works}).id,
            {"name": "nightly"},
        ),
        "Vault": (vault.id, {"displayName": "keys"}),
        "Credential": (
            there.create("Credential", {**inside, "metadata": {"for": "mcp"}, "auth": bearer}).id,
            {**inside, "metadata": {"for": "mcp"}},
        ),
        "MemoryStore": (store.id, {"name": "notes"}),
        "Memory": (there.create("Memory", {**memory, "content": "so"}).id, memory),
        "File": (there.create("File", {"filename": "a.txt", "text": "so"}).id, {"filename": "a.txt"}),
    }
    if key == "claude":
        made["UserProfile"] = (there.create("UserProfile", {"name": "somebody"}).id, {"name": "somebody"})
    return made


def stamped(found: Bag) -> Bag:
    """The labels of the object, the stamp of its creation among them."""
    return {"metadata": found["metadata"]} if "for" in found.get("metadata", {}) else {}


@BOTH
def test_an_object_of_each_kind_is_found_by_its_name(there: Platform) -> None:
    for kind, (id_, arguments) in objects(there).items():
        found = ask(there, f"find{kind}", **arguments)

        assert found["id"] == id_
        assert {name: found[name] for name in arguments} == {**arguments, **stamped(found)}
        assert len(there.traffic()) <= 2


def test_what_a_look_up_by_name_gives_is_what_one_by_id_gives(platform: Platform) -> None:
    platform.control.clock("2026-11-01T09:00:00Z")
    for kind, (id_, arguments) in objects(platform).items():
        assert ask(platform, f"find{kind}", **arguments) == ask(platform, f"get{kind}", id=id_)
    assert [name.removeprefix("find") for name in FUNCTIONS if name.startswith("find")] == LISTED


@BOTH
def test_labels_find_an_object_too(there: Platform) -> None:
    red, _ = (
        there.create("Agent", {"name": "worker", "model": there.model, "metadata": {"team": team, "in": "house"}})
        for team in ("red", "blue")
    )

    assert ask(there, "findAgent", metadata={"team": "red"})["id"] == red.id
    assert ask(there, "findAgent", name="worker", metadata={"team": "red", "in": "house"})["id"] == red.id


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"name": "worker"}, r"there are 2 such Agents: agent_\w+, agent_\w+"),
        ({"name": "nobody"}, "there is no such Agent"),
        ({"name": "worker", "metadata": {"team": "red"}}, "there is no such Agent"),
        ({}, "neither `name` nor `metadata` is given"),
        ({"metadata": {}}, "neither `name` nor `metadata` is given"),
    ],
)
def test_anything_but_one_is_an_error_that_says_how_many(platform: Platform, arguments: Bag, why: str) -> None:
    for _ in range(2):
        platform.create("Agent", {"name": "worker", "model": platform.model})

    with pytest.raises(CallFailed, match=why):
        ask(platform, "findAgent", **arguments)


def test_an_archived_object_is_not_found(platform: Platform) -> None:
    for _ in range(2):
        state = platform.create("Vault", {"displayName": "keys"})
    platform.delete("Vault", state)

    assert ask(platform, "findVault", displayName="keys")["id"] != state.id


def test_looking_ends_with_the_pages_that_may_be_read(platform: Platform) -> None:
    """One more could have the same name: without all pages, nobody knows."""
    first = platform.create("Agent", {"name": "first", "model": platform.model})
    for _ in range(100):
        platform.create("Agent", {"name": "worker", "model": platform.model})

    with pytest.raises(CallFailed, match=r"Finding an Agent.*goes on after one page \(100 objects\).*`pages`"):
        ask(platform, "findAgent", name="first", pages=1)
    assert platform.traffic() == ["agents.list"]
    assert ask(platform, "findAgent", name="first", pages=2)["id"] == first.id
    assert platform.traffic() == ["agents.list", "agents.list", "agents.retrieve"]


def test_a_name_that_the_platform_never_shows_is_refused() -> None:
    qoder = ConfiguredProvider(configure({"platform": "qoder"}, {}), lambda _: None)

    with pytest.raises(ManagedAgentsError, match=r"`displayName` does not exist on Qoder.*by its `metadata`"):
        qoder.call(FUNCTIONS["findCredential"], {"vaultId": "vault_1", "displayName": "bearer"})
    with pytest.raises(ManagedAgentsError, match="`lifecycle` does not exist on Qoder"):
        qoder.call(FUNCTIONS["listModels"], {"lifecycle": ["active"]})
    with pytest.raises(ManagedAgentsError, match="`createdAtGt` must be a moment"):
        qoder.call(FUNCTIONS["listSessions"], {"createdAtGt": "yesterday"})


def test_arguments_are_checked() -> None:
    failures: Any = FUNCTIONS["findCredential"].failures({"displayName": "bearer"})

    assert [failure.path for failure in failures] == [("vaultId",)]
    assert FUNCTIONS["findAgent"].failures({"naem": "worker"}) != []
    assert [failure.path for failure in FUNCTIONS["findAgent"].failures({"name": "a", "pages": 0})] == [("pages",)]

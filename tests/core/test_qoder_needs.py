"""What Qoder wants to be given, what it keeps for itself, and what only it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.bags import failures_of
from core.platform import APP, HELLO, mounted

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.errors import NotReady
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.platform import Platform

    from pulumi_managed_agents.declaration.platform import PlatformKey
    from pulumi_managed_agents.declaration.values import Bag

REPOSITORY = {"type": "github_repository", "url": APP}
TOKEN = "token-of-last-week"
IDS = {"agent": "agent_1", "environmentId": "env_1"}


@pytest.fixture
def qoder(tmp_path: Path) -> Iterator[Platform]:
    with mounted(tmp_path / "world.emulator", platform="qoder") as platform:
        platform.draws = True
        yield platform


@pytest.fixture(params=["claude", "qoder"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Platform]:
    with mounted(tmp_path / "world.emulator", platform=request.param) as platform:
        yield platform


def wrong(platform: Platform, kind: str, bag: Bag, old: Bag | None = None) -> dict[str, str]:
    """What is wrong with a bag, by its path."""
    found = plan.check(platform.kind(kind), old or {}, bag, platform.checking())[1]
    return {".".join(map(str, failure.path)): failure.reason for failure in found}


def changed(platform: Platform, kind: str, old: Bag, bag: Bag) -> dict[str, bool]:
    """What would change, and whether it replaces."""
    found = plan.diff(platform.kind(kind), old, platform.checked(kind, bag, old))
    return {str(change.name): change.replaces for change in found}


# A token for every repository -------------------------------------------------------------------------------------

UNGIVEN: dict[str, tuple[str, Bag, str]] = {
    "a session": ("Session", {**IDS, "resources": [REPOSITORY]}, "resources.0.authorizationToken"),
    "a deployment": (
        "Deployment",
        {**IDS, "name": "n", "initialEvents": [HELLO], "resources": [REPOSITORY]},
        "resources.0.authorizationToken",
    ),
    "a declaration": ("RepositoryResource", {"url": APP}, "authorizationToken"),
}


@pytest.mark.parametrize("case", UNGIVEN)
def test_a_preview_asks_for_the_token_of_a_repository_where_the_platform_needs_one(either: Platform, case: str) -> None:
    kind, bag, path = UNGIVEN[case]
    needs = either.context.backend.capabilities.key == "qoder"

    found = wrong(either, kind, bag)

    assert list(found) == ([path] if needs else [])
    assert not needs or "even for a public repository" in found[path]


def test_a_mount_that_is_only_looked_after_needs_no_token(qoder: Platform) -> None:
    assert wrong(qoder, "RepositoryResource", {"url": APP, "sessionId": "sess_1"}) == {}


def test_what_was_mounted_without_a_token_is_left_in_peace(qoder: Platform) -> None:
    bag = {**IDS, "resources": [REPOSITORY]}

    assert wrong(qoder, "Session", bag, old=bag) == {}
    more = {**IDS, "resources": [{**REPOSITORY, "url": f"{APP}-2"}, REPOSITORY]}
    assert list(wrong(qoder, "Session", more, old=bag)) == ["resources.0.authorizationToken"]


def test_the_emulated_platform_refuses_a_repository_without_a_token(qoder: Platform) -> None:
    bag = qoder.session_bag(resources=[{**REPOSITORY, "authorizationToken": TOKEN}])
    inputs = qoder.checked("Session", bag)
    inputs = {**inputs, "resources": [REPOSITORY]}

    with pytest.raises(Exception, match="authorization_token"):
        apply.create(qoder.kind("Session"), inputs, qoder.context)

    qoder.control.settings(qoder_repository_token="optional")
    assert apply.create(qoder.kind("Session"), inputs, qoder.context).id


# Files that are looked at before they can be mounted ----------------------------------------------------------------


def test_a_file_is_there_once_it_can_be_mounted(qoder: Platform) -> None:
    qoder.control.settings(qoder_file_ready="after 2 reads")

    file = qoder.create("File", {"text": "one", "filename": "a.txt"})

    assert qoder.session(resources=[{"type": "file", "fileId": file.id}]).id
    assert qoder.slept == [1.0, 2.0]


def test_a_file_that_does_not_become_ready_is_kept_and_waited_for_again(qoder: Platform) -> None:
    qoder.control.settings(qoder_file_ready="never")
    with pytest.raises(NotReady, match="is processing, not ready") as caught:
        qoder.create("File", {"text": "one", "filename": "a.txt"})
    assert 250 < sum(qoder.slept) < 600

    qoder.control.change("files", caught.value.id, status="ready")
    state = qoder.update("File", caught.value.state, {"text": "one", "filename": "a.txt"}, caught.value.id)

    assert state.id == caught.value.id


# The network that an environment leaves out -------------------------------------------------------------------------

LIMITED = {"type": "limited", "allowedHosts": ["example.com"]}


def network(platform: Platform, id_: str) -> Any:
    return platform.stored("environments", id_)["config"].get("networking")


@pytest.mark.parametrize(
    "config", [{}, {"config": {"type": "cloud"}}, {"config": {"type": "cloud", "setupScript": "a"}}]
)
def test_a_network_that_is_left_out_is_the_platform_s(qoder: Platform, config: Bag) -> None:
    bag = {"name": "sandbox", **config}
    state = qoder.create("Environment", bag)

    assert network(qoder, state.id)["type"] == "limited"
    read = qoder.read("Environment", state.id, state.outputs)
    assert read is not None
    assert "networking" not in read.outputs.get("config", {})
    assert changed(qoder, "Environment", read.outputs, bag) == {}


@pytest.mark.parametrize("after", [{}, {"config": {"type": "cloud"}}])
def test_a_network_that_is_not_declared_any_more_is_the_platform_s_again(qoder: Platform, after: Bag) -> None:
    state = qoder.create(
        "Environment", {"name": "s", "config": {"type": "cloud", "networking": {"type": "unrestricted"}}}
    )
    assert network(qoder, state.id) == {"type": "unrestricted"}

    assert changed(qoder, "Environment", state.outputs, {"name": "s", **after}) == {"config": False}
    qoder.update("Environment", state, {"name": "s", **after})

    assert network(qoder, state.id)["type"] == "limited"
    assert network(qoder, state.id)["allowed_hosts"] == []


def test_another_change_leaves_the_declared_network_alone(qoder: Platform) -> None:
    state = qoder.create("Environment", {"name": "s", "config": {"type": "cloud", "networking": LIMITED}})

    config = {"type": "cloud", "networking": LIMITED, "setupScript": "echo"}
    qoder.update("Environment", state, {"name": "s", "config": config})

    assert network(qoder, state.id)["allowed_hosts"] == ["example.com"]


def test_on_claude_a_network_that_is_left_out_is_open(tmp_path: Path) -> None:
    with mounted(tmp_path / "world.emulator") as claude:
        state = claude.create("Environment", {"name": "s", "config": {"type": "cloud", "networking": LIMITED}})
        claude.update("Environment", state, {"name": "s"})

        assert network(claude, state.id) == {"type": "unrestricted"}


# Budgets, labels, ends ---------------------------------------------------------------------------------------------

CREDITS = {"type": "limit", "maxCreditCost": "12.50"}
MONEY = {"type": "limit", "maxListCost": {"amount": "500", "currency": "USD"}}


_GIVEN = ("agent", "environmentId", "initialEvents", "paused", "name")


def test_a_budget_in_credits_goes_with_a_session_and_a_deployment(qoder: Platform) -> None:
    session = qoder.session(budget=CREDITS)
    deployment = qoder.create("Deployment", {**qoder.session_bag(), "initialEvents": [HELLO], "budget": CREDITS})

    for collection, made in (("sessions", session), ("deployments", deployment)):
        assert qoder.stored(collection, made.id)["budget"] == {"type": "limit", "max_credit_cost": "12.50"}
    for kind, made in (("Session", session), ("Deployment", deployment)):
        bag = {wire: made.outputs[wire] for wire in _GIVEN if wire in made.outputs}
        found = changed(qoder, kind, made.outputs, {**bag, "budget": {**CREDITS, "maxCreditCost": "20"}})
        assert found == {"budget": True}


@pytest.mark.parametrize(
    ("platform", "budget", "paths"),
    [
        ("claude", MONEY, []),
        ("qoder", CREDITS, []),
        ("claude", CREDITS, ["budget.maxCreditCost"]),
        ("qoder", MONEY, ["budget.maxListCost"]),
        ("claude", {"type": "limit"}, ["budget.maxListCost"]),
        ("qoder", {"type": "limit"}, ["budget.maxCreditCost"]),
        ("qoder", {"type": "limit", "maxCreditCost": "0"}, ["budget.maxCreditCost"]),
        ("qoder", {"type": "limit", "maxCreditCost": "1.234"}, ["budget.maxCreditCost"]),
    ],
)
def test_a_budget_is_in_what_the_platform_bills(
    tmp_path: Path, platform: PlatformKey, budget: Bag, paths: list[str]
) -> None:
    with mounted(tmp_path / "world.emulator", platform=platform) as world:
        assert sorted(wrong(world, "Session", {**IDS, "budget": budget})) == paths


def test_a_memory_has_labels_of_its_own(qoder: Platform) -> None:
    store = qoder.create("MemoryStore", {"name": "store"})
    bag = {"memoryStoreId": store.id, "path": "/a.md", "content": "one"}
    state = qoder.create("Memory", {**bag, "metadata": {"a": "1", "b": "2"}})

    assert changed(qoder, "Memory", state.outputs, {**bag, "metadata": {"b": "3"}}) == {"metadata": False}
    after = qoder.update("Memory", state, {**bag, "metadata": {"b": "3"}})

    place = {"memory_store_id": store.id, "memory_id": state.id.partition("/")[2]}
    stored = qoder.context.backend.send(Call(Operation("memory_stores.memories", "retrieve"), place))
    assert (stored["metadata"], stored["content"]) == ({"b": "3"}, "one")
    assert changed(qoder, "Memory", after.outputs, {**bag, "metadata": {"b": "3"}}) == {}


@pytest.mark.parametrize(
    ("kind", "bag", "collection"),
    [
        ("File", {"text": "one", "filename": "a.txt"}, "files"),
        ("Skill", {"path": "a-folder"}, "skills"),
    ],
)
def test_what_is_uploaded_has_labels_for_life(qoder: Platform, kind: str, bag: Bag, collection: str) -> None:
    state = qoder.create(kind, {**bag, "metadata": {"a": "1"}})

    assert qoder.stored(collection, state.id)["metadata"] == {"a": "1"}
    read = qoder.read(kind, state.id, state.outputs)
    assert read is not None
    assert changed(qoder, kind, read.outputs, {**bag, "metadata": {"a": "1"}}) == {}
    assert changed(qoder, kind, read.outputs, {**bag, "metadata": {"a": "2"}}) == {"metadata": True}
    assert changed(qoder, kind, read.outputs, bag) == {"metadata": True}


def test_a_file_ends_when_it_is_told_to(either: Platform) -> None:
    state = either.create("File", {"text": "one", "filename": "a.txt", "expiresInSeconds": 3600})

    assert state.outputs["expiresAt"]


@pytest.mark.parametrize("kind", ["Memory", "File", "Skill"])
def test_labels_that_claude_does_not_have_are_refused_there(kind: str) -> None:
    bags = {
        "Memory": {"memoryStoreId": "memstore_1", "path": "/a.md"},
        "File": {"text": "one", "filename": "a.txt"},
        "Skill": {"path": "a-folder"},
    }

    found = failures_of(KINDS[kind], {**bags[kind], "metadata": {"a": "1"}})

    assert list(found) == ["metadata"]
    assert "does not exist on Claude Managed Agents" in found["metadata"]


def test_the_emulated_platform_keeps_what_it_is_given(qoder: Platform) -> None:
    body = {"name": "bare", "config": {"type": "cloud"}}

    answer = qoder.context.backend.send(Call(Operation("environments", "create"), {}, body))

    assert answer["config"]["networking"]["type"] == "limited"

"""Answers that are JSON and yet not what the platform answers: told in one sentence, and no id is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from core.platform import MODEL, Platform, mounted, repository
from core.twisting import Bent

from pulumi_managed_agents.apply import Context
from pulumi_managed_agents.errors import CallFailed, NotReady
from pulumi_managed_agents.lifecycle import State
from pulumi_managed_agents.values import Bag

TOKEN = "token-of-last-week"
WRONG: tuple[Any, ...] = (None, 3, True, "x", [], {}, [3], [None], [{}], [[]], {"a": 3}, {"id": None}, {"agents": [3]})
COLLECTIONS = {"Agent": "agents", "Environment": "environments", "Session": "sessions"}
MULTIAGENT = {"type": "coordinator", "agents": [{"type": "self"}]}
BAGS: dict[str, Bag] = {
    "Agent": {
        "name": "worker",
        "model": MODEL,
        "metadata": {"a": "1"},
        "tools": [{"type": "agent_toolset_20260401", "configs": [{"name": "bash", "enabled": True}]}],
        "multiagent": MULTIAGENT,
    },
    "Environment": {
        "config": {
            "type": "cloud",
            "packages": {"apt": ["a"]},
            "networking": {"type": "limited", "allowPackageManagers": True},
        },
        "metadata": {"a": "1"},
    },
    "Session": {
        "title": "a",
        "metadata": {"a": "1"},
        "resources": [
            repository(authorizationToken=TOKEN),
            {"type": "file", "fileId": "file_1"},
            {"type": "memory_store", "memoryStoreId": "memstore_1"},
        ],
    },
}
CHANGES: dict[str, Bag] = {"Agent": {"system": "b"}, "Environment": {"description": "b"}, "Session": {"title": "b"}}
each_kind = pytest.mark.parametrize("kind", COLLECTIONS)


@pytest.fixture
def world(platform: Platform) -> Platform:
    return platform


def bendings(answer: Bag) -> Iterator[Callable[[Bag], Any]]:
    """Every way to bend one property of an answer."""
    for name in answer:
        yield lambda found, name=name: {key: value for key, value in found.items() if key != name}
        for wrong in WRONG:
            yield lambda found, name=name, wrong=wrong: {**found, name: wrong}


def declared(world: Platform, kind: str) -> tuple[Bag, State]:
    bag = {**(world.session_bag() if kind == "Session" else {}), **BAGS[kind]}
    return bag, world.create(kind, bag)


def told(world: Platform, kind: str, operation: str, act: Callable[[], State | None]) -> int:
    """How many of the bent answers are told as failures; anything but a failure or a state is an error."""
    collection, backend = COLLECTIONS[kind], world.context.backend
    failures = 0
    for bend in bendings(backend.send(_look(world, kind))):
        world.context = Context(Bent(backend, f"{collection}.{operation}", bend), lambda _: None, lambda _: None)
        try:
            act()
        except (CallFailed, NotReady) as failure:
            failures += 1
            assert TOKEN not in str(failure)
            assert "Traceback" not in str(failure)
    world.context = Context(backend, lambda _: None, lambda _: None)
    return failures


def _look(world: Platform, kind: str) -> Any:
    from pulumi_managed_agents.lifecycle import Call

    collection = COLLECTIONS[kind]
    newest = world.control.objects(collection)[-1]["id"]
    return Call(f"{collection}.retrieve", {f"{collection[:-1]}_id": newest})


@each_kind
def test_a_create_tells_of_a_bent_answer(kind: str, world: Platform) -> None:
    bag, _ = declared(world, kind)

    assert told(world, kind, "create", lambda: world.create(kind, bag)) > 0


@each_kind
def test_a_read_tells_of_a_bent_answer(kind: str, world: Platform) -> None:
    _, state = declared(world, kind)

    told(world, kind, "retrieve", lambda: world.read(kind, state.id, state.outputs))
    told(world, kind, "retrieve", lambda: world.read(kind, state.id))
    told(world, kind, "list", lambda: world.read(kind, state.id, state.outputs))

    assert world.read(kind, state.id, state.outputs) is not None


@each_kind
def test_an_update_tells_of_a_bent_answer(kind: str, world: Platform) -> None:
    bag, state = declared(world, kind)

    told(world, kind, "update", lambda: world.update(kind, state, {**bag, **CHANGES[kind]}))

    assert world.read(kind, state.id, state.outputs) is not None


@each_kind
@pytest.mark.parametrize("name", ["archived_at", "status", "next_page", "data", "id"])
def test_a_removal_survives_a_bent_answer(kind: str, name: str, world: Platform) -> None:
    for wrong in WRONG:
        _, state = declared(world, kind)
        backend = world.context.backend
        for operation in ("archive", "delete", "retrieve"):
            bent = Bent(backend, f"{COLLECTIONS[kind]}.{operation}", lambda found, wrong=wrong: {**found, name: wrong})
            world.context = Context(bent, lambda _: None, lambda _: None)
            try:
                world.delete(kind, state)
            except CallFailed as failure:
                assert str(failure)
        world.context = Context(backend, lambda _: None, lambda _: None)


@each_kind
def test_an_answer_without_an_id_is_a_lost_answer_and_the_object_is_found(kind: str, world: Platform) -> None:
    bag = {**(world.session_bag() if kind == "Session" else {}), **BAGS[kind]}
    collection = COLLECTIONS[kind]
    before = len(world.control.objects(collection))
    bent = Bent(world.context.backend, f"{collection}.create", lambda _: {"hello": "world"})
    world.context = Context(bent, lambda _: None, lambda _: None)

    state = world.create(kind, bag)

    assert [item["id"] for item in world.control.objects(collection)[before:]] == [state.id]


@each_kind
def test_the_id_of_an_object_whose_answer_cannot_be_read_is_told(kind: str, world: Platform) -> None:
    bag = {**(world.session_bag() if kind == "Session" else {}), **BAGS[kind]}
    collection = COLLECTIONS[kind]
    broken = {"Agent": "multiagent", "Environment": "metadata", "Session": "agent"}[kind]
    bent = Bent(world.context.backend, f"{collection}.create", lambda found: {**found, broken: [[3]]})
    world.context = Context(bent, lambda _: None, lambda _: None)

    try:
        known = world.create(kind, bag).id
    except CallFailed as failure:
        assert failure.may_exist
        known = str(failure)

    assert world.control.objects(collection)[-1]["id"] in known


@pytest.mark.parametrize(
    "page", [{}, {"data": None}, {"data": [3]}, {"data": {"a": 1}}, {"data": [{}]}, {"data": "x"}], ids=repr
)
def test_a_search_through_a_bent_list_says_that_the_object_may_exist(page: Bag, tmp_path: Any) -> None:
    with mounted(tmp_path / "world.emulator") as world:
        world.control.faults([{"operation": "agents.create", "nth": 1, "drop": "after"}])
        bent = Bent(world.context.backend, "agents.list", lambda _: page)
        world.context = Context(bent, lambda _: None, lambda _: None)

        try:
            world.create("Agent", {"name": "worker", "model": MODEL})
        except CallFailed as failure:
            assert failure.may_exist

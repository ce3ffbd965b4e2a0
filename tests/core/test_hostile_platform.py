"""Answers that are JSON and yet not what the platform answers: told in one sentence, and no id is lost."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from core.platform import HELLO, MODEL, Platform, bent, repository

from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import CallFailed, NotReady
from pulumi_managed_agents.lifecycle.steps import State

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


def requests(kind: str, operation: str) -> str:
    """The requests that an operation makes."""
    path = f"/v1/{COLLECTIONS[kind]}"
    item = f"{path}/[^/]+"
    verbs = {"create": f"POST {path}", "list": f"GET {path}", "retrieve": f"GET {item}", "update": f"POST {item}"}
    return verbs[operation]


def told(world: Platform, kind: str, operation: str, act: Callable[[], State | None]) -> list[str]:
    """What is told of bent answers; anything but a failure or a state is an error."""
    sentences = []
    for bend in bendings(world.control.objects(COLLECTIONS[kind])[-1]):
        with bent(world, requests(kind, operation), bend):
            try:
                act()
            except (CallFailed, NotReady) as failure:
                sentences.append(str(failure))
    return sentences


@each_kind
def test_a_create_tells_of_a_bent_answer(kind: str, world: Platform) -> None:
    bag, _ = declared(world, kind)

    sentences = told(world, kind, "create", lambda: world.create(kind, bag))

    assert sentences or kind == "Environment"
    assert TOKEN not in str(sentences)


@each_kind
def test_a_read_tells_of_a_bent_answer(kind: str, world: Platform) -> None:
    _, state = declared(world, kind)

    sentences = [
        *told(world, kind, "retrieve", lambda: world.read(kind, state.id, state.outputs)),
        *told(world, kind, "retrieve", lambda: world.read(kind, state.id)),
        *told(world, kind, "list", lambda: world.read(kind, state.id, state.outputs)),
    ]

    assert TOKEN not in str(sentences)
    assert world.read(kind, state.id, state.outputs) is not None


@each_kind
def test_an_update_tells_of_a_bent_answer(kind: str, world: Platform) -> None:
    bag, state = declared(world, kind)

    sentences = told(world, kind, "update", lambda: world.update(kind, state, {**bag, **CHANGES[kind]}))

    assert TOKEN not in str(sentences)
    assert world.read(kind, state.id, state.outputs) is not None


@each_kind
def test_an_answer_without_an_id_is_a_lost_answer_and_the_object_is_found(kind: str, world: Platform) -> None:
    bag = {**(world.session_bag() if kind == "Session" else {}), **BAGS[kind]}
    before = len(world.control.objects(COLLECTIONS[kind]))

    with bent(world, requests(kind, "create"), lambda _: {"hello": "world"}):
        state = world.create(kind, bag)

    assert [item["id"] for item in world.control.objects(COLLECTIONS[kind])[before:]] == [state.id]


UNREADABLE = {"Agent": "multiagent", "Session": "resources"}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_of_a_new_object_is_told_and_stays_as_it_was_declared(kind: str, world: Platform) -> None:
    bag = {**(world.session_bag() if kind == "Session" else {}), **BAGS[kind]}
    name = UNREADABLE[kind]

    with bent(world, requests(kind, "create"), lambda found: {**found, name: [[3]]}):
        state = world.create(kind, bag)

    assert world.control.objects(COLLECTIONS[kind])[-1]["id"] == state.id
    assert state.outputs[name] == world.checked(kind, bag)[name]
    assert any(f"`{name}" in warning for warning in world.warnings)
    assert world.update(kind, state, bag).id == state.id


SENSELESS: dict[str, Callable[[Bag], Bag]] = {
    "Session": lambda found: {"id": found["id"], "resources": [{"id": "x"}]},
    "Deployment": lambda found: {"id": found["id"]},
}


@pytest.mark.parametrize("kind", SENSELESS)
def test_an_object_is_kept_whose_answer_makes_no_sense(kind: str, world: Platform) -> None:
    events = {"initialEvents": [HELLO], "runTrigger": "1"} if kind == "Deployment" else {}
    bag = world.session_bag(**events)

    with bent(world, f"POST /v1/{kind.lower()}s", SENSELESS[kind]), pytest.raises(NotReady) as caught:
        world.create(kind, bag)
    state = world.update(kind, caught.value.state, bag, caught.value.id)

    assert [item["id"] for item in world.control.objects(f"{kind.lower()}s")] == [state.id]
    assert "not in the form" in str(caught.value)
    assert kind != "Deployment" or len(world.control.objects("deployment_runs")) == 1


PAGES: tuple[Bag, ...] = (
    {},
    {"data": None},
    {"data": [3]},
    {"data": {"a": 1}},
    {"data": "x"},
    {"data": [{"metadata": 3}]},
    {"data": [{"id": "agent_1", "metadata": 3}]},
    {"data": [{"id": "agent_1", "metadata": ["pulumi_creation_id"]}]},
)


@pytest.mark.parametrize("page", PAGES, ids=repr)
def test_a_search_through_a_bent_list_makes_nothing_twice(page: Bag, world: Platform) -> None:
    world.control.faults([{"operation": "agents.create", "nth": 1, "drop": "after"}])

    with bent(world, "GET /v1/agents", lambda _: page), suppress(CallFailed):
        world.create("Agent", {"name": "worker", "model": MODEL})

    assert len(world.control.objects("agents")) == 1


@pytest.mark.parametrize("page", PAGES, ids=repr)
def test_a_refresh_of_many_survives_a_bent_list(page: Bag, world: Platform) -> None:
    states = [world.create("Agent", {"name": f"a{n}", "model": MODEL}) for n in range(6)]

    with bent(world, "GET /v1/agents", lambda _: page):
        found = [world.read("Agent", state.id, state.outputs) for state in states]

    assert found == states


EVENTS: tuple[Bag, ...] = (
    {},
    {"data": [3]},
    {"data": [{}]},
    {"data": [{"error": 3}]},
    {"data": [{"error": {"type": []}}]},
)


@pytest.mark.parametrize("page", EVENTS, ids=repr)
def test_bent_events_are_told(page: Bag, world: Platform) -> None:
    _, state = declared(world, "Session")

    with bent(world, "GET /v1/sessions/[^/]+/events", lambda _: page), suppress(CallFailed):
        world.read("Session", state.id, state.outputs)

    assert world.read("Session", state.id, state.outputs) is not None


@pytest.mark.parametrize("status", [None, 3, [], {}, "hibernating"], ids=repr)
def test_a_session_in_a_state_that_nobody_knows_is_not_waited_for_without_end(status: Any, world: Platform) -> None:
    bag = {**world.session_bag(), "waitForReady": True}

    with (
        bent(world, "GET /v1/sessions/[^/]+", lambda found: {**found, "status": status}),
        pytest.raises(NotReady) as caught,
    ):
        world.create("Session", bag)

    assert caught.value.id == world.control.objects("sessions")[-1]["id"]
    assert sum(world.slept) < 400


@each_kind
def test_an_answer_about_another_object_is_none(kind: str, world: Platform) -> None:
    bag, state = declared(world, kind)
    other = world.create(kind, {**bag, "name": "another"} if kind == "Environment" else bag)
    bending = bent(world, requests(kind, "retrieve"), lambda found: {**found, "id": other.id})

    with bending, pytest.raises(CallFailed, match="another object"):
        world.read(kind, state.id, state.outputs)

"""What holds for any declaration that the platform accepts, whatever is in it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from core.bags import CONTEXT, checked, inputs_of
from core.platform import HELLO, MODEL, Platform, mounted
from core.world_bags import agent_bags, session_bags
from hypothesis import assume, given, reject, settings
from hypothesis.strategies import SearchStrategy

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import Refused
from pulumi_managed_agents.lifecycle.steps import State
from pulumi_managed_agents.resources.registry import KINDS

COLLECTIONS = {
    "Agent": "agents",
    "Environment": "environments",
    "Session": "sessions",
    "Vault": "vaults",
    "MemoryStore": "memory_stores",
    "Deployment": "deployments",
}
NAMES = {"Vault": "displayName"}
NOT_DRAWN = ("paused", "runTrigger", "vaultIds", "environmentVariables", "resources", "budget", "source")
"""Of a deployment: what takes requests of its own, or ids of what is there."""

OF_ITS_OWN = ("id", "version", "created_at", "updated_at")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """One world for all examples: objects do not know of each other."""
    with mounted(tmp_path_factory.mktemp("laws") / "world.emulator") as platform:
        yield platform


@pytest.fixture(scope="module")
def declarations(world: Platform) -> dict[str, SearchStrategy[Bag]]:
    members = [world.create("Agent", {"name": f"member-{n}", "model": MODEL}).id for n in range(3)]
    environment = world.create("Environment", {"name": "sandbox"}).id
    return {
        "Agent": agent_bags(members),
        "Environment": inputs_of(KINDS["Environment"]).filter(lambda bag: bag.get("scope") != "account"),
        "Session": session_bags(members[0], environment),
        "Vault": inputs_of(KINDS["Vault"]),
        "MemoryStore": inputs_of(KINDS["MemoryStore"]),
        "Deployment": inputs_of(KINDS["Deployment"]).map(
            lambda bag: {
                "initialEvents": [HELLO],
                **{wire: value for wire, value in bag.items() if wire not in NOT_DRAWN},
                "agent": members[0],
                "environmentId": environment,
            }
        ),
    }


def accepted(attempt: Callable[[], State]) -> State:
    """What the platform makes of it; a declaration that it refuses is no example."""
    try:
        return attempt()
    except Refused as refusal:
        if refusal.refusal.status != 400:
            raise
        reject()


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_an_object_is_as_it_was_declared_reads_as_it_was_created_and_is_adopted_by_what_was_found(
    kind: str, world: Platform, declarations: dict[str, SearchStrategy[Bag]]
) -> None:
    @given(declarations[kind])
    def holds(bag: Bag) -> None:
        world.traffic()

        state = accepted(lambda: world.create(kind, bag))

        assert world.traffic() == [f"{COLLECTIONS[kind]}.create"]
        assert plan.diff(KINDS[kind], state.outputs, checked(KINDS[kind], bag)) == ()
        reads_as_it_was_created(world, kind, state)
        is_declared_by_what_was_found(world, kind, state)

    holds()


def reads_as_it_was_created(world: Platform, kind: str, state: State) -> None:
    """An object that nobody touched."""
    found = world.read(kind, state.id, state.outputs)

    assert found is not None
    assert _lasting(kind, found.outputs) == _lasting(kind, state.outputs)


def is_declared_by_what_was_found(world: Platform, kind: str, made: State) -> None:
    """An object that is adopted by its id."""
    declared = shape_of(KINDS[kind].inputs).properties

    found = world.read(kind, made.id)

    assert found is not None
    inputs = {wire: value for wire, value in found.outputs.items() if wire in declared}
    again, failures = plan.check(KINDS[kind], {}, inputs, CONTEXT)
    assert failures == []
    assert plan.diff(KINDS[kind], found.outputs, again) == ()


@pytest.mark.parametrize("kind", ["Agent", "Environment", "Vault", "MemoryStore", "Deployment"])
def test_an_update_makes_what_a_create_would_have_made(
    kind: str, world: Platform, declarations: dict[str, SearchStrategy[Bag]]
) -> None:
    @settings(max_examples=150)
    @given(declarations[kind], declarations[kind])
    def holds(before: Bag, after: Bag) -> None:
        after = {**after, NAMES.get(kind, "name"): "after"}
        assume(not plan.replaced(plan.diff(KINDS[kind], before, after)))
        first, fresh = (accepted(lambda bag=bag: world.create(kind, bag)) for bag in (before, after))
        world.traffic()

        updated = world.update(kind, first, after)

        assert world.traffic() == [f"{COLLECTIONS[kind]}.update"]
        assert _essence(world, kind, updated.id) == _essence(world, kind, fresh.id)
        assert plan.diff(KINDS[kind], updated.outputs, checked(KINDS[kind], after)) == ()

    holds()


def _lasting(kind: str, outputs: Bag) -> Bag:
    """The outputs without what passes by itself: a run ends, and its time is counted."""
    moving = ("stopReason", "outcomeEvaluations", "budgetUsage", "usage", "stats", "status", "updatedAt")
    passing = moving if kind == "Session" else ()
    return {wire: value for wire, value in outputs.items() if wire not in passing}


def _essence(world: Platform, kind: str, id_: str) -> Any:
    """An object as the platform has it, without what makes it this very object."""
    stored = world.stored(COLLECTIONS[kind], id_)
    stored = {name: value for name, value in stored.items() if name not in OF_ITS_OWN}
    stored["metadata"] = {key: text for key, text in stored["metadata"].items() if key != "pulumi_creation_id"}
    if kind == "Agent":
        # Left out of an update, an effort stays what it was: the platform has no word for its default.
        stored["model"] = {**stored["model"], "effort": None}
        stored["multiagent"] = re.sub(rf"'{id_}', 'version': \d+", "itself", repr(stored["multiagent"]))
    return stored

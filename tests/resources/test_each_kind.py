"""Create, read, update and remove: the same for every kind, one request each."""

from dataclasses import dataclass
from typing import Any

import pytest
from core.bags import checked
from core.platform import APP, MODEL, Platform

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import Refused
from pulumi_managed_agents.resources.registry import KINDS


@dataclass(frozen=True)
class Case:
    """A kind: its collection, a declaration, a change in place, and how it goes."""

    kind: str
    collection: str
    bag: Bag
    change: Bag
    removal: str = "archive"

    def declare(self, platform: Platform, **words: Any) -> Bag:
        return {**(platform.session_bag() if self.kind == "Session" else {}), **self.bag, **words}


KINDS_ON_THE_PLATFORM = [
    Case("Agent", "agents", {"model": MODEL, "system": "a"}, {"system": "b"}),
    Case("Environment", "environments", {"description": "a"}, {"description": "b"}, removal="delete"),
    Case("Session", "sessions", {"title": "a"}, {"title": "b"}),
]
each_kind = pytest.mark.parametrize("case", KINDS_ON_THE_PLATFORM, ids=lambda case: case.kind)


@each_kind
def test_creating_takes_one_request_and_needs_no_second_look(case: Case, platform: Platform) -> None:
    bag = case.declare(platform)

    state = platform.create(case.kind, bag)

    assert platform.traffic() == [f"{case.collection}.create"]
    assert platform.stored(case.collection, state.id)["id"] == state.id
    assert plan.diff(KINDS[case.kind], state.outputs, checked(KINDS[case.kind], bag)) == ()


@each_kind
def test_every_computed_property_is_told_by_a_create(case: Case, platform: Platform) -> None:
    state = platform.create(case.kind, case.declare(platform))

    computed = shape_of(KINDS[case.kind].outputs).properties
    assert {wire for wire, prop in computed.items() if prop.required} <= set(state.outputs)


@each_kind
def test_the_stamp_of_a_creation_is_stored_and_never_shown(case: Case, platform: Platform) -> None:
    state = platform.create(case.kind, case.declare(platform, metadata={"mine": "1"}))

    stamp = state.outputs["creationId"]
    assert platform.stored(case.collection, state.id)["metadata"] == {"mine": "1", "pulumi_creation_id": stamp}
    assert state.outputs["metadata"] == {"mine": "1"}


@each_kind
def test_updating_takes_one_request(case: Case, platform: Platform) -> None:
    bag = case.declare(platform)
    state = platform.create(case.kind, bag)
    platform.traffic()

    changed = platform.update(case.kind, state, {**bag, **case.change})

    assert platform.traffic() == [f"{case.collection}.update"]
    assert changed.id == state.id
    assert {wire: changed.outputs[wire] for wire in case.change} == case.change


@each_kind
def test_an_update_without_a_change_makes_no_request(case: Case, platform: Platform) -> None:
    bag = case.declare(platform)
    state = platform.create(case.kind, bag)
    platform.traffic()

    again = platform.update(case.kind, state, bag)

    assert platform.traffic() == []
    assert again == state


@each_kind
def test_metadata_that_others_set_is_left_alone(case: Case, platform: Platform) -> None:
    bag = case.declare(platform)
    state = platform.create(case.kind, {**bag, "metadata": {"mine": "1", "gone": "1"}})
    stored = platform.stored(case.collection, state.id)
    platform.control.change(case.collection, state.id, metadata={**stored["metadata"], "theirs": "1"})

    read = platform.read(case.kind, state.id, state.outputs)
    assert read is not None
    platform.update(case.kind, read, {**bag, "metadata": {"mine": "2"}})

    left = platform.stored(case.collection, state.id)["metadata"]
    assert left == {"mine": "2", "theirs": "1", "pulumi_creation_id": state.outputs["creationId"]}


@each_kind
def test_drift_is_seen_and_repaired(case: Case, platform: Platform) -> None:
    bag = case.declare(platform)
    state = platform.create(case.kind, bag)
    (wire,) = case.change
    platform.control.change(case.collection, state.id, **{wire: "somebody else's"})

    found = platform.read(case.kind, state.id, state.outputs)
    assert found is not None
    repaired = platform.update(case.kind, found, bag)

    assert found.outputs[wire] == "somebody else's"
    assert platform.stored(case.collection, state.id)[wire] == bag[wire] == repaired.outputs[wire]


@each_kind
def test_removing_takes_one_request_and_what_is_removed_is_gone(case: Case, platform: Platform) -> None:
    state = platform.create(case.kind, case.declare(platform))
    platform.traffic()

    platform.delete(case.kind, state)

    assert platform.traffic() == [f"{case.collection}.{case.removal}"]
    assert platform.read(case.kind, state.id, state.outputs) is None
    assert platform.read(case.kind, state.id) is None


@each_kind
def test_removing_what_is_gone_is_fine(case: Case, platform: Platform) -> None:
    state = platform.create(case.kind, case.declare(platform))
    platform.control.remove(case.collection, state.id)

    platform.delete(case.kind, state)

    assert platform.read(case.kind, state.id, state.outputs) is None


@each_kind
def test_an_archived_object_is_gone(case: Case, platform: Platform) -> None:
    state = platform.create(case.kind, case.declare(platform))
    platform.control.change(case.collection, state.id, archived_at="2026-11-01T12:00:00Z")

    assert platform.read(case.kind, state.id, state.outputs) is None
    assert platform.read(case.kind, state.id) is None


@each_kind
def test_what_never_was_is_not_found(case: Case, platform: Platform) -> None:
    assert platform.read(case.kind, "nothing_1") is None


@each_kind
def test_an_object_that_is_adopted_brings_its_stamp_along(case: Case, platform: Platform) -> None:
    state = platform.create(case.kind, case.declare(platform, metadata={"mine": "1"}))

    found = platform.read(case.kind, state.id)

    assert found is not None
    assert found.outputs["creationId"] == state.outputs["creationId"]
    assert found.outputs["metadata"] == {"mine": "1"}


@each_kind
def test_a_refusal_says_what_was_tried_and_what_came_back(case: Case, platform: Platform) -> None:
    bag = case.declare(platform)
    platform.control.faults([{"operation": f"{case.collection}.create", "status": 403, "message": "not today"}])

    with pytest.raises(Refused) as caught:
        platform.create(case.kind, bag)

    refusal = caught.value.refusal
    assert (refusal.status, refusal.type, refusal.message) == (403, "permission_error", "not today")
    for part in (
        f"POST /v1/{case.collection}",
        "403",
        "permission_error",
        "not today",
        refusal.request_id,
        "workspace",
    ):
        assert str(part) in str(caught.value)
    assert platform.traffic() == [f"{case.collection}.create"]


def test_a_repository_by_itself_takes_no_request_at_all(platform: Platform) -> None:
    bag = {"url": APP, "authorizationToken": "token-of-last-week"}
    state = platform.create("RepositoryResource", bag)
    rotated = platform.update("RepositoryResource", state, {**bag, "authorizationToken": "token-of-this-week"})

    read = platform.read("RepositoryResource", state.id, rotated.outputs)
    platform.delete("RepositoryResource", rotated)

    assert platform.traffic() == []
    assert rotated.outputs["authorizationToken"] == "token-of-this-week"
    assert (rotated.id, read) == (state.id, rotated)
    assert "token" not in state.id


def test_a_repository_by_itself_is_adopted_by_its_address_and_path(platform: Platform) -> None:
    state = platform.create("RepositoryResource", {"url": APP, "mountPath": "/workspace/deep"})

    found = platform.read("RepositoryResource", state.id)

    assert found is not None
    assert found.outputs == {"url": APP, "mountPath": "/workspace/deep"}

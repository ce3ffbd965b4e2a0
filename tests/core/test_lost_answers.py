"""When the answer to a create is lost, exactly one object exists in the end, and nobody is told otherwise."""

from dataclasses import dataclass
from typing import Any

import pytest
from core.bags import checked
from core.platform import HELLO, MODEL, Platform

from pulumi_managed_agents import plan
from pulumi_managed_agents.apply.cancel import Cancellation
from pulumi_managed_agents.apply.context import Context
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import CallFailed, Conflict, LostAnswer, Refused
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.resources.registry import KINDS


@dataclass(frozen=True)
class Case:
    """A kind with its collection and a declaration."""

    kind: str
    collection: str
    bag: Bag

    def declare(self, platform: Platform, **words: Any) -> Bag:
        return {**self._around(platform), **self.bag, **words}

    def _around(self, platform: Platform) -> Bag:
        """What it takes to declare the kind."""
        if self.kind == "Credential":
            vault = platform.create("Vault", {"displayName": "vault"})
            platform.traffic()
            return {"vaultId": vault.id}
        if self.kind not in ("Session", "Deployment"):
            return {}
        return platform.session_bag()

    @property
    def objects(self) -> str:
        """The collection's own name."""
        return self.collection.rpartition(".")[2]


BEARER = {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/", "token": "made-up"}
CASES = [
    Case("Agent", "agents", {"name": "worker", "model": MODEL}),
    Case("Environment", "environments", {"name": "sandbox"}),
    Case("Session", "sessions", {"title": "a"}),
    Case("Vault", "vaults", {"displayName": "a"}),
    Case("Credential", "vaults.credentials", {"auth": BEARER}),
    Case("MemoryStore", "memory_stores", {"name": "a"}),
    Case("Deployment", "deployments", {"initialEvents": [HELLO]}),
]
each_kind = pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)

COMMITTED: dict[str, Bag] = {
    "a reset after the commit": {"drop": "after"},
    "an error of the server after the commit": {"status": 500, "after_commit": True},
    "a gateway's timeout after the commit": {"status": 504, "after_commit": True},
    "a timeout of the request after the commit": {"status": 408, "after_commit": True},
    "a page of a proxy": {"body": "garbage"},
    "half an answer": {"body": "truncated"},
}
LOST: dict[str, Bag] = {
    **COMMITTED,
    "a reset before the commit": {"drop": "before"},
    "an error of the server": {"status": 500},
    "an overloaded server": {"status": 529},
    "an unavailable server": {"status": 503},
}


@each_kind
@pytest.mark.parametrize("fault", LOST)
def test_one_object_is_there_in_the_end(fault: str, case: Case, platform: Platform) -> None:
    bag = case.declare(platform)
    before = len(platform.control.objects(case.objects))
    platform.control.faults([{"operation": f"{case.collection}.create", "nth": 1, **LOST[fault]}])

    state = platform.create(case.kind, bag)

    made = platform.control.objects(case.objects)[before:]
    assert [item["id"] for item in made] == [state.id.rpartition("/")[2]]
    assert plan.diff(KINDS[case.kind], state.outputs, checked(KINDS[case.kind], bag)) == ()


@each_kind
def test_an_object_that_was_made_is_found_by_its_stamp_and_not_made_again(case: Case, platform: Platform) -> None:
    bag = case.declare(platform)
    platform.control.faults([{"operation": f"{case.collection}.create", "nth": 1, "drop": "after"}])

    platform.create(case.kind, bag)

    assert platform.traffic() == [f"{case.collection}.create", f"{case.collection}.list"]


def test_an_object_that_was_not_made_is_looked_for_twice_and_then_made(platform: Platform) -> None:
    platform.control.faults([{"operation": "agents.create", "nth": 1, "drop": "before"}])

    platform.create("Agent", CASES[0].bag)

    assert platform.traffic() == ["agents.create", "agents.list", "agents.list", "agents.create"]
    assert platform.slept == [0.0, 1.0]


def test_an_object_that_shows_up_late_is_found_by_the_second_look(platform: Platform) -> None:
    platform.control.faults(
        [
            {"operation": "agents.create", "nth": 1, "drop": "after"},
            {"operation": "agents.list", "nth": 1, "stale": True},
        ]
    )

    platform.create("Agent", CASES[0].bag)

    assert len(platform.control.objects("agents")) == 1
    assert platform.traffic() == ["agents.create", "agents.list", "agents.list"]


def test_an_object_among_many_newer_ones_is_found(platform: Platform) -> None:
    platform.control.faults([{"operation": "agents.create", "nth": 1, "drop": "after"}])
    others = 250

    def busy(seconds: float) -> None:
        if seconds == 0.0:
            platform.control.clear_faults()
            for n in range(others):
                platform.context.backend.send(_create(f"other-{n}"))

    platform.context = Context(platform.context.backend, platform.warnings.append, busy)

    state = platform.create("Agent", CASES[0].bag)

    assert [item["id"] for item in platform.control.objects("agents") if item["name"] == "worker"] == [state.id]


def _create(name: str) -> Call:
    return Call(Operation("agents", "create"), body={"name": name, "model": MODEL})


def test_a_server_that_goes_on_failing_is_given_up_and_nothing_is_left(platform: Platform) -> None:
    platform.control.faults([{"operation": "agents.create", "status": 500, "message": "out of order"}])

    with pytest.raises(LostAnswer) as caught:
        platform.create("Agent", CASES[0].bag)

    assert platform.traffic().count("agents.create") == 3
    assert platform.control.objects("agents") == []
    assert "out of order" in str(caught.value)
    assert "safe to run `pulumi up` again" in str(caught.value)


def test_a_refusal_makes_nothing_and_is_not_repeated(platform: Platform) -> None:
    platform.control.faults([{"operation": "agents.create", "status": 400}])

    with pytest.raises(Refused):
        platform.create("Agent", CASES[0].bag)

    assert platform.traffic() == ["agents.create"]


# Where looking is not possible, nobody is told that nothing exists

BROKEN_LISTS: dict[str, Bag] = {
    "refused": {"status": 403, "message": "no lists today"},
    "failing": {"status": 500},
    "garbled": {"body": "garbage"},
    "dropped": {"drop": "before"},
}


@pytest.mark.parametrize("fault", BROKEN_LISTS)
def test_a_search_that_fails_says_that_the_object_may_exist(fault: str, platform: Platform) -> None:
    platform.control.faults(
        [
            {"operation": "agents.create", "nth": 1, "drop": "after"},
            {"operation": "agents.list", **BROKEN_LISTS[fault]},
        ]
    )

    with pytest.raises(CallFailed) as caught:
        platform.create("Agent", CASES[0].bag)

    (made,) = platform.control.objects("agents")
    assert caught.value.may_exist
    assert "may exist" in str(caught.value)
    assert made["metadata"]["pulumi_creation_id"] in str(caught.value)
    assert platform.traffic().count("agents.create") == 1


def test_a_cancelled_search_says_that_the_object_may_exist(platform: Platform) -> None:
    platform.control.faults([{"operation": "agents.create", "nth": 1, "drop": "after"}])
    cancellation = Cancellation()
    cancellation.cancel()
    platform.context = Context(platform.context.backend, platform.warnings.append, cancellation.sleep)

    with pytest.raises(CallFailed) as caught:
        platform.create("Agent", CASES[0].bag)

    assert caught.value.may_exist
    assert "may exist" in str(caught.value)


FULL = {f"label-{n}": "a" for n in range(16)}


@each_kind
def test_labels_that_leave_no_room_for_the_stamp_are_all_sent(case: Case, platform: Platform) -> None:
    state = platform.create(case.kind, case.declare(platform, metadata=FULL))

    assert platform.stored(case.collection, state.id)["metadata"] == FULL


@each_kind
@pytest.mark.parametrize("fault", LOST)
def test_without_a_stamp_a_lost_answer_is_told_and_nothing_is_made_twice(
    fault: str, case: Case, platform: Platform
) -> None:
    bag = case.declare(platform, metadata=FULL)
    before = len(platform.control.objects(case.objects))
    platform.traffic()
    platform.control.faults([{"operation": f"{case.collection}.create", "nth": 1, **LOST[fault]}])

    with pytest.raises(LostAnswer) as caught:
        platform.create(case.kind, bag)

    assert platform.traffic() == [f"{case.collection}.create"]
    assert len(platform.control.objects(case.objects)) - before == (1 if fault in COMMITTED else 0)
    assert "may exist" in str(caught.value)
    assert "fewer metadata entries" in str(caught.value)


def test_one_label_less_leaves_room_for_the_stamp(platform: Platform) -> None:
    labels = {f"label-{n}": "a" for n in range(15)}

    state = platform.create("Agent", {**CASES[0].bag, "metadata": labels})

    assert len(platform.stored("agents", state.id)["metadata"]) == 16
    assert state.outputs["metadata"] == labels


# Kinds without a stamp


def test_a_memory_whose_answer_was_lost_is_known_by_its_path_and_text(platform: Platform) -> None:
    store = platform.create("MemoryStore", {"name": "store"})
    platform.control.faults([{"operation": "memory_stores.memories.create", "nth": 1, "drop": "after"}])

    state = platform.create("Memory", {"memoryStoreId": store.id, "path": "/a.md", "content": "one"})

    assert [item["id"] for item in platform.control.objects("memories")] == [state.id.rpartition("/")[2]]


def test_another_text_at_the_path_is_not_taken_for_the_lost_memory(platform: Platform) -> None:
    store = platform.create("MemoryStore", {"name": "store"})
    platform.create("Memory", {"memoryStoreId": store.id, "path": "/a.md", "content": "theirs"})
    platform.control.faults([{"operation": "memory_stores.memories.create", "nth": 1, "drop": "before"}])

    with pytest.raises(Conflict, match="There is one already"):
        platform.create("Memory", {"memoryStoreId": store.id, "path": "/a.md", "content": "ours"})


def test_events_whose_answer_was_lost_are_not_sent_twice(platform: Platform) -> None:
    session = platform.session()
    platform.control.faults([{"operation": "sessions.events.send", "nth": 1, "drop": "after"}])

    state = platform.create("SessionEvents", {"sessionId": session.id, "events": [HELLO]})

    listed = platform.context.backend.send(Call(Operation("sessions.events", "list"), {"session_id": session.id}))
    said = [event["id"] for event in listed["data"] if event["type"] == "user.message"]
    assert said == state.outputs["eventIds"]
    assert any("The answer was lost" in text for text in platform.warnings)


def test_events_that_did_not_arrive_are_sent_again(platform: Platform) -> None:
    session = platform.session()
    platform.control.faults([{"operation": "sessions.events.send", "nth": 1, "drop": "before"}])

    state = platform.create("SessionEvents", {"sessionId": session.id, "events": [HELLO]})

    listed = platform.context.backend.send(Call(Operation("sessions.events", "list"), {"session_id": session.id}))
    said = [event["id"] for event in listed["data"] if event["type"] == "user.message"]
    assert said == state.outputs["eventIds"]


@pytest.mark.parametrize("bag", [{"text": "one", "filename": "a"}], ids=["a file"])
def test_an_upload_whose_answer_was_lost_says_that_it_may_exist(bag: Bag, platform: Platform) -> None:
    platform.control.faults([{"operation": "files.upload", "nth": 1, "drop": "after"}])

    with pytest.raises(LostAnswer, match="may exist"):
        platform.create("File", bag)

"""A refresh of many objects: their list answers, as long as that is fresh and cheaper than each by itself."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from math import ceil
from pathlib import Path
from threading import Barrier, Lock
from typing import Any

import pytest
from core.platform import HELLO, MODEL, Platform, bent, mounted

from pulumi_managed_agents import apply
from pulumi_managed_agents.apply.listing import AHEAD, FRESH_SECONDS, SINGLES, Listing
from pulumi_managed_agents.apply.turning import turned
from pulumi_managed_agents.declaration.capabilities import Capabilities
from pulumi_managed_agents.declaration.platform import PlatformKey
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import CallFailed
from pulumi_managed_agents.functions.inventory import all_of
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.importing.inventory import Inventory
from pulumi_managed_agents.lifecycle.pages import FEW, MOST_PAGES, PAGE, Turns
from pulumi_managed_agents.lifecycle.steps import Call, Operation, State
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.platforms.service import Backend
from pulumi_managed_agents.resources.registry import KINDS


class Shelf(Backend):
    """A platform with so many agents, newest first, that counts what it is asked."""

    def __init__(self, size: int) -> None:
        self.ids = [f"agent_{n}" for n in range(size)]
        self.asked: list[str] = []
        self.wraps_at = size
        """Where the pages begin anew, if that is before their end."""
        self._lock = Lock()

    @property
    def capabilities(self) -> Capabilities:
        return Claude.capabilities

    def has(self, operation: Operation) -> bool:
        return str(operation) in ("agents.list", "agents.retrieve", "sessions.resources.list")

    def send(self, call: Call) -> Bag:
        with self._lock:
            self.asked.append(str(call.operation))
        start, size = int(call.query.get("page", 0)), int(call.query["limit"])
        data = [{"id": id_, "name": id_} for id_ in self.ids[start : start + size]]
        more = start + size < len(self.ids)
        return {"data": data, "next_page": str((start + size) % self.wraps_at) if more else None}


def one(id_: str, whose: str = "its own") -> Call:
    return Call(Operation("agents", "retrieve"), {"agent_id": id_}, shared=whose)


def listing(shelf: Shelf, clock: Callable[[], float] = lambda: 0.0) -> Listing:
    """A listing whose first, single reads are over."""
    found = Listing(shelf, clock)
    for _ in range(SINGLES):
        assert found.find(one("agent_0")) is None
    return found


def test_a_few_objects_are_read_one_by_one() -> None:
    shelf = Shelf(10)

    listing(shelf)

    assert shelf.asked == []


def test_from_then_on_one_page_answers_for_a_hundred() -> None:
    shelf = Shelf(PAGE)
    pages = listing(shelf)

    found = [pages.find(one(id_)) for id_ in shelf.ids]

    assert [item and item["id"] for item in found] == shelf.ids
    assert shelf.asked == ["agents.list"]


ORDERS: dict[str, Callable[[list[str]], list[str]]] = {"newest first": list, "oldest first": lambda ids: ids[::-1]}
SHARES = {"all are ours": 1, "as many are foreign": 2}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("size", [300, 1000, 5000])
def test_many_objects_cost_a_page_for_each_hundred_in_any_order(size: int, share: str, order: str) -> None:
    step = SHARES[share]
    shelf = Shelf(size * step)
    pages = listing(shelf)

    found = [pages.find(one(id_)) for id_ in ORDERS[order](shelf.ids[::step])]

    turned = ceil(size * step / PAGE)
    assert len(shelf.asked) <= turned
    # Until the pages have got there, objects are read one by one: an engine cannot say how many it will ask for.
    assert found.count(None) <= max(0, turned - AHEAD - SINGLES)


def test_a_thousand_objects_take_no_more_than_fifteen_requests() -> None:
    shelf = Shelf(1000)
    pages = listing(shelf)

    singles = [pages.find(one(id_)) for id_ in shelf.ids[::-1]].count(None)

    assert SINGLES + singles + len(shelf.asked) <= 15


def test_what_lies_below_as_many_newer_objects_is_found_too() -> None:
    shelf = Shelf(2000)
    pages = listing(shelf)

    found = [pages.find(one(id_)) for id_ in shelf.ids[:999:-1]]

    assert len(shelf.asked) == 20
    assert found.count(None) <= 20 - AHEAD - SINGLES


def test_a_few_objects_in_a_large_workspace_cost_about_twice_as_much_as_each_by_itself() -> None:
    shelf = Shelf(50_000)
    pages = listing(shelf)

    found = [pages.find(one(f"agent_{49_999 - n}")) for n in range(20)]

    assert found == [None] * 20
    assert len(shelf.asked) <= SINGLES + 20 + AHEAD


def test_pages_that_hold_what_is_asked_for_are_not_followed_by_another() -> None:
    shelf = Shelf(5000)
    pages = listing(shelf)

    assert all(pages.find(one(f"agent_{n}")) for n in range(PAGE))

    assert shelf.asked == ["agents.list"]


def test_pages_that_go_round_in_a_circle_are_not_turned_for_ever() -> None:
    shelf = Shelf(1000)
    pages = listing(shelf)
    shelf.wraps_at = 2 * PAGE

    found = [pages.find(one(id_)) for id_ in shelf.ids]

    assert found.count(None) == 800
    assert len(shelf.asked) <= 3


def test_what_no_page_holds_is_read_by_itself() -> None:
    shelf = Shelf(5)
    pages = listing(shelf)

    assert pages.find(one("agent_nobody")) is None
    assert pages.find(one("agent_nobody")) is None
    assert shelf.asked == ["agents.list"]


def test_an_object_is_handed_out_once_to_each_who_looks() -> None:
    shelf = Shelf(5000)
    pages = listing(shelf)

    for whose in ("its own", "a deployment", "another"):
        assert pages.find(one("agent_1", whose)) is not None
        assert pages.find(one("agent_1", whose)) is None
    assert shelf.asked == ["agents.list"]


def test_pages_that_are_no_longer_fresh_are_read_anew() -> None:
    shelf, moment = Shelf(5), 0.0
    pages = listing(shelf, lambda: moment)
    assert pages.find(one("agent_1")) is not None

    moment = FRESH_SECONDS - 0.1
    assert pages.find(one("agent_2")) is not None
    assert shelf.asked == ["agents.list"]
    moment = FRESH_SECONDS
    assert pages.find(one("agent_3")) is not None
    assert pages.find(one("agent_1")) is not None
    assert shelf.asked == ["agents.list"] * 2


def test_a_refresh_that_takes_longer_than_pages_are_fresh_goes_on_with_pages() -> None:
    shelf, moments = Shelf(5000), count(0.0, 0.02)
    pages = listing(shelf, lambda: next(moments))

    found = [pages.find(one(id_)) for id_ in shelf.ids[::-1]]

    assert found.count(None) + len(shelf.asked) <= 5 * ceil(5000 / PAGE)


def test_after_a_change_of_the_collection_its_pages_do_not_count() -> None:
    shelf = Shelf(5)
    pages = listing(shelf)
    assert pages.find(one("agent_1")) is not None

    pages.forget(Operation("agents", "update"))

    assert pages.find(one("agent_2")) is None
    assert shelf.asked == ["agents.list"]


def test_pages_that_were_read_during_a_change_do_not_count_after_it(platform: Platform) -> None:
    states = [platform.create("Agent", {"name": f"a{n}", "model": MODEL}) for n in range(2 * SINGLES)]
    changed, *others = states

    def reads_of_others() -> None:
        platform.wire.meanwhile = lambda: None
        for state in others:
            platform.read("Agent", state.id, state.outputs)

    platform.wire.meanwhile = reads_of_others
    after = platform.update("Agent", changed, {"name": "another", "model": MODEL})

    for state in others:
        platform.read("Agent", state.id, state.outputs)
    assert platform.read("Agent", changed.id, after.outputs) == after


def test_a_change_of_another_collection_makes_no_difference() -> None:
    shelf = Shelf(5)
    pages = listing(shelf)
    assert pages.find(one("agent_1")) is not None

    pages.forget(Operation("sessions.resources", "update"))

    assert pages.find(one("agent_2")) is not None


@pytest.mark.parametrize(
    "call",
    [
        Call(Operation("vaults", "retrieve"), {"vault_id": "vlt_1"}),
        Call(Operation("sessions.resources", "retrieve"), {"session_id": "sesn_1", "resource_id": "sesrsc_1"}),
    ],
    ids=lambda call: str(call.operation),
)
def test_what_has_no_list_of_its_own_is_read_by_itself(call: Call) -> None:
    shelf = Shelf(5)
    pages = Listing(shelf)

    assert [pages.find(call) for _ in range(10)] == [None] * 10
    assert shelf.asked == []


LISTS = {"refused": {"status": 403}, "failing": {"status": 500}, "garbled": {"body": "garbage"}}


@pytest.mark.parametrize("fault", LISTS)
def test_where_the_list_does_not_answer_each_object_is_read_by_itself(fault: str, platform: Platform) -> None:
    states = [platform.create("Agent", {"name": f"a{n}", "model": MODEL}) for n in range(8)]
    platform.traffic()
    platform.control.faults([{"operation": "agents.list", **LISTS[fault]}])

    found = [platform.read("Agent", state.id, state.outputs) for state in states]

    assert found == states
    assert platform.traffic().count("agents.retrieve") == 8


def test_threads_share_the_pages() -> None:
    shelf = Shelf(1000)
    pages = listing(shelf)
    workers = 16
    barrier = Barrier(workers)

    def take(worker: int) -> list[Bag | None]:
        barrier.wait(timeout=60)
        return [pages.find(one(id_)) for id_ in shelf.ids[worker::workers]]

    with ThreadPoolExecutor(workers) as pool:
        found = [item for items in pool.map(take, range(workers)) for item in items]

    handed_out = [item["id"] for item in found if item]
    assert sorted(handed_out) == sorted(set(handed_out))
    assert len(handed_out) > 500
    assert len(shelf.asked) <= 10


@pytest.mark.parametrize(("number", "most"), [(1, 1), (3, 3), (4, 4), (20, 4), (120, 5)])
def test_a_refresh_costs_fewer_requests_than_there_are_objects(number: int, most: int, platform: Platform) -> None:
    states = [platform.create("Agent", {"name": f"a{n}", "model": MODEL}) for n in range(number)]
    platform.traffic()

    found = [platform.read("Agent", state.id, state.outputs) for state in states]

    assert found == states
    assert len(platform.traffic()) <= most


MANY, OTHERS = 105, 105


def declared(kind: str, number: int, platform: Platform) -> Bag:
    """One of many objects of a kind."""
    name, model = f"{kind.lower()}-{number}", platform.model
    match kind:
        case "Agent":
            return {"name": name, "model": model, "tools": [{"type": "agent_toolset_20260401"}]}
        case "File":
            return {"filename": f"{name}.txt", "text": name}
        case "Skill":
            return {"path": "skills/review", "displayName": name}
        case "Dream":
            return {"model": model, "instructions": name}
        case "UserProfile":
            return {"metadata": {"customer": name}}
        case "Session":
            return {"title": name}
        case "Vault":
            return {"displayName": name}
    return {"name": name}


def run_by(kind: str, platform: Platform) -> Bag:
    """What sessions and deployments share."""
    agent = platform.create("Agent", {"name": "worker", "model": platform.model}).id
    environment = platform.create("Environment", {"name": "sandbox"}).id
    first = {"initialEvents": [HELLO]} if kind == "Deployment" else {}
    return {"agent": agent, "environmentId": environment, **first}


def dreamt_by(platform: Platform) -> Bag:
    """What dreams share."""
    store = platform.create("MemoryStore", {"name": "notes"})
    return {"memoryStoreId": store.id, "sessionIds": [platform.session().id]}


def lasting(state: State | None) -> Bag | None:
    """The outputs but for what moves with the clock."""
    return state and {wire: value for wire, value in state.outputs.items() if wire not in MOVING}


ASKED_FOR_BESIDES = {"Tunnel"}
"""Each one's token is asked for, which no list shows."""

MOVING = ("stats", "updatedAt", "status", "outputMemoryStoreId", "endedAt")

LISTED = [
    name
    for name, kind in KINDS.items()
    if kind.lifecycle.listed and kind.lifecycle.within is None and name not in ASKED_FOR_BESIDES
]
PLATFORMS: tuple[PlatformKey, ...] = ("claude", "qoder")


@pytest.mark.parametrize(
    ("name", "key"), [(name, key) for name in LISTED for key in PLATFORMS if KINDS[name].is_on(key)]
)
def test_many_objects_of_every_kind_are_read_from_pages(name: str, key: PlatformKey, tmp_path: Path) -> None:
    with mounted(tmp_path / "world", platform=key) as platform:
        shared = run_by(name, platform) if name in ("Session", "Deployment") else {}
        shared = dreamt_by(platform) if name == "Dream" else shared
        words = [{**declared(name, number, platform), **shared} for number in range(MANY + OTHERS)]
        states = [platform.create(name, bag) for bag in words][::2]
        platform.traffic()

        found = [platform.read(name, state.id, state.outputs) for state in states]

        assert [lasting(state) for state in found] == [lasting(state) for state in states]
        assert len(platform.traffic()) <= 2 * SINGLES + ceil((MANY + OTHERS) / PAGE) + 1


def test_objects_that_others_removed_are_gone_in_a_refresh_of_many(platform: Platform) -> None:
    states = [platform.create("Agent", {"name": f"a{n}", "model": MODEL}) for n in range(20)]
    for state in states[::2]:
        platform.control.remove("agents", state.id)

    found = [platform.read("Agent", state.id, state.outputs) for state in states]

    assert found == [None if n % 2 == 0 else state for n, state in enumerate(states)]


def test_a_list_without_an_end_is_given_up() -> None:
    turns = Turns(Call(Operation("agents", "list")))
    for number in range(MOST_PAGES):
        turns.after({"data": [{"id": f"{number}.{n}"} for n in range(FEW)], "next_page": str(number)})

    with pytest.raises(CallFailed, match="more than"):
        turns.after({"data": [], "next_page": "another"})


def test_a_list_that_goes_round_is_given_up() -> None:
    turns = Turns(Call(Operation("agents", "list")))
    turns.after({"data": [], "next_page": "1"})

    with pytest.raises(CallFailed, match="circle"):
        turns.after({"data": [], "next_page": "1"})


# Lists without an end, through everything that turns pages


def page_after_page(find: Callable[[int], Bag]) -> Callable[[Bag], Bag]:
    """A page of its own for each request."""
    numbers = count(1)
    return lambda _: find(next(numbers))


ENDLESS: dict[str, Callable[[int], Bag]] = {
    "pages with nothing on them": lambda n: {"data": [], "next_page": f"p{n}"},
    "pages with what was there before": lambda n: {"data": [{"id": "agent_1"}], "next_page": f"p{n}"},
    "pages with hardly anything": lambda n: {"data": [{"id": f"agent_{n}"}], "next_page": f"p{n}"},
}


@pytest.mark.parametrize("case", ENDLESS)
def test_pages_that_lead_nowhere_end_in_an_error(case: str, platform: Platform) -> None:
    pages = bent(platform, "GET /v1/agents.*", page_after_page(ENDLESS[case]), invents=True)
    with pages, pytest.raises(CallFailed, match="end"):
        apply.look_up(all_of(platform.kind("Agent"), 0), platform.context)

    assert len(platform.traffic()) <= 1200


@pytest.mark.parametrize("cursor", [3, True, [], {}, ["a"], "\ud800", {"a": 1}], ids=ascii)
def test_a_page_that_does_not_say_where_the_next_one_is_is_told(cursor: Any, platform: Platform) -> None:
    def turn(page: Bag) -> Bag:
        return {**page, "next_page": cursor}

    with bent(platform, "GET /v1/agents", turn), pytest.raises(CallFailed, match="next_page"):
        apply.look_up(all_of(platform.kind("Agent"), 0), platform.context)


LOOKS: dict[str, Callable[[Platform], Any]] = {
    "list": lambda platform: apply.look_up(all_of(platform.kind("Agent"), 0), platform.context),
    "import": lambda platform: apply.look_up(Inventory().objects(["Agent"]), platform.context),
    "versions": lambda platform: apply.look_up(
        FUNCTIONS["getAgentVersions"].steps({"id": "agent_1"}), platform.context
    ),
    "orphans": lambda platform: list(turned(Call(Operation("agents", "list")), platform.context)),
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_cursor_that_repeats_ends_in_an_error(look: str, platform: Platform) -> None:
    page = {"data": [{"id": "agent_1", "version": 1}], "next_page": "again"}

    pages = bent(platform, "GET /v1/agents.*", lambda _: page, invents=True)
    with pages, pytest.raises(CallFailed, match="circle"):
        LOOKS[look](platform)

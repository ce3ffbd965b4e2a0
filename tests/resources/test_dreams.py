"""Dreams: run once, run again as another one, waited for, canceled when they are removed, and never made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.platform import MODELS, Platform, mounted

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.errors import Conflict, NotReady

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.platform import PlatformKey
    from pulumi_managed_agents.declaration.values import Bag


@pytest.fixture(params=[*MODELS])
def platform(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Platform]:
    key: PlatformKey = request.param
    with mounted(tmp_path / "world.db", platform=key) as found:
        yield found


@pytest.fixture
def bag(platform: Platform) -> Bag:
    """What declares a dream."""
    store = platform.create("MemoryStore", {"name": "notes"})
    session = platform.session()
    platform.traffic()
    return {"memoryStoreId": store.id, "sessionIds": [session.id], "model": platform.model}


def test_a_dream_is_run_and_a_refresh_tells_what_came_of_it(platform: Platform, bag: Bag) -> None:
    state = platform.create("Dream", bag)

    assert state.id.startswith("drm_")
    assert state.outputs["status"] == "pending"
    found = platform.read("Dream", state.id, state.outputs)
    assert found is not None
    assert found.outputs["status"] == "completed"
    assert found.outputs["outputMemoryStoreId"] != bag["memoryStoreId"]
    assert plan.diff(platform.kind("Dream"), found.outputs, platform.checked("Dream", bag, state.outputs)) == ()


def test_a_dream_may_be_waited_for(platform: Platform, bag: Bag) -> None:
    platform.control.settings(dream_ends="after 3 reads")

    state = platform.create("Dream", {**bag, "waitForCompletion": True, "outputBehavior": "update_existing"})

    assert (state.outputs["status"], state.outputs["outputMemoryStoreId"]) == ("completed", bag["memoryStoreId"])
    assert platform.slept == [1.0, 2.0, 4.0]


def test_one_that_takes_too_long_is_waited_for_again_by_the_next_update(platform: Platform, bag: Bag) -> None:
    platform.control.settings(dream_ends="after 3 reads")
    wanted = {**bag, "waitForCompletion": True, "completionTimeoutSeconds": 2}
    with pytest.raises(NotReady, match="still running after 2 seconds") as unready:
        platform.create("Dream", wanted)

    state = platform.update("Dream", unready.value.state, wanted, unready.value.id)

    assert state.outputs["status"] == "completed"
    assert len(platform.control.objects("dreams")) == 1


def test_one_that_failed_is_an_error_until_another_one_is_run(platform: Platform, bag: Bag) -> None:
    platform.control.settings(dream_outcome="failed")
    wanted = {**bag, "waitForCompletion": True}
    with pytest.raises(NotReady, match=r"is failed \(internal_error.*change `trigger`") as unready:
        platform.create("Dream", wanted)

    with pytest.raises(NotReady, match="is failed"):
        platform.update("Dream", unready.value.state, wanted, unready.value.id)
    assert unready.value.state["error"]["type"] == "internal_error"


@pytest.mark.parametrize(
    "change",
    [{"trigger": "again"}, {"instructions": "Keep what lasts."}, {"outputBehavior": "update_existing"}],
)
def test_what_it_is_made_of_makes_another_dream(platform: Platform, bag: Bag, change: Bag) -> None:
    state = platform.create("Dream", bag)

    changed = plan.diff(platform.kind("Dream"), state.outputs, platform.checked("Dream", {**bag, **change}))

    assert [(each.name, bool(each.replaces)) for each in changed] == [(*change, True)]


def test_waiting_alone_is_no_other_dream(platform: Platform, bag: Bag) -> None:
    state = platform.create("Dream", bag)

    after = platform.update("Dream", state, {**bag, "waitForCompletion": True})

    assert (after.id, after.outputs["status"]) == (state.id, "completed")


def test_a_lost_answer_makes_no_second_dream(platform: Platform, bag: Bag) -> None:
    earlier = platform.create("Dream", bag)
    platform.control.faults([{"operation": "dreams.create", "nth": 1, "drop": "after"}])
    platform.draws = True

    state = platform.create("Dream", bag)

    assert sorted(item["id"] for item in platform.control.objects("dreams")) == sorted([earlier.id, state.id])


def test_one_at_work_is_canceled_and_archived_when_it_is_removed(platform: Platform, bag: Bag) -> None:
    platform.control.settings(dream_ends="never")
    state = platform.create("Dream", bag)
    platform.traffic()

    platform.delete("Dream", state)

    (dream,) = platform.control.objects("dreams")
    assert (dream["status"], dream["archived_at"] is None) == ("canceled", False)
    assert platform.traffic() == ["dreams.retrieve", "dreams.cancel", "dreams.archive"]
    platform.delete("Dream", state)


def test_one_that_has_ended_is_archived(platform: Platform, bag: Bag) -> None:
    state = platform.create("Dream", {**bag, "waitForCompletion": True})
    platform.traffic()

    platform.delete("Dream", state)

    assert platform.traffic() == ["dreams.retrieve", "dreams.archive"]
    assert len(platform.control.objects("memory_stores")) == 2


def test_one_that_ends_while_it_is_canceled_is_archived(platform: Platform, bag: Bag) -> None:
    platform.control.settings(dream_ends="after 1 reads")
    state = platform.create("Dream", bag)

    platform.delete("Dream", state)

    (dream,) = platform.control.objects("dreams")
    assert dream["archived_at"] is not None


def test_one_that_was_archived_elsewhere_is_not_run_again(platform: Platform, bag: Bag) -> None:
    state = platform.create("Dream", bag)
    platform.control.change("dreams", state.id, archived_at="2026-01-01T00:00:00Z", status="completed")

    assert platform.read("Dream", state.id, state.outputs) is not None


def test_a_store_is_updated_by_one_dream_at_a_time(platform: Platform, bag: Bag) -> None:
    platform.control.settings(dream_ends="never")
    wanted = {**bag, "outputBehavior": "update_existing"}
    platform.create("Dream", wanted)

    with pytest.raises(Conflict, match="wait until it has ended"):
        platform.create("Dream", {**wanted, "instructions": "Another."})


def test_replacing_one_at_work_is_told(platform: Platform, bag: Bag) -> None:
    platform.control.settings(dream_ends="never")
    state = platform.create("Dream", bag)

    apply.part(platform.kind("Dream"), state.id, state.outputs, platform.context)

    assert [text for text in platform.warnings if "it is canceled" in text]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"sessionIds": ["sesn_1", "sesn_1"]}, "sessionIds"),
        ({"sessionIds": []}, "sessionIds"),
        ({"instructions": "x" * 4097}, "instructions"),
        ({"outputBehavior": "forget"}, "outputBehavior"),
    ],
)
def test_what_no_platform_takes_is_refused_by_the_preview(platform: Platform, bag: Bag, change: Bag, path: str) -> None:
    context = platform.checking()

    _, failures = plan.check(platform.kind("Dream"), {}, {**bag, **change}, context)

    assert [str(failure.path[0]) for failure in failures] == [path]


def test_an_imported_dream_is_quiet(platform: Platform, bag: Bag) -> None:
    id_ = platform.create("Dream", bag).id

    found: Any = platform.read("Dream", id_)

    assert plan.diff(platform.kind("Dream"), found.outputs, platform.checked("Dream", bag)) == ()

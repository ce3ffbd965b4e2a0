"""Where an entry that a crash kept out of the state goes: after what it needs, before what it was to replace."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_managed_agents.apply.exported import Exported
from pulumi_managed_agents.apply.placement import Placement, refuse_formless
from pulumi_managed_agents.errors import Untellable

PROVIDER = {"urn": "provider", "type": "pulumi:providers:managed-agents", "id": "1"}
MOMENT = "2026-11-21T10:00:00Z"


def entry(urn: str, id_: str = "", *needs: str, **more: Any) -> dict[str, Any]:
    """An entry of a state."""
    return {"urn": urn, "type": "t", "id": id_ or urn, "provider": "provider::1", "dependencies": list(needs), **more}


def placed(resources: list[dict[str, Any]], *found: dict[str, Any], replacing: Any = None) -> list[str]:
    """The ids of the state's entries with the found ones among them; `-` marks what is to be deleted."""
    state = Exported({}, [PROVIDER, *resources], [])
    placement = Placement(state)
    for each in found:
        placement.add(each, replacing)
    placement.write()
    return [("-" if each.get("delete") else "") + each["id"] for each in state.resources[1:]]


def test_a_first_one_goes_to_the_end() -> None:
    assert placed([entry("a"), entry("b")], entry("c")) == ["a", "b", "c"]


def test_a_replacement_goes_before_the_old_one_which_is_to_be_deleted() -> None:
    old = [entry("a", created=MOMENT), entry("b")]
    assert placed(old, entry("a", "new"), replacing=MOMENT) == ["new", "-a", "b"]


def test_a_replacement_of_one_that_is_deleted_already_takes_its_place() -> None:
    old = [entry("a", created=MOMENT, pendingReplacement=True), entry("b")]
    assert placed(old, entry("a", "new"), replacing=MOMENT) == ["new", "b"]


def test_a_replacement_under_another_name_goes_before_the_old_one_too() -> None:
    old = [entry("a", created=MOMENT), entry("b")]
    assert placed(old, entry("renamed", aliases=["z", "a"]), replacing=MOMENT) == ["renamed", "-a", "b"]


def test_a_replacement_stands_after_what_only_it_needs() -> None:
    old = [entry("a", created=MOMENT), entry("b"), entry("c")]
    assert placed(old, entry("a", "new", "b"), replacing=MOMENT) == ["-a", "b", "new", "c"]


def test_one_that_came_later_keeps_its_place() -> None:
    assert placed([entry("a", created=MOMENT), entry("b")], entry("a", "first")) == ["a", "b", "-first"]


def test_of_two_the_newer_one_is_there_to_stay() -> None:
    assert placed([], entry("a", "second"), entry("a", "first")) == ["second", "-first"]


def test_of_two_replacements_the_newer_one_is_there_to_stay() -> None:
    old = [entry("a", created=MOMENT)]
    assert placed(old, entry("a", "second"), entry("a", "first"), replacing=MOMENT) == ["second", "-a", "-first"]


def test_one_that_is_to_be_deleted_already_holds_no_place() -> None:
    old = [entry("a", "new"), entry("a", "old", delete=True)]
    assert placed(old, entry("a", "newest")) == ["newest", "-new", "-old"]


def test_states_without_moments_are_read_as_cut_off_replacements() -> None:
    assert placed([entry("a")], entry("a", "new")) == ["new", "-a"]


def test_what_is_gone_is_not_depended_on_any_more() -> None:
    found = entry("a", "", "gone", "b", parent="gone", deletedWith="gone", propertyDependencies={"x": ["gone", "b"]})

    assert placed([entry("b")], found) == ["b", "a"]

    assert found["dependencies"] == ["b"]
    assert found["propertyDependencies"] == {"x": ["b"]}
    assert not {"parent", "deletedWith"} & found.keys()


def test_a_provider_that_was_made_anew_is_the_one() -> None:
    found = entry("a", provider="provider::gone")
    placed([], found)
    assert found["provider"] == "provider::1"


@pytest.mark.parametrize("provider", ["another::1", None, 5, ""])
def test_without_a_provider_there_is_no_place(provider: Any) -> None:
    with pytest.raises(Untellable):
        placed([], entry("a", provider=provider))


@pytest.mark.parametrize(
    "wrong",
    [
        {"inputs": []},
        {"dependencies": "a"},
        {"dependencies": [5]},
        {"propertyDependencies": {"x": {}, "y": "a"}},
        {"parent": 5},
        {"deletedWith": []},
        {"replaceWith": [None]},
    ],
)
def test_an_entry_in_another_form_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Untellable):
        refuse_formless(entry("a", inputs={}) | wrong)

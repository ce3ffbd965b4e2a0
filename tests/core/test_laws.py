"""What holds for any two declarations that a kind accepts: their check, their comparison, their names, their bodies."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import Any

import pytest
from core.bags import CONTEXT, EVERY_KIND, checked, inputs_of
from core.laws import prove
from core.places import places, put
from core.test_names import to_wire
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.comparison.change import Change
from pulumi_managed_agents.comparison.observed import observed
from pulumi_managed_agents.declaration import shape as shapes
from pulumi_managed_agents.declaration.marks import Digest, Filled
from pulumi_managed_agents.declaration.names import expanded, from_api, is_ours, rebuilt, to_api, to_python, wire_name
from pulumi_managed_agents.declaration.shape import Shape, shape_of
from pulumi_managed_agents.declaration.values import JSON, UNKNOWN, Bag, Path, bare
from pulumi_managed_agents.lifecycle.bodies import patch
from pulumi_managed_agents.lifecycle.kind import Kind
from pulumi_managed_agents.platforms.qoder import Qoder

ON_QODER = replace(CONTEXT, capabilities=Qoder.capabilities)
NUMBERS = count(1)


@dataclass(frozen=True)
class Pair:
    """Two declarations of a kind, as they were written and as they are checked."""

    kind: Kind
    bag: Bag
    other: Bag
    data: st.DataObject

    @cached_property
    def checked(self) -> Bag:
        return checked(self.kind, self.bag)

    @cached_property
    def other_checked(self) -> Bag:
        return checked(self.kind, self.other)


# Check


def a_checked_bag_is_checked_already(pair: Pair) -> None:
    once, _ = plan.check(pair.kind, {}, pair.bag, CONTEXT)

    assert plan.check(pair.kind, {}, once, CONTEXT) == (once, [])
    assert plan.check(pair.kind, once, pair.bag, CONTEXT) == (once, [])


def what_was_generated_is_kept_for_the_life_of_the_object(pair: Pair) -> None:
    before, after = pair.bag, pair.other
    context = replace(CONTEXT, random_hex=lambda digits: f"{next(NUMBERS):0{digits}x}")
    old, _ = plan.check(pair.kind, {}, before, context)
    again, _ = plan.check(pair.kind, old, before, context)
    new, _ = plan.check(pair.kind, old, after, context)

    assert again == old
    assert new["creationId"] == old["creationId"]
    if "name" in old and "name" not in before and "name" not in after:
        assert new["name"] == old["name"]


def what_is_good_here_is_bad_there_only_for_what_is_missing_or_needed_there(pair: Pair) -> None:
    for found in plan.check(pair.kind.on("qoder"), {}, pair.bag, ON_QODER)[1]:
        # Ids of the two begin differently: what is nobody's here may be somebody's there.
        assert re.search("(does not exist|is required) on Qoder Cloud Agents|^is the id of", found.reason), found


def what_a_walk_does_not_change_is_the_value_that_was_given(pair: Pair) -> None:
    bag, shape = pair.checked, pair.kind.shape
    written = expanded(shape, bag)

    assert bare(bag) is bag
    assert expanded(shape, written) is written
    assert rebuilt(shape, bag, lambda _, value: value, wire_name) is bag


# Preview


def a_new_object_shows_its_inputs_and_nothing_that_only_the_platform_knows(pair: Pair) -> None:
    kind, new = pair.kind, pair.checked
    computed = shape_of(kind.outputs).properties

    shown = plan.preview(kind, plan.diff(kind, {}, new), {}, new)

    assert {wire: shown[wire] for wire in new} == new
    assert {wire for wire, value in shown.items() if value is UNKNOWN} == set(computed)


# Comparison


def nothing_differs_from_itself(pair: Pair) -> None:
    assert plan.diff(pair.kind, pair.checked, checked(pair.kind, pair.bag)) == ()


def a_difference_is_one_from_either_side(pair: Pair) -> None:
    one, other = pair.checked, pair.other_checked
    there, back = plan.diff(pair.kind, one, other), plan.diff(pair.kind, other, one)

    assert bool(there) is bool(back) or all(_is_one_sided(pair.kind, change) for change in (*there, *back))


def _is_one_sided(kind: Kind, change: Change) -> bool:
    """What the platform fills is no change when it goes, nor is the first digest of what was imported when it comes."""
    objects = [below for below in shapes.objects_below(kind.shape) if isinstance(below, shapes.Object)]
    named = [below.properties[wire] for below in objects if (wire := str(change.path[-1])) in below.properties]
    silent = {"add": Filled, "delete": Digest}.get(change.action)
    return silent is not None and any(prop.mark(silent) for prop in named)


def every_change_stands_where_one_of_the_values_has_something(pair: Pair) -> None:
    shape = shape_of(pair.kind.inputs)
    whole = [_with_defaults(shape, expanded(shape, bag)) for bag in (pair.bag, pair.other)]

    for change in plan.diff(pair.kind, pair.bag, pair.other):
        assert any(_is_there(bag, change.path) for bag in whole), change


def a_faithful_answer_gives_the_users_own_words_back(pair: Pair) -> None:
    shape = shape_of(pair.kind.inputs)
    sent = {wire: item for wire, item in pair.checked.items() if not is_ours(shape.properties[wire].shape)}
    answer = from_api(shape, bare(to_api(shape, expanded(shape, sent))))

    assert observed(shape, sent, answer) is sent


def an_unknown_put_anywhere_is_a_change_and_no_error(pair: Pair) -> bool | None:
    old, properties = pair.checked, shape_of(pair.kind.inputs).properties
    known = [path for path in places(old)[1:] if not is_ours(properties[str(path[0])].shape)]
    if not known:
        # Of some kinds everything is ours, or in the path.
        return None if all(is_ours(prop.shape) for prop in shapes.written(pair.kind.shape)) else False
    place = pair.data.draw(st.sampled_from(known))

    new = put(old, place, UNKNOWN)

    assert plan.diff(pair.kind, old, new)
    return None


def _with_defaults(shape: Shape, value: JSON) -> JSON:
    """The value with what stands for each property that it leaves out, at any depth."""
    declared = shapes.object_at(shape, value)
    if isinstance(shape, shapes.ListOf) and isinstance(value, list):
        return [_with_defaults(shape.item, item) for item in value]
    if declared is None or not isinstance(value, dict):
        return value
    defaults = {wire: prop.default for wire, prop in declared.properties.items() if prop.default is not None}
    known = {wire: prop.shape for wire, prop in declared.properties.items()}
    return {wire: _with_defaults(known.get(wire, Shape()), item) for wire, item in {**defaults, **value}.items()}


def _is_there(value: Any, path: Path) -> bool:
    if not path:
        return True
    head, *rest = path
    if isinstance(value, dict):
        # A default that is left out stands for itself below its parent.
        return head in value and _is_there(value[head], tuple(rest))
    # The position is the one in the new value: in the old one, a list without order may have the item anywhere.
    return isinstance(value, list) and any(_is_there(item, tuple(rest)) for item in value)


# Names and bodies


def a_value_comes_back_unchanged_from_its_python_form(pair: Pair) -> None:
    shape = shape_of(pair.kind.inputs)

    assert to_wire(shape, to_python(shape, pair.bag)) == pair.bag


def every_declared_name_is_snake_case_in_python(pair: Pair) -> None:
    shape = shape_of(pair.kind.inputs)

    assert [name for name in _declared_names(shape, to_python(shape, pair.bag)) if name != name.lower()] == []


def _declared_names(shape: Shape, value: JSON) -> list[str]:
    """The keys of a value that are not the user's own."""
    if isinstance(shape, shapes.ListOf) and isinstance(value, list):
        return [name for item in value for name in _declared_names(shape.item, item)]
    declared = shapes.object_at(shape, value)
    if declared is None or not isinstance(value, dict):
        return []
    inner = [_declared_names(prop.shape, value.get(prop.name)) for prop in declared.properties.values()]
    return [*value, *(name for names in inner for name in names)]


def without_a_change_there_is_nothing_to_send(pair: Pair) -> None:
    kind, old, new = pair.kind, pair.checked, checked(pair.kind, pair.bag)

    assert patch(shape_of(kind.inputs), plan.diff(kind, old, new), old, new) == {}


LAWS = {
    a_checked_bag_is_checked_already: 100,
    what_was_generated_is_kept_for_the_life_of_the_object: 100,
    what_is_good_here_is_bad_there_only_for_what_is_missing_or_needed_there: 60,
    what_a_walk_does_not_change_is_the_value_that_was_given: 100,
    a_new_object_shows_its_inputs_and_nothing_that_only_the_platform_knows: 100,
    nothing_differs_from_itself: 100,
    a_difference_is_one_from_either_side: 100,
    every_change_stands_where_one_of_the_values_has_something: 100,
    a_faithful_answer_gives_the_users_own_words_back: 100,
    an_unknown_put_anywhere_is_a_change_and_no_error: 100,
    a_value_comes_back_unchanged_from_its_python_form: 100,
    every_declared_name_is_snake_case_in_python: 100,
    without_a_change_there_is_nothing_to_send: 100,
}
"""Each with the number of its examples."""


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.name)
def test_every_law_holds_for_any_two_declarations(kind: Kind) -> None:
    bags = inputs_of(kind)

    prove(LAWS, st.builds(Pair, st.just(kind), bags, bags, st.data()))

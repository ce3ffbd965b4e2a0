"""What holds for the comparison of any two declarations."""

from typing import Any

import pytest
from core.bags import EVERY_KIND, checked, inputs_of
from core.places import places, put
from hypothesis import assume, given
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.comparison.observed import observed
from pulumi_managed_agents.declaration.names import expanded, from_api, is_ours, to_api
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.declaration.values import UNKNOWN, Bag, Path, bare
from pulumi_managed_agents.lifecycle.kind import Kind

every_kind = pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.name)


@every_kind
def test_nothing_differs_from_itself(kind: Kind) -> None:
    @given(inputs_of(kind))
    def holds(bag: Bag) -> None:
        assert plan.diff(kind, checked(kind, bag), checked(kind, bag)) == ()

    holds()


@every_kind
def test_a_difference_is_one_from_either_side(kind: Kind) -> None:
    @given(inputs_of(kind), inputs_of(kind))
    def holds(one: Bag, other: Bag) -> None:
        one, other = checked(kind, one), checked(kind, other)
        there, back = plan.diff(kind, one, other), plan.diff(kind, other, one)

        assert bool(there) is bool(back)

    holds()


@every_kind
def test_every_change_stands_where_one_of_the_values_has_something(kind: Kind) -> None:
    shape = shape_of(kind.inputs)

    @given(inputs_of(kind), inputs_of(kind))
    def holds(old: Bag, new: Bag) -> None:
        whole = [expanded(shape, _with_defaults(kind, bag)) for bag in (old, new)]

        for change in plan.diff(kind, old, new):
            assert any(_is_there(bag, change.path) for bag in whole), change

    holds()


@every_kind
def test_a_faithful_answer_gives_the_users_own_words_back(kind: Kind) -> None:
    shape = shape_of(kind.inputs)

    @given(inputs_of(kind))
    def holds(bag: Bag) -> None:
        sent = {wire: item for wire, item in checked(kind, bag).items() if not is_ours(shape.properties[wire].shape)}
        answer = from_api(shape, bare(to_api(shape, expanded(shape, sent))))

        assert observed(shape, sent, answer) is sent

    holds()


@every_kind
def test_an_unknown_put_anywhere_is_a_change_and_no_error(kind: Kind) -> None:
    @given(inputs_of(kind), st.data())
    def holds(bag: Bag, data: st.DataObject) -> None:
        old = checked(kind, bag)
        known = [path for path in places(old)[1:] if not is_ours(_property(kind, path).shape)]
        assume(known)
        place = data.draw(st.sampled_from(known))

        new = put(old, place, UNKNOWN)

        assert plan.diff(kind, old, new)

    holds()


def _property(kind: Kind, path: Path) -> Any:
    return shape_of(kind.inputs).properties[str(path[0])]


def _with_defaults(kind: Kind, bag: Bag) -> Bag:
    defaults = {wire: prop.default for wire, prop in shape_of(kind.inputs).properties.items()}
    return {wire: bag.get(wire, default) for wire, default in defaults.items()}


def _is_there(value: Any, path: Path) -> bool:
    if not path:
        return True
    head, *rest = path
    if isinstance(value, dict):
        # A default that is left out stands for itself below its parent.
        return head in value and _is_there(value[head], tuple(rest))
    return (
        isinstance(value, list) and isinstance(head, int) and head < len(value) and _is_there(value[head], tuple(rest))
    )

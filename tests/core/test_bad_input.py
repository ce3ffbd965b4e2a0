"""Check answers every bag with sentences: never an exception, and never a word of the value in them."""

import re
from typing import Any

import pytest
from core.bags import CONTEXT, EVERY_KIND, inputs_of
from core.places import places, put
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.model import Failure
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.declaration.values import UNKNOWN, Bag, Path
from pulumi_managed_agents.lifecycle.kind import Kind

every_kind = pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.name)

ODD_NUMBERS = st.sampled_from((float("nan"), float("inf"), -1, 0, 2**70, 0.5, -0.0))
ODD_TEXTS = st.text(max_size=5) | st.sampled_from(("", "\x00", "\ud800", "a" * 5000, "%s{}", "unknown", "\n"))
LEAVES = st.none() | st.booleans() | ODD_NUMBERS | ODD_TEXTS | st.just(UNKNOWN)
ANYTHING: Any = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXTS, inner, max_size=3), max_leaves=8
)
MARKER = "zQ7marker"
SECRETS = st.text(min_size=1, max_size=20).map(lambda text: f"{MARKER}{text}{MARKER}")


def somewhere(bag: Bag, data: st.DataObject) -> Path:
    """A place in the bag."""
    assume(bag)
    return data.draw(st.sampled_from(places(bag)[1:]))


def failures(kind: Kind, bag: Bag) -> list[Failure]:
    return plan.check(kind, {}, bag, CONTEXT)[1]


@every_kind
def test_any_json_under_every_property_is_judged(kind: Kind) -> None:
    names = st.sampled_from([*shape_of(kind.inputs).properties, "unheardOf", "type", ""])

    @settings(max_examples=200)
    @given(st.dictionaries(names, ANYTHING, max_size=6))
    def holds(bag: Bag) -> None:
        assert all(isinstance(found, Failure) and found.reason for found in failures(kind, bag))

    holds()


@every_kind
def test_any_json_at_any_place_of_a_good_bag_is_judged(kind: Kind) -> None:
    @settings(max_examples=200)
    @given(inputs_of(kind), ANYTHING, st.data())
    def holds(bag: Bag, bad: Any, data: st.DataObject) -> None:
        place = somewhere(bag, data)

        found = failures(kind, put(bag, place, bad))

        assert all(failure.path[:1] != () for failure in found)

    holds()


@every_kind
def test_what_is_not_known_yet_is_given_the_benefit_of_the_doubt_anywhere(kind: Kind) -> None:
    @settings(max_examples=200)
    @given(inputs_of(kind), st.data())
    def holds(bag: Bag, data: st.DataObject) -> None:
        place = somewhere(bag, data)

        assert failures(kind, put(bag, place, UNKNOWN)) == []

    holds()


@every_kind
def test_a_sentence_never_shows_the_value_it_is_about(kind: Kind) -> None:
    @settings(max_examples=200)
    @given(inputs_of(kind), SECRETS, st.sampled_from(("text", "list", "value of a map", "huge")), st.data())
    def holds(bag: Bag, secret: str, form: str, data: st.DataObject) -> None:
        forms = {"text": secret, "list": [secret], "value of a map": {"a": secret}, "huge": secret * 3000}
        place = somewhere(bag, data)

        assert [found for found in failures(kind, put(bag, place, forms[form])) if MARKER in str(found)] == []

    holds()


@every_kind
def test_a_sentence_is_plain_english(kind: Kind) -> None:
    @settings(max_examples=200)
    @given(inputs_of(kind), ANYTHING, st.data())
    def holds(bag: Bag, bad: Any, data: st.DataObject) -> None:
        place = somewhere(bag, data)

        for found in failures(kind, put(bag, place, bad)):
            assert re.match(r"[a-z]", found.reason), found.reason
            assert not re.search(r"pydantic|NoneType|\bdict\b|<class|Traceback|\bInput\b", found.reason), found.reason

    holds()


@every_kind
def test_all_failures_are_told_at_once_and_each_place_once(kind: Kind) -> None:
    @settings(max_examples=100)
    @given(inputs_of(kind), st.data())
    def holds(bag: Bag, data: st.DataObject) -> None:
        wires = data.draw(
            st.lists(st.sampled_from(sorted(bag)), min_size=2, unique=True) if len(bag) > 1 else st.nothing()
        )
        bad = {**bag, **dict.fromkeys(wires, object_of_no_type)}

        found = failures(kind, bad)

        paths = [failure.path for failure in found]
        assert len(set(paths)) == len(paths)
        assert {path[0] for path in paths} >= set(wires)

    holds()


object_of_no_type = {"unheardOf": [0.5]}


@every_kind
def test_the_same_bag_gets_the_same_answer(kind: Kind) -> None:
    @given(inputs_of(kind), ANYTHING, st.data())
    def holds(bag: Bag, bad: Any, data: st.DataObject) -> None:
        bag = put(bag, somewhere(bag, data), bad)
        before = repr(bag)

        assert repr(plan.check(kind, {}, bag, CONTEXT)) == repr(plan.check(kind, {}, bag, CONTEXT))
        assert repr(bag) == before

    holds()


@every_kind
def test_a_checked_bag_is_checked_already(kind: Kind) -> None:
    @given(inputs_of(kind))
    def holds(bag: Bag) -> None:
        once, _ = plan.check(kind, {}, bag, CONTEXT)

        assert plan.check(kind, {}, once, CONTEXT) == (once, [])
        assert plan.check(kind, once, bag, CONTEXT) == (once, [])

    holds()


@every_kind
def test_null_and_left_out_are_one_at_any_depth(kind: Kind) -> None:
    @given(inputs_of(kind), st.data())
    def holds(bag: Bag, data: st.DataObject) -> None:
        optional = [path for path in places(bag) if path and isinstance(path[-1], str) and _can_go(kind, bag, path)]
        assume(optional)
        place = data.draw(st.sampled_from(optional))

        assert plan.check(kind, {}, put(bag, place, None), CONTEXT) == plan.check(kind, {}, _cut(bag, place), CONTEXT)

    holds()


def _can_go(kind: Kind, bag: Bag, path: Path) -> bool:
    """Whether the property is declared, so that a null there is no JSON of the user's own."""
    words = ("inputSchema", "urlSources", "metadata")
    return not any(word in path[:-1] for word in words) and path[0] in shape_of(kind.inputs).properties and bool(bag)


def _cut(value: Any, path: Path) -> Any:
    head, *rest = path
    if rest:
        inner = _cut(value[head], tuple(rest))
        return {**value, head: inner} if isinstance(value, dict) else [*value[:head], inner, *value[int(head) + 1 :]]
    return {key: item for key, item in value.items() if key != head}

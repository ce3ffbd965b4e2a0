"""Check answers every bag with sentences: never an exception, and never a word of the value in them."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pytest
from core.bags import CONTEXT, EVERY_KIND, inputs_of
from core.laws import prove
from core.places import places, put
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.model import Failure
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.declaration.values import UNKNOWN, Bag, Path
from pulumi_managed_agents.lifecycle.kind import Kind
from pulumi_managed_agents.platforms.qoder import Qoder

every_kind = pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.name)

ODD_NUMBERS = st.sampled_from((float("nan"), float("inf"), -1, 0, 2**70, 0.5, -0.0))
ODD_TEXTS = st.text(max_size=5) | st.sampled_from(("", "\x00", "\ud800", "a" * 5000, "%s{}", "unknown", "\n"))
LEAVES = st.none() | st.booleans() | ODD_NUMBERS | ODD_TEXTS | st.just(UNKNOWN)
ANYTHING: Any = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXTS, inner, max_size=3), max_leaves=8
)
ON_QODER = replace(CONTEXT, capabilities=Qoder.capabilities)
MARKER = "zQ7marker"
SECRETS = st.text(min_size=1, max_size=20).map(lambda text: f"{MARKER}{text}{MARKER}")


@dataclass(frozen=True)
class Damage:
    """A good bag, a place in it, and what is put there; and a bag of nothing but such things."""

    kind: Kind
    bag: Bag
    heap: Bag
    secret: str
    form: str
    data: st.DataObject

    @cached_property
    def place(self) -> Path:
        """The same place for every law."""
        return self.data.draw(st.sampled_from(places(self.bag)[1:]))

    @property
    def bad(self) -> Any:
        """Anything: what is drawn for the heap does for the place too."""
        return next(iter(self.heap.values()), None)

    @cached_property
    def damaged(self) -> Bag:
        """The bag with anything at the place."""
        return dict(put(self.bag, self.place, self.bad))

    @cached_property
    def failures(self) -> list[Failure]:
        """What is told of it."""
        return failures(self.kind, self.damaged)


def failures(kind: Kind, bag: Bag) -> list[Failure]:
    return plan.check(kind, {}, bag, CONTEXT)[1]


def any_json_is_judged(at: Damage) -> None:
    assert all(failure.path[:1] != () for failure in at.failures)


def what_is_not_known_yet_is_given_the_benefit_of_the_doubt(at: Damage) -> None:
    assert failures(at.kind, put(at.bag, at.place, UNKNOWN)) == []


def a_sentence_never_shows_the_value_it_is_about(at: Damage) -> None:
    secret = at.secret
    forms = {"text": secret, "list": [secret], "value of a map": {"a": secret}, "huge": secret * 3000}

    found = failures(at.kind, put(at.bag, at.place, forms[at.form]))

    assert [each for each in found if MARKER in str(each)] == []


def a_sentence_is_plain_english(at: Damage) -> None:
    for found in at.failures:
        assert re.match(r"[a-z]", found.reason), found.reason
        assert not re.search(r"pydantic|NoneType|\bdict\b|<class|Traceback|\bInput\b", found.reason), found.reason


def all_failures_are_told_at_once_and_each_place_once(at: Damage) -> bool | None:
    if len(at.bag) < 2:
        return False
    wires = at.data.draw(st.lists(st.sampled_from(sorted(at.bag)), min_size=2, unique=True))
    bad = {**at.bag, **dict.fromkeys(wires, object_of_no_type)}

    found = failures(at.kind, bad)

    paths = [failure.path for failure in found]
    assert len(set(paths)) == len(paths)
    assert {path[0] for path in paths} >= set(wires)
    return None


object_of_no_type = {"unheardOf": [0.5]}


def the_same_bag_gets_the_same_answer(at: Damage) -> None:
    before = repr(at.damaged)

    assert repr(plan.check(at.kind, {}, at.damaged, CONTEXT)) == repr(plan.check(at.kind, {}, at.damaged, CONTEXT))
    assert repr(at.damaged) == before


def null_and_left_out_are_one_at_any_depth(at: Damage) -> bool | None:
    kind, bag = at.kind, at.bag
    optional = [path for path in places(bag) if path and isinstance(path[-1], str) and _can_go(kind, bag, path)]
    if not optional:
        return False
    place = at.data.draw(st.sampled_from(optional))

    assert plan.check(kind, {}, put(bag, place, None), CONTEXT) == plan.check(kind, {}, _cut(bag, place), CONTEXT)
    return None


def any_json_under_every_property_is_judged(at: Damage) -> None:
    assert all(isinstance(found, Failure) and found.reason for found in failures(at.kind, at.heap))


def so_it_is_on_the_other_platform(at: Damage) -> None:
    assert all(found.reason for found in plan.check(at.kind.on("qoder"), {}, at.heap, ON_QODER)[1])


LAWS = {
    any_json_is_judged: 200,
    what_is_not_known_yet_is_given_the_benefit_of_the_doubt: 200,
    a_sentence_never_shows_the_value_it_is_about: 200,
    a_sentence_is_plain_english: 200,
    all_failures_are_told_at_once_and_each_place_once: 100,
    the_same_bag_gets_the_same_answer: 100,
    null_and_left_out_are_one_at_any_depth: 100,
    any_json_under_every_property_is_judged: 200,
    so_it_is_on_the_other_platform: 60,
}
"""Each with the number of its examples."""


@every_kind
def test_every_law_holds_for_anything_at_any_place_of_a_good_bag_and_for_a_heap(kind: Kind) -> None:
    bags = inputs_of(kind).filter(bool)
    names = st.sampled_from([*shape_of(kind.inputs).properties, "unheardOf", "type", ""])
    heaps = st.dictionaries(names, ANYTHING, max_size=6)
    forms = st.sampled_from(("text", "list", "value of a map", "huge"))

    prove(LAWS, st.builds(Damage, st.just(kind), bags, heaps, SECRETS, forms, st.data()))


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

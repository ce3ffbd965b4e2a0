"""What is one value stays one: what a walk does not change it gives back, and what a request has twice is read once."""

from __future__ import annotations

from typing import Any

from core.bags import EVERY_KIND
from core.laws import prove
from google.protobuf import struct_pb2
from hypothesis import strategies as st

from pulumi_managed_agents.comparison.changes import changes
from pulumi_managed_agents.declaration.scrubbing import Scrubber
from pulumi_managed_agents.declaration.values import UNKNOWN, Secret, all_bare, bare
from pulumi_managed_agents.plugin.codec import decode, decode_alike, encode

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=20,
)
BAGS = st.dictionaries(st.text(max_size=9), DOCUMENTS, max_size=5)


def test_a_bag_with_a_secret_is_another_one_without_it_and_its_other_parts_stay() -> None:
    tools = [{"type": "custom"}]

    made = bare({"tools": tools, "auth": {"token": Secret("token-of-last-week")}})

    assert made == {"tools": tools, "auth": {"token": "token-of-last-week"}}
    assert made["tools"] is tools


def test_what_two_bags_share_they_share_bare() -> None:
    auth = {"token": Secret("token-of-last-week")}

    one, other = all_bare({"auth": auth}, {"auth": auth, "name": "a"})

    assert one["auth"] is other["auth"]
    assert other == {"auth": {"token": "token-of-last-week"}, "name": "a"}


def test_the_bags_of_a_request_are_read_as_each_by_itself() -> None:
    prove({as_each_by_itself: 100}, st.lists(BAGS, max_size=3))


def as_each_by_itself(bags: list[Any]) -> None:
    structs = [encode(bag) for bag in bags]

    assert decode_alike(*structs) == [decode(struct) for struct in structs]


def test_a_text_without_a_secret_leaves_all_around_it_as_it_is() -> None:
    bag = {"tools": [{"type": "custom", "name": "look"}], "said": "the token-of-last-week is old"}

    made = Scrubber(["token-of-last-week"]).marked(bag)

    assert made["tools"] is bag["tools"]
    assert made["said"] == Secret(bag["said"])


def test_what_is_the_same_in_two_bags_of_a_request_is_one_value() -> None:
    tools = [{"type": "custom", "name": "look"}]

    old, new = decode_alike(encode({"tools": tools, "name": "a"}), encode({"tools": tools, "name": "b"}))

    assert old["tools"] is new["tools"]
    assert (old["name"], new["name"]) == ("a", "b")


def test_true_and_one_are_two_values_of_a_request() -> None:
    old, new = decode_alike(encode({"metadata": {"a": True}}), encode({"metadata": {"a": 1}}))

    assert (old["metadata"]["a"], new["metadata"]["a"]) == (True, 1)
    assert isinstance(old["metadata"]["a"], bool) is not isinstance(new["metadata"]["a"], bool)


def test_what_is_not_known_yet_differs_from_itself() -> None:
    shape = next(kind for kind in EVERY_KIND if kind.name == "Agent").shape
    bag = {"model": "a-model", "metadata": {"team": UNKNOWN}}

    assert [change.path for change in changes(shape, bag, bag)] == [("metadata", "team")]


def test_a_value_is_written_in_place_as_it_would_be_by_itself() -> None:
    bag = {"list": [], "object": {}, "none": None, "inside": {"none": None}, "many": [None, True, 1, "a", {"b": [2.5]}]}

    fields = encode(bag).fields

    assert set(fields) == {"list", "object", "inside", "many"}
    assert fields["list"] == struct_pb2.Value(list_value=struct_pb2.ListValue())
    assert fields["object"] == struct_pb2.Value(struct_value=struct_pb2.Struct())
    assert decode(encode(bag)) == {"list": [], "object": {}, "inside": {}, "many": [None, True, 1, "a", {"b": [2.5]}]}

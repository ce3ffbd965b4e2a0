"""A value counts as what it says: a text that is not empty is not true, and `"5"` is a number where one is declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.bags import CONTEXT, EVERY_KIND, failures_of, inputs_of
from hypothesis import given
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.names import rebuilt, wire_name
from pulumi_managed_agents.declaration.shape import Scalar, Shape
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.plan.state import understood
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.kind import Kind

SESSION = {"agent": "agent_1", "environmentId": "env_1"}


def checked(**words: Any) -> Bag:
    inputs, failures = plan.check(KINDS["Session"], {}, {**SESSION, **words}, CONTEXT)
    assert failures == []
    return inputs


@pytest.mark.parametrize(("text", "meant"), [("true", True), ("True", True), ("false", False), ("False", False)])
def test_a_text_that_says_a_boolean_is_one(text: str, meant: bool) -> None:
    assert checked(interruptOnDelete=text)["interruptOnDelete"] is meant


@pytest.mark.parametrize(("said", "meant"), [("5", 5), (5.0, 5), ("0", 0)])
def test_a_text_that_says_a_number_is_one(said: Any, meant: int) -> None:
    limit = checked(readyTimeoutSeconds=said)["readyTimeoutSeconds"]

    assert (limit, type(limit)) == (meant, int)


@pytest.mark.parametrize("said", ["yes", "1", "0", "", "TRUE", "off", 1, 0, 1.0, [], {}])
def test_what_says_no_boolean_is_refused(said: Any) -> None:
    assert failures_of(KINDS["Session"], {**SESSION, "waitForReady": said}) == {"waitForReady": "must be true or false"}


@pytest.mark.parametrize("said", ["five", "5.5", "1e3", " 5", "0x5", "5_0", "\u0665", True, False, 5.5, [5], "9" * 40])
def test_what_says_no_whole_number_is_refused(said: Any) -> None:
    wrong = failures_of(KINDS["Session"], {**SESSION, "readyTimeoutSeconds": said})

    assert wrong == {"readyTimeoutSeconds": "must be a whole number"}


def test_it_counts_inside_lists_and_objects_too() -> None:
    inputs, failures = plan.check(
        KINDS["Agent"],
        {},
        {
            "model": "m",
            "tools": [{"type": "agent_toolset_20260401", "defaultConfig": {"enabled": "false"}}],
            "multiagent": {"type": "coordinator", "agents": [{"type": "agent", "id": "agent_1", "version": "3"}]},
        },
        CONTEXT,
    )

    assert failures == []
    assert inputs["tools"][0]["defaultConfig"]["enabled"] is False
    assert inputs["multiagent"]["agents"][0]["version"] == 3


@given(st.data())
def test_every_number_and_boolean_may_come_as_a_text_and_means_the_same(data: st.DataObject) -> None:
    kind: Kind = data.draw(st.sampled_from(EVERY_KIND))
    bag = data.draw(inputs_of(kind))

    plain, texts = (plan.check(kind, {}, each, CONTEXT) for each in (bag, as_texts(kind.shape, bag)))

    assert plain == texts


def as_texts(shape: Shape, value: Any) -> Any:
    if isinstance(shape, Scalar) and isinstance(value, bool | int):
        return str(value)
    return rebuilt(shape, value, as_texts, wire_name)


def test_a_state_that_an_older_version_wrote_is_read_the_same_way() -> None:
    known = understood(KINDS["Session"], {**SESSION, "interruptOnDelete": "false", "deleteTimeoutSeconds": "5"})

    assert known.usable["interruptOnDelete"] is False
    assert known.usable["deleteTimeoutSeconds"] == 5
    assert known.odd == ()


def test_arguments_of_functions_are_read_the_same_way() -> None:
    function = FUNCTIONS["listSessionEvents"]

    assert function.meant({"sessionId": "sesn_1", "limit": "5"}) == {"sessionId": "sesn_1", "limit": 5}
    (failure,) = function.failures(function.meant({"sessionId": "sesn_1", "limit": "five"}))
    assert str(failure) == "`limit` must be a whole number"

"""Whole numbers beyond 2^53 in a document of the user's own: numbers are doubles on Pulumi's wire."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from core.bags import failures_of
from core.platform import mounted
from hypothesis import given
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.comparison.changes import same
from pulumi_managed_agents.plugin.codec import decode, encode
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.platform import Platform

    from pulumi_managed_agents.declaration.values import Bag

LARGE = 2**63 - 1
AGENT = KINDS["Agent"]


def agent(schema: Any, model: str = "claude-opus-5-5") -> Bag:
    """An agent with a tool of the user's own."""
    return {
        "name": "a",
        "model": model,
        "tools": [{"type": "custom", "name": "t", "description": "d", "inputSchema": schema}],
    }


def schema(most: Any = LARGE) -> Bag:
    """A schema with a number in it."""
    return {"type": "object", "properties": {"n": {"type": "integer", "maximum": most}}}


@pytest.fixture(params=["claude", "qoder"])
def platform(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Platform]:
    with mounted(tmp_path / "world.emulator", platform=request.param) as platform:
        platform.draws = True
        yield platform


def over_the_wire(bag: Bag) -> Bag:
    return decode(encode(bag))


def maximum(document: Any) -> Any:
    document = json.loads(document) if isinstance(document, str) else document
    return document["properties"]["n"]["maximum"]


def test_a_document_given_as_text_is_sent_with_its_digits(platform: Platform) -> None:
    bag = agent(json.dumps(schema(), indent=2), platform.model)
    state = platform.create("Agent", bag)

    assert platform.stored("agents", state.id)["tools"][0]["input_schema"] == schema()
    held = over_the_wire(state.outputs)
    assert held["tools"] == bag["tools"]
    found = platform.read("Agent", state.id, held)
    assert found is not None
    assert found.outputs["tools"] == bag["tools"]


def test_what_another_wrote_keeps_its_digits(platform: Platform) -> None:
    state = platform.create("Agent", agent(json.dumps(schema()), platform.model))

    drifted = platform.read("Agent", state.id, {**state.outputs, **agent(schema(5), platform.model)})
    imported = platform.read("Agent", state.id)

    for found in (drifted, imported):
        assert found is not None
        assert maximum(over_the_wire(found.outputs)["tools"][0]["inputSchema"]) == LARGE


def test_a_document_is_the_same_as_text_or_as_an_object(platform: Platform) -> None:
    kind = platform.kind("Agent")
    small = schema(5)
    state = platform.create("Agent", agent(small, platform.model))

    again = platform.checked("Agent", agent(json.dumps(small, indent=4), platform.model), state.outputs)

    assert plan.diff(kind, state.outputs, again) == ()
    other = platform.checked("Agent", agent(json.dumps(schema(6)), platform.model), state.outputs)
    assert [change.name for change in plan.diff(kind, state.outputs, other)] == ["tools"]


def test_two_numbers_that_one_double_stands_for_are_two(platform: Platform) -> None:
    state = platform.create("Agent", agent(json.dumps(schema(LARGE)), platform.model))

    other = platform.checked("Agent", agent(json.dumps(schema(LARGE - 1)), platform.model), state.outputs)
    platform.update("Agent", state, agent(json.dumps(schema(LARGE - 1)), platform.model))

    assert [change.name for change in plan.diff(platform.kind("Agent"), state.outputs, other)] == ["tools"]
    assert maximum(platform.stored("agents", state.id)["tools"][0]["input_schema"]) == LARGE - 1


@pytest.mark.parametrize("number", [2**53, LARGE, -(2**53), float(2**60)])
def test_a_number_that_may_have_lost_digits_is_refused_with_the_way_out(number: float) -> None:
    found = failures_of(AGENT, over_the_wire(agent(schema(number))))

    (path,) = found
    assert path == "tools[0].inputSchema.properties.n.maximum"
    assert "as JSON text" in found[path]


@pytest.mark.parametrize("number", [2**53 - 1, -(2**53) + 1, 0.5, 7])
def test_a_number_that_has_all_its_digits_is_taken(number: float) -> None:
    assert failures_of(AGENT, over_the_wire(agent(schema(number)))) == {}


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("{", "tools[0].inputSchema", "is no JSON"),
        ("[1]", "tools[0].inputSchema", "must be a JSON object"),
        ('{"type": "object", "type": "object"}', "tools[0].inputSchema", "twice"),
        ('{"type": "string"}', "tools[0].inputSchema.type", 'must be "object"'),
        ('{"type": "object", "$ref": "#/a"}', "tools[0].inputSchema", "$ref"),
        ("", "tools[0].inputSchema", "is no JSON"),
    ],
)
def test_a_text_that_is_no_schema_is_refused(text: str, path: str, words: str) -> None:
    found = failures_of(AGENT, agent(text))

    assert list(found) == [path]
    assert words in found[path]


@given(st.integers(-(2**70), 2**70))
def test_a_document_as_text_comes_over_the_wire_as_it_was(number: int) -> None:
    text = json.dumps(schema(number))
    shape = AGENT.shape

    assert failures_of(AGENT, over_the_wire(agent(text))) == {}
    assert same(shape.properties["tools"].shape, over_the_wire(agent(text))["tools"], agent(schema(number))["tools"])

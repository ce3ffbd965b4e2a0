"""Rules about pinned agents and models."""

from __future__ import annotations

from typing import Any

import pytest
from policy.views import MODEL, agent, broken, session

from pulumi_managed_agents.policy.rules import PINNED_AGENT, PINNED_MODEL
from pulumi_managed_agents.policy.view import Withheld


@pytest.mark.parametrize("kind", ["Session", "Deployment"])
@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("agent_1", ["review"]),
        ({"id": "agent_1"}, ["review"]),
        ({"id": Withheld.UNKNOWN}, ["review"]),
        ({"id": "agent_1", "version": 3}, []),
        ({"id": "agent_1", "version": Withheld.UNKNOWN}, []),
        (Withheld.UNKNOWN, []),
    ],
)
def test_an_agent_is_pinned_by_its_version(kind: str, reference: Any, expected: list[str]) -> None:
    assert broken(PINNED_AGENT, session(kind=kind, agent=reference)) == expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (MODEL, []),
        ({"id": MODEL, "effort": {"type": "high"}}, []),
        ("claude-opus-4-8", ["reviewer"]),
        ({"id": "claude-opus-4-8"}, ["reviewer"]),
        (Withheld.UNKNOWN, []),
        ({"id": Withheld.UNKNOWN}, []),
    ],
)
def test_a_model_is_pinned_by_its_date(model: Any, expected: list[str]) -> None:
    assert broken(PINNED_MODEL, agent(model=model)) == expected


def test_models_that_are_listed_count_as_pinned() -> None:
    assert broken(PINNED_MODEL, agent(model="claude-opus-4-8"), pinnedModels=["claude-opus-4-8"]) == []


def test_the_model_with_which_a_session_overrides_its_agents_counts_too() -> None:
    override = {"id": "agent_1", "version": 1, "model": {"id": "claude-opus-4-8"}}

    assert broken(PINNED_MODEL, agent(), session(agent=override)) == ["review"]

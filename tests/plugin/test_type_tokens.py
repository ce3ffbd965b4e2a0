"""Under which types of a resource this provider works: what it takes, the rules of the policy pack see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import pulumi_managed_agents as ma

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(
    "token",
    [{"module": "evil", "name": "Agent"}, {"module": "", "name": "Agent"}, {"module": "managedagents", "name": "Evil"}],
)
def test_a_class_keeps_the_type_of_its_kind(token: Mapping[str, str]) -> None:
    with pytest.raises(TypeError, match="has the type of its kind"):
        type("Evil", (ma.Agent,), {}, **token)


def test_a_class_of_somebodys_own_is_the_same_type_of_resource() -> None:
    own = type("Reviewer", (ma.Agent,), {})

    assert type_of(own) == "pulumi-python:dynamic/managedagents:Agent"


def type_of(resource: type) -> str:
    """What the engine is told: the SDK puts the language before it."""
    return f"pulumi-python:{vars(resource)['_resource_type_name']}"

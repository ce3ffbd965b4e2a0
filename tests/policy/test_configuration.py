"""Levels and parameters, and what is said of wrong ones."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_managed_agents.policy.configuration import PolicyConfigError, chosen, schema
from pulumi_managed_agents.policy.rules import RULES, SESSION_BUDGET


def levels(config: Any) -> dict[str, str]:
    return {item.rule.name: item.level for item in chosen(RULES, config)}


def test_rules_have_their_own_levels_where_nothing_is_configured() -> None:
    assert levels({}) == {rule.name: rule.level for rule in RULES if rule.level != "disabled"}


def test_a_rules_own_level_comes_before_the_level_of_all() -> None:
    assert levels({"all": "disabled", "pinned-agent": "mandatory"}) == {"pinned-agent": "mandatory"}
    assert levels({"all": "disabled", "pinned-agent": {"enforcementLevel": "advisory"}}) == {"pinned-agent": "advisory"}
    assert (
        levels({"all": "mandatory", "session-budget": {"maxBudgetCents": 5}} | NEEDED)["session-budget"] == "mandatory"
    )
    assert "classic-token" not in levels({"classic-token": "disabled"})


NEEDED = dict.fromkeys(("allowed-owners", "stack-budget", "allowed-mcp-hosts"), "disabled")


def test_parameters_that_are_left_out_have_their_defaults() -> None:
    (item,) = chosen([SESSION_BUDGET], {"session-budget": {"maxBudgetCents": 900.0}})

    assert item.parameters.model_dump(by_alias=True) == {"maxBudgetCents": 900, "budgetCents": 500}


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ([], 'The configuration has to be an object, as in {"pinned-agent": "mandatory"}.'),
        ({"no-such-rule": "mandatory"}, "'no-such-rule' is no rule: there are classic-token, "),
        ({"all": "loud"}, "all: `enforcementLevel` has to be one of advisory, mandatory, remediate, disabled."),
        ({"pinned-agent": {"enforcementLevel": 3}}, "pinned-agent: `enforcementLevel` has to be one of "),
        ({"pinned-agent": 3}, "pinned-agent: has to be a level or an object."),
        ({"pinned-agent": {"x": 1}}, "pinned-agent: `x` is no parameter: there is none."),
        ({"pinned-model": {"x": 1}}, "pinned-model: `x` is no parameter: there is `pinnedModels`."),
        ({"allowed-owners": "mandatory"}, "allowed-owners: `allowedOwners` is not set, and the rule needs it."),
        ({"session-budget": {"budgetCents": "9"}}, "session-budget: `budgetCents` has to be a valid integer."),
        ({"session-budget": {"budgetCents": 0}}, "session-budget: `budgetCents` has to be greater than or equal to 1."),
        ({"session-budget": {"budgetCents": 1.5}}, "session-budget: `budgetCents` has to be a valid integer."),
        ({"pinned-model": {"pinnedModels": [1]}}, "pinned-model: `pinnedModels[0]` has to be a valid string."),
        (
            {"protected-kinds": {"protectedKinds": ["Bus"]}},
            "protected-kinds: `protectedKinds[0]` is no kind: there are ",
        ),
        (
            {"asked-before-writing": {"writeTools": ["sh"]}},
            "asked-before-writing: `writeTools[0]` is no tool: there are ",
        ),
        ({"allowed-mcp-hosts": {"allowedHosts": ["https://x"]}}, "allowed-mcp-hosts: `allowedHosts[0]` "),
        ({"allowed-owners": {"enforcementLevel": "disabled", "allowedOwners": 1}}, "allowed-owners: `allowedOwners` "),
    ],
)
def test_a_wrong_configuration_names_the_rule_and_the_parameter(config: Any, message: str) -> None:
    with pytest.raises(PolicyConfigError) as error:
        chosen(RULES, config)

    assert str(error.value).startswith(message)


def test_every_parameter_has_a_schema_that_says_what_it_is() -> None:
    described = {name: about for rule in RULES for name, about in schema(rule).items()}

    assert all(about["description"].endswith(".") for about in described.values())
    assert {about["type"] for about in described.values()} <= {"array", "integer", "string"}
    assert described["maxBudgetCents"] == {
        "description": "The most that a budget may be, in cents (default: no limit).",
        "minimum": 1,
        "type": "integer",
    }

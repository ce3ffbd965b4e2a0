"""Rules about budgets, and the remedy for a missing one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from policy.views import BUDGET, broken, found, not_checked, session

from pulumi_managed_agents.policy.configuration import parameters_of
from pulumi_managed_agents.policy.rule import Change
from pulumi_managed_agents.policy.rules import SESSION_BUDGET, STACK_BUDGET
from pulumi_managed_agents.policy.view import Withheld


def budget(cents: Any) -> dict[str, Any]:
    return {"type": "limit", "maxListCost": {"amount": cents, "currency": "USD"}}


@pytest.mark.parametrize("kind", ["Session", "Deployment"])
def test_a_session_without_a_budget_is_found(kind: str) -> None:
    assert found(SESSION_BUDGET, session(kind=kind, budget=None)) == [("review", "has no budget")]


@pytest.mark.parametrize("given", [BUDGET, Withheld.UNKNOWN, budget(Withheld.UNKNOWN)])
def test_a_session_with_a_budget_is_fine(given: Any) -> None:
    assert broken(SESSION_BUDGET, session(budget=given)) == []
    assert broken(SESSION_BUDGET, session(budget=given), maxBudgetCents=500) == []


def test_a_budget_above_the_largest_that_is_allowed_is_found() -> None:
    assert found(SESSION_BUDGET, session(), maxBudgetCents=499) == [
        ("review", "has a larger budget than `maxBudgetCents` allows")
    ]


def test_a_platform_that_bills_credits_is_left_alone() -> None:
    there = replace(session(budget=None), platform="qoder")

    assert broken(SESSION_BUDGET, there) == []
    assert SESSION_BUDGET.remedy is not None
    assert SESSION_BUDGET.remedy(there, parameters_of(SESSION_BUDGET, {})) is None


def test_an_encrypted_budget_is_not_guessed_at() -> None:
    assert not_checked(SESSION_BUDGET, session(budget=Withheld.SECRET)) == ["review"]


@pytest.mark.parametrize(
    ("given", "cents"), [({}, "500"), ({"budgetCents": 200}, "200"), ({"maxBudgetCents": 100}, "100")]
)
def test_the_remedy_adds_a_budget_that_is_allowed(given: dict[str, int], cents: str) -> None:
    parameters = parameters_of(SESSION_BUDGET, given)

    assert SESSION_BUDGET.remedy is not None
    assert SESSION_BUDGET.remedy(session(budget=None), parameters) == Change(("budget",), budget(cents))
    assert SESSION_BUDGET.remedy(session(), parameters) is None
    assert SESSION_BUDGET.remedy(session(budget=Withheld.UNKNOWN), parameters) is None


def test_budgets_may_add_up_to_what_is_allowed() -> None:
    sessions = [session("a"), session("b"), session("c", kind="Deployment"), session("d", budget=None)]

    assert broken(STACK_BUDGET, *sessions, maxStackBudgetCents=1500) == []


def test_the_budget_that_goes_beyond_what_is_allowed_is_found_once() -> None:
    assert broken(STACK_BUDGET, session("a"), session("b"), session("c"), maxStackBudgetCents=999) == ["b"]


def test_budgets_in_credits_count_nothing() -> None:
    in_credits = replace(session("b", budget={"type": "limit", "maxCreditCost": "900"}), platform="qoder")

    assert broken(SESSION_BUDGET, in_credits) == []
    assert broken(STACK_BUDGET, session("a"), in_credits, maxStackBudgetCents=500) == []
    assert not_checked(STACK_BUDGET, session("a"), in_credits, maxStackBudgetCents=500) == []


def test_unknown_budgets_count_nothing() -> None:
    sessions = [session("a"), session("b", budget=Withheld.UNKNOWN)]

    assert broken(STACK_BUDGET, *sessions, maxStackBudgetCents=500) == []

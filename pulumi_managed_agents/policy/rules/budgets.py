"""Rules about what sessions may cost, in money: of a platform that bills credits these rules say nothing."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...declaration.money import cents
from ..rule import Broken, Change, Outcomes, Parameters, ResourceRule, StackRule, unchecked
from ..view import JSON, Declared, Stack, Withheld, first_hidden, text, within

_SPENDING = ("Session", "Deployment")
_IN_CREDITS = "qoder"


class SessionBudget(Parameters):
    """What one session may cost."""

    max_budget_cents: Annotated[
        int | None, Field(ge=1, description="The most that a budget may be, in cents (default: no limit).")
    ] = None
    budget_cents: Annotated[
        int, Field(ge=1, description="The budget, in cents, that the remediation gives a session without one.")
    ] = 500


def _cents(declared: Declared) -> JSON:
    """The budget in cents; None where there is none, or why it cannot be seen."""
    budget = declared.get("budget")
    if budget is None:
        return None
    words = {"limit": within(budget, "type"), "USD": within(budget, "maxListCost", "currency")}
    amount = text(within(budget, "maxListCost", "amount"))
    hidden = first_hidden([amount, *(word for word in words.values() if isinstance(word, Withheld))])
    if hidden or any(word != meant for meant, word in words.items()):
        return hidden or Withheld.UNREADABLE
    return (cents(amount) if amount is not None else None) or Withheld.UNREADABLE


def _budget(declared: Declared, parameters: SessionBudget) -> Outcomes:
    if declared.platform == _IN_CREDITS:
        return
    amount, most = _cents(declared), parameters.max_budget_cents
    yield from unchecked(declared, "its budget", amount)
    if amount is None:
        yield Broken(declared, "has no budget")
    elif isinstance(amount, int) and most is not None and amount > most:
        yield Broken(declared, "has a larger budget than `maxBudgetCents` allows")


def _budgeted(declared: Declared, parameters: SessionBudget) -> Change | None:
    if declared.platform == _IN_CREDITS or declared.get("budget") is not None:
        return None
    amount = min(parameters.budget_cents, parameters.max_budget_cents or parameters.budget_cents)
    return Change(("budget",), {"type": "limit", "maxListCost": {"amount": str(amount), "currency": "USD"}})


SESSION_BUDGET = ResourceRule(
    name="session-budget",
    sentence="A session has a budget.",
    severity="medium",
    fix="Set `budget` to a limit.",
    level="advisory",
    parameters=SessionBudget,
    notes="Deployments too: theirs holds for each session that they start. The remediation adds a missing budget. A "
    "budget can only be set when a session is created, so on a session that exists it replaces it, as the preview "
    "shows. Budgets on Qoder Cloud Agents are in credits, and the rule says nothing there.",
    kinds=_SPENDING,
    check=_budget,
    remedy=_budgeted,
)


class StackBudget(Parameters):
    """What all sessions together may cost."""

    max_stack_budget_cents: Annotated[
        int, Field(ge=0, description="The most that all budgets may add up to, in cents.")
    ]


def _total(stack: Stack, parameters: StackBudget) -> Outcomes:
    total = 0
    for declared in stack.of_kind(*_SPENDING):
        if declared.platform == _IN_CREDITS:
            continue
        amount = _cents(declared)
        yield from unchecked(declared, "its budget", amount)
        added = amount if isinstance(amount, int) else 0
        if total <= parameters.max_stack_budget_cents < total + added:
            yield Broken(declared, "takes the budgets of the stack beyond what `maxStackBudgetCents` allows")
        total += added


STACK_BUDGET = StackRule(
    name="stack-budget",
    sentence="The budgets of a stack add up to no more than is allowed.",
    severity="medium",
    fix="Lower a budget, or remove a session that is not needed any more.",
    level="disabled",
    parameters=StackBudget,
    notes="Sessions and deployments count with their budget, a deployment once: what it spends depends on how often it "
    "runs. One without a budget does not count here: see `session-budget`; nor does one in credits. The first "
    "resource, by URN, that passes the limit is the one that is named.",
    check=_total,
)

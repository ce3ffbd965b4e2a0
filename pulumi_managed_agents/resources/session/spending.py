"""What a session has cost of its budget, as far as the platform tells."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ...declaration.values import JSON, Bag

_PARTS: Final = (
    ("max_list_cost", "list_cost", "USD cents"),
    ("max_credit_cost", "total_credits", "credits"),
)
"""Of a budget the limit, of the usage what counts against it, and what both are in."""


def budget_usage(session: Bag) -> Bag | None:
    """Spend against budget of a session in the platform's words; None where it has none, or no such number is told."""
    budget, usage = _bag(session.get("budget")), _bag(session.get("usage"))
    for ceiling, cost, unit in _PARTS:
        limit, spent = _amount(budget.get(ceiling)), _amount(usage.get(cost))
        if limit is not None and spent is not None:
            return {"spent": f"{spent:f}", "limit": f"{limit:f}", "unit": unit, "reached": spent >= limit}
    return None


def _bag(value: JSON) -> Bag:
    return value if isinstance(value, dict) else {}


def _amount(value: JSON) -> Decimal | None:
    """A number, be it a text or an amount of money."""
    told = value.get("amount") if isinstance(value, dict) else value
    try:
        amount = Decimal(str(told)) if told is not None and not isinstance(told, bool) else None
    except InvalidOperation:
        return None
    return amount if amount is not None and amount.is_finite() else None

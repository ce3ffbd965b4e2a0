"""A session's spend ceiling. It can be moved or removed, never added later (sections 4.2 and 4.3)."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from .. import settings
from ..platform.bodies import Closed
from ..world import JSON, Transaction
from . import multiagent
from .errors import invalid


class Money(Closed):
    """An amount in cents, as text."""

    amount: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,17}$")]
    currency: Literal["USD"]


class Budget(Closed):
    """A ceiling in list prices."""

    type: Literal["limit"]
    max_list_cost: Money


def check_priced(tx: Transaction, agent: JSON) -> None:
    """Every model that a session can run needs a list price."""
    for model in _models(agent):
        if model in settings.value(tx, "models_without_price"):
            raise invalid(f"budget: {model} has no list price (model_not_budgetable)", "model_not_budgetable")


def spent(session: JSON) -> int:
    """What a session has cost, in cents."""
    return int(session["usage"]["list_cost"]["amount"])


def reached(session: JSON) -> bool:
    """Whether a session has used its budget up."""
    return session["budget"] is not None and spent(session) >= int(session["budget"]["max_list_cost"]["amount"])


def replace(tx: Transaction, session: JSON, sent: Budget | None) -> JSON | None:
    """The budget after an update."""
    if sent is None:
        return None
    if session["budget"] is None:
        raise invalid("budget: only a create can set a budget (budget_create_only)", "budget_create_only")
    check_priced(tx, session["agent"])
    if int(sent.max_list_cost.amount) <= spent(session):
        raise invalid("budget.max_list_cost: must exceed what is spent (budget_not_raised)", "budget_not_raised")
    return sent.model_dump()


def _models(agent: JSON) -> set[str]:
    models = {agent["model"]["id"]}
    roster = agent["multiagent"]
    for member in multiagent.members(roster):
        models.add(member["model"] if member["type"] == "advisor" else member["model"]["id"])
    advisor = (roster or {}).get("advisor", {}).get("model")
    return models | ({advisor} if advisor else set())

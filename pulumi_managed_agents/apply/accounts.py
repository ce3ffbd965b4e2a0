"""Of which account an object is: a key of another one is told that the object is not there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import OtherAccount
from ..plan.state import ACCOUNT
from ..platforms.service import Accounted

if TYPE_CHECKING:
    from ..declaration.values import Bag
    from ..errors import NotFound
    from ..lifecycle.kind import Kind
    from ..lifecycle.steps import State
    from ..platforms.service import Backend


def asking(backend: Backend) -> str | None:
    """The account of the key that asks, as far as answers have told."""
    return backend.account if isinstance(backend, Accounted) else None


def account_of(outputs: Bag) -> str | None:
    """The account that an object is of, as far as its state tells."""
    account = outputs.get(ACCOUNT)
    return account if isinstance(account, str) else None


def with_account(state: State, kind: Kind, account: str | None) -> State:
    """The state with the account that the object is of."""
    if account is None or not kind.lifecycle.kept(state.outputs):
        return state
    return replace(state, outputs={**state.outputs, ACCOUNT: account})


def refuse_other_account(account: str | None, asked: str | None, answer: NotFound) -> None:
    """That an object is not there is for its own account to say.

    Raises:
        OtherAccount: the key that asked is of another one.
    """
    if account is not None and asked is not None and differ(account, asked):
        raise OtherAccount(
            f"{answer.attempt}: the key is of another account (organization/workspace {asked}) than the object "
            f"({account}), which only its own account could miss. Use a key of {account}; to leave the object where "
            f"it is, take it out of the state with `pulumi state delete`."
        )


def differ(account: str, asked: str) -> bool:
    """Whether two accounts are not the same, as far as both are known."""
    pairs = zip(account.split("/"), asked.split("/"), strict=False)
    return any(own != other for own, other in pairs if own and other)

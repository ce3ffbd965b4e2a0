"""Create, read, update and delete: a kind's lifecycle carried out, and no id lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..declaration.platform import UNSAID
from ..errors import NotReady
from ..lifecycle.steps import State, Steps
from ..plan.diff import diff, refuse_elsewhere, refuse_others
from ..resources.parts.access import Denied
from .accounts import account_of, asking, with_account
from .context import Context
from .steps import T, driven

if TYPE_CHECKING:
    from ..declaration.model import Failure
    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind


def create(kind: Kind, inputs: Bag, context: Context) -> State:
    """Makes the object.

    Raises:
        CallFailed: it was not made.
        NotReady: it was made, and carries its id and state.
    """
    state = _on_platform(driven(kind.lifecycle.create(kind, inputs), context), kind, context)
    return _completed(with_account(state, kind, asking(context.backend)))


def read(kind: Kind, id: str, managed: Bag | None, context: Context) -> State | None:
    """The object as it is now, in the user's words; None when it is gone."""
    refuse_elsewhere(kind, context.backend.capabilities.key)
    refuse_others(kind, managed or {}, context.backend.capabilities.key)
    state = driven(kind.lifecycle.read(kind, id, managed), context, account_of(managed or {}))
    if state is None:
        return None
    state = with_account(state, kind, asking(context.backend))
    return _on_platform(state, kind, context) if managed is None else state


def update(kind: Kind, id: str, old: Bag, new: Bag, context: Context) -> State:
    """Makes the object what is wanted.

    Raises:
        CallFailed: nothing was changed.
        NotReady: some of it was changed, or what was wanted did not come about; carries the state reached.
    """
    refuse_others(kind, old, context.backend.capabilities.key)
    changed = diff(kind, old, new, now=context.clock())
    account = account_of(old)
    state = driven(kind.lifecycle.update(kind, id, changed, old, new), context, account)
    return _completed(with_account(state, kind, asking(context.backend) or account))


def delete(kind: Kind, id: str, old: Bag, context: Context) -> None:
    """Removes the object, or finds it gone."""
    refuse_others(kind, old, context.backend.capabilities.key)
    driven(kind.lifecycle.delete(kind, id, old), context, account_of(old))


def _on_platform(state: State, kind: Kind, context: Context) -> State:
    """The state with the platform that it is of, where that is not the usual one."""
    key = context.backend.capabilities.key
    if key == UNSAID or not kind.lifecycle.listed:
        return state
    return replace(state, outputs={**state.outputs, "platform": key})


def verify(kind: Kind, old: Bag, new: Bag, context: Context) -> list[Failure]:
    """What is wrong with checked inputs as far as others than the platform can tell before anything is made."""
    steps = kind.verify(old, new)
    if steps is None:
        return []
    try:
        driven(steps, context)
    except Denied as denied:
        return [denied.failure]
    return []


def look_up(steps: Steps[T], context: Context) -> T:
    """What the steps find; they change nothing."""
    return driven(steps, context)


def _completed(state: State) -> State:
    if state.pending:
        raise NotReady(state.id, state.outputs, list(state.pending))
    return state

"""Create, read, update and delete: a kind's lifecycle carried out, and no id lost."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ..declaration.marks import Deed
from ..declaration.stamp import place_of
from ..declaration.values import bare
from ..errors import CallFailed, ManagedAgentsError, NotReady, Refused
from ..lifecycle.doubts import DOUBT
from ..lifecycle.steps import Call, State, Steps
from ..plan.diff import diff, refuse_elsewhere, refuse_misnamed, refuse_others
from ..plan.lacking import lasting
from ..plan.mending import completed
from ..plan.state import Understood, understood
from ..resources.parts.denial import Denied
from .accounts import account_of, asking, with_account
from .context import Context
from .deeds import deed_of, done_once_noted, is_deed
from .intents import Intent, intent_of, under_note
from .steps import T, driven
from .unfinished import Remains, done_by, remains_of, removed

if TYPE_CHECKING:
    from ..declaration.model import Failure
    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind


def create(kind: Kind, inputs: Bag, context: Context) -> State:
    """Makes the object; what a create that was cut off had made for the same resource goes.

    Raises:
        CallFailed: it was not made, or nobody knows.
        NotReady: it was made, and carries its id and state.
    """
    place = place_of(str(inputs.get("creationId")))
    if place is None or not kind.lifecycle.kept(inputs):
        return _made(kind, inputs, context, {})
    with context.intents.unfinished(place) as intents:
        left = [remains_of(intent, kind, inputs, context) for intent in intents if not is_deed(intent)]
        for remains in left:
            if remains.state and not kind.lifecycle.removal:
                return _recognised(remains.state, remains.intent, kind, inputs, context)
        if kind.old_first:
            _settle(left, kind, context)
        try:
            state = _noted(kind, inputs, context, done_by(left, kind, inputs))
        except NotReady:
            _settle(left, kind, context)
            raise
        _settle(left, kind, context)
        return state


def _recognised(state: State, before: Intent, kind: Kind, inputs: Bag, context: Context) -> State:
    """What cannot be taken back, and is not done again; noted as this create's until the engine has the answer."""
    intent = replace(intent_of(kind, inputs), known=before.known, deed=before.deed)
    context.intents.begin(intent)
    context.intents.forget(before.creation_id)
    context.intents.answered(intent.creation_id)
    return state


def _settle(left: list[Remains], kind: Kind, context: Context) -> None:
    """Takes away what was made, once; what could not be removed stays noted."""
    while left:
        remains = left.pop()
        if removed(remains, kind, context):
            context.intents.forget(remains.intent.creation_id)


def _noted(kind: Kind, inputs: Bag, context: Context, done: Bag) -> State:
    """Makes the object, with a note of it for as long as the engine does not have the answer."""
    intent = intent_of(kind, inputs)
    context.intents.begin(intent)
    with under_note(context.intents, intent.creation_id):
        return _made(kind, inputs, context.intending(intent), done)


def _made(kind: Kind, inputs: Bag, context: Context, done: Bag) -> State:
    """Makes the object; `done` is what a create that was cut off had done and cannot be taken back."""
    steps = kind.lifecycle.again(kind, inputs, done) if done else kind.lifecycle.create(kind, inputs)
    state = _on_platform(driven(steps, context, born=partial(_born, kind, inputs)), kind, context)
    return _completed(with_account(_named(state, kind, inputs, context), kind, asking(context.backend)), context)


def _born(kind: Kind, inputs: Bag, call: Call, answer: Bag) -> State | None:
    """The object as it was declared, but for what takes a request of its own: that it is wanted makes it no deed."""
    life = kind.lifecycle
    if call.operation != life.operation("create") or not life.listed:
        return None
    deeds = {wire for wire, prop in kind.shape.properties.items() if prop.mark(Deed)}
    return State(life.id_of(inputs, answer), {wire: inputs[wire] for wire in inputs if wire not in deeds})


def _named(state: State, kind: Kind, inputs: Bag, context: Context) -> State:
    """The state under an id that holds no secret, where the platform keeps no object and the id is of our making."""
    if kind.lifecycle.kept(state.outputs) or not context.secrets.finds(state.id):
        return state
    return replace(state, id=str(inputs.get("creationId")))


def saw(kind: Kind, state: Bag, context: Context) -> None:
    """The engine has the object in its state: what was noted of its creation is settled, and what it made is known."""
    stamp = bare(state.get("creationId"))
    if isinstance(stamp, str):
        context.intents.forget(stamp)
    for at, ids in kind.lifecycle.remembered(state):
        context.known.add(at, ids)


def read(kind: Kind, id: str, managed: Bag | None, context: Context) -> State | None:
    """The object as it is now, in the user's words; None when it is gone. What the state has lost is brought back."""
    refuse_elsewhere(kind, context.backend.capabilities)
    if managed is None:
        state = _read(kind, id, None, None, context)
        if state is None:
            refuse_misnamed(kind.name, id, context.backend.capabilities.key)
            return None
        return _on_platform(state, kind, context)
    known, account = _known(kind, managed, context), account_of(managed)
    words = completed(known, _shown(kind, id, account, context)) if known.lost else known.usable
    state = _read(kind, id, words, account, context)
    if state is None:
        return None
    doubt = {DOUBT: managed[DOUBT]} if DOUBT in managed else {}
    return replace(state, outputs={**known.restored(state.outputs), **doubt})


def _read(kind: Kind, id: str, words: Bag | None, account: str | None, context: Context) -> State | None:
    state = driven(kind.lifecycle.read(kind, id, words), context, account)
    return with_account(state, kind, asking(context.backend)) if state else None


def _shown(kind: Kind, id: str, account: str | None, context: Context) -> Bag:
    """The object as the platform shows it to somebody who knows nothing of it; nothing, where it does not."""
    try:
        state = _read(kind, id, None, account, context)
    except CallFailed:
        return {}
    return state.outputs if state else {}


def update(kind: Kind, id: str, old: Bag, new: Bag, context: Context) -> State:
    """Makes the object what is wanted.

    Raises:
        CallFailed: nothing was changed.
        NotReady: some of it was changed, or what was wanted did not come about; carries the state reached.
    """
    known, account = _known(kind, old, context), account_of(old)
    # What is due, or at its end, is no property that could be sent.
    declared = kind.shape.properties
    found = diff(kind, old, new, now=context.clock(), moved=context.moved)
    changed = [change for change in found if change.name in declared]
    with done_once_noted(kind, known.usable, context) as (before, noting):
        try:
            state = driven(kind.lifecycle.update(kind, id, changed, before, new), noting, account)
        except NotReady as unready:
            raise NotReady(unready.id, known.restored(unready.state), unready.reasons) from None
        state = replace(state, outputs=known.restored(state.outputs))
        return _completed(with_account(state, kind, asking(context.backend) or account), context)


def delete(kind: Kind, id: str, old: Bag, context: Context) -> None:
    """Removes the object, or finds it gone."""
    known = _known(kind, old, context)
    known.require_steering()
    try:
        driven(kind.lifecycle.delete(kind, id, known.usable), context, account_of(old))
    except Refused as refused:
        amiss = lasting(kind, context.backend.capabilities)
        raise refused.advised(f"{amiss}. {_LEAVE}") if amiss else refused from None
    context.intents.forget(deed_of(str(old.get("creationId"))))


_LEAVE = "Or take it out of the state, and leave it there: `pulumi state delete URN`."


def _known(kind: Kind, old: Bag, context: Context) -> Understood:
    """What of a state can be used; the user hears what another version wrote."""
    saw(kind, old, context)
    refuse_others(kind, old, context.backend.capabilities.origin)
    known = understood(kind, old)
    if known.note:
        context.tell(known.note)
    return known


def _on_platform(state: State, kind: Kind, context: Context) -> State:
    """The state with where the object is, as far as that is not the usual place."""
    if not kind.lifecycle.listed:
        return state
    return replace(state, outputs={**state.outputs, **context.backend.capabilities.origin})


def verify(kind: Kind, old: Bag, new: Bag, context: Context) -> list[Failure]:
    """What is wrong with checked inputs as far as others than the platform can tell before anything is made."""
    steps = kind.verify(bare(old), new) if kind.verify else None
    if steps is None:
        return []
    try:
        driven(steps, context)
    except Denied as denied:
        return [denied.failure]
    return []


def part(kind: Kind, id: str, old: Bag, context: Context) -> None:
    """Tells what becomes of an object at work that is to be replaced; a preview without a key cannot know."""
    if kind.parting is None:
        return
    with suppress(ManagedAgentsError):
        text = driven(kind.parting(id, bare(old)), context)
        if text:
            context.tell(text)


def look_up(steps: Steps[T], context: Context) -> T:
    """What the steps find; they change nothing."""
    return driven(steps, context)


def _completed(state: State, context: Context) -> State:
    if state.pending:
        raise NotReady(state.id, state.outputs, [context.secrets.text(reason) for reason in state.pending])
    return state

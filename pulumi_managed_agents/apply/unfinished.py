"""What a create made that was cut off with its provider: found by its stamp, and removed once there is a new one.

Never adopted: a create that the engine forces, to replace a living object, looks like a first one, and what it found
would be removed as the old object afterwards. What cannot be taken back is recognised instead, and not done again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import CallFailed, ManagedAgentsError, Untellable
from ..lifecycle.alike import Before
from .made import Search
from .steps import driven

if TYPE_CHECKING:
    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind
    from ..lifecycle.steps import State
    from .context import Context
    from .intents import Intent


@dataclass(frozen=True)
class Remains:
    """What came of one create that was cut off."""

    intent: Intent
    state: State | None = None
    """The object that it made."""
    settled: bool = True
    """Whether all is known that will ever be known of it."""


def remains_of(intent: Intent, kind: Kind, inputs: Bag, context: Context) -> Remains:
    """Looks for what was made; what nobody can tell is said."""
    try:
        then = _inputs_then(intent, kind, inputs)
        search = Search(context)
        answer = search.answer(kind, then, _before(intent, kind, then))
        if answer is None:
            return Remains(intent)
        return Remains(intent, search.state(kind, kind.lifecycle.id_of(then, answer), then, answer))
    except Untellable as unknown:
        context.tell(f"{_head(kind)} {unknown}.")
        return Remains(intent)
    except CallFailed as failure:
        context.tell(f"{_head(kind)} it could not be looked for ({failure.attempt}: {failure.problem}).")
        return Remains(intent, settled=False)


_CHANGED = "carries no stamp, and the declaration has changed since: look on the platform for what was made"


def _head(kind: Kind) -> str:
    return f"An earlier create of this {kind.name} was cut off; whether it made one nobody can tell:"


def _inputs_then(intent: Intent, kind: Kind, inputs: Bag) -> Bag:
    """The inputs of the create that was cut off, as far as a search needs them."""
    life = kind.lifecycle
    within = {life.within.wire: intent.parent} if life.within and intent.parent else {}
    own = {**inputs, **within, "creationId": intent.creation_id}
    if life.stamped and not intent.stamped:
        raise Untellable("all its metadata entries were yours, which left no room for a stamp")
    if not life.stamped and not intent.is_for(inputs):
        raise Untellable(_CHANGED)
    return own


def _before(intent: Intent, kind: Kind, inputs: Bag) -> Before:
    """What was there, as the one saw it that was cut off."""
    parent = inputs.get("sessionId") if kind.lifecycle.within is None else intent.parent
    within = f"{parent}/" if parent else ""
    return Before([f"{within}{known}" for known in intent.known or ()], looked=intent.known is not None)


def done_by(left: list[Remains], kind: Kind, inputs: Bag) -> Bag:
    """The outputs of the last object that was cut off, as far as what they say of the declaration still holds."""
    found = [(each.intent, each.state.outputs) for each in left if each.state is not None]
    if not found:
        return {}
    intent, outputs = found[-1]
    declared = kind.shape.properties
    return {wire: value for wire, value in outputs.items() if wire not in declared or intent.is_for(inputs, wire)}


def removed(remains: Remains, kind: Kind, context: Context) -> bool:
    """Takes what was made away, and says so; whether that is settled."""
    state = remains.state
    if state is None or not kind.lifecycle.removal:
        return remains.settled
    old = {**state.outputs, **kind.lifecycle.unwanted}
    try:
        driven(kind.lifecycle.delete(kind, state.id, old), context)
    except ManagedAgentsError as failure:
        context.tell(f"{_made(kind, state)} could not be removed: {failure}")
        return False
    begun = " Its work may have begun." if kind.lifecycle.works else ""
    context.tell(f"{_made(kind, state)} was removed.{begun}")
    return True


def _made(kind: Kind, state: State) -> str:
    return f"{kind.name} {state.id}, which a create that was cut off had made,"

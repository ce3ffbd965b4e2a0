"""Removing a session: one that is at work is interrupted, or waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import NotFound, Refused
from ...lifecycle.steps import Call, Operation, Steps, Wait
from .waiting import AT_WORK, pauses

if TYPE_CHECKING:
    from ...declaration.values import Bag
    from ...lifecycle.lifecycle import Lifecycle

INTERRUPT = {"events": [{"type": "user.interrupt"}]}


def removed(sessions: Lifecycle, id: str, old: Bag) -> Steps[None]:
    """Archives or deletes the session, as soon as it lets us."""
    ids, waited, was_idle = sessions.ids(id), 0.0, False
    interrupt = bool(old.get("interruptOnDelete", False))
    for pause in pauses():
        refusal = yield from _refusal(Call(sessions.operation(old.get("onDelete", "archive")), ids))
        if refusal is None:
            return
        current = yield Call(sessions.operation("retrieve"), ids)
        if sessions.is_gone(current):
            return
        if current["status"] not in AT_WORK and not was_idle:
            # It may have become idle just after it refused.
            was_idle = True
            continue
        _give_up(refusal, current["status"], waited, old)
        if interrupt:
            # An interrupt that came too late is no failure: the next attempt tells.
            too_late = yield from _refusal(Call(Operation("sessions.events", "send"), ids, INTERRUPT))
            interrupt = too_late is not None
        yield Wait(pause)
        waited += pause


def _refusal(call: Call) -> Steps[Refused | None]:
    """What the platform has against the call; None when it is made."""
    try:
        yield call
    except NotFound:
        raise
    except Refused as refusal:
        return refusal
    return None


def _give_up(refusal: Refused, status: str, waited: float, old: Bag) -> None:
    limit = old.get("deleteTimeoutSeconds", 300)
    if status not in AT_WORK:
        raise refusal
    if waited >= limit:
        advice = (
            f"The session is still {status} after {limit} seconds. Set `interruptOnDelete` to end its work, or raise "
            f"`deleteTimeoutSeconds`, run `pulumi up`, and remove it again."
        )
        raise refusal.advised(advice)

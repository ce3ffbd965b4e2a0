"""Removing a session: one that is at work is interrupted, or waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import NotFound, Refused
from ...lifecycle.steps import Call, Operation, Steps, Wait, Warned
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
        if current["status"] in AT_WORK and old.get("leaveRunningOnDelete"):
            yield Warned(_LEFT.format(id=id, status=current["status"]))
            return
        _give_up(refusal, current["status"], waited, old)
        if interrupt:
            # An interrupt that came too late is no failure: the next attempt tells.
            too_late = yield from _refusal(Call(Operation("sessions.events", "send"), ids, INTERRUPT))
            interrupt = too_late is not None
        yield Wait(pause, f"session {id} is {current['status']}: waited {waited:.0f} of {_limit(old)} seconds")
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
    limit = _limit(old)
    if status not in AT_WORK:
        raise refusal
    if waited >= limit:
        advice = (
            f"The session is still {status} after {limit} seconds. It stays in the state as one to be removed, and "
            f"whatever takes its place is there: the next `pulumi up` tries again once it has come to rest. For those "
            f"to come, set `interruptOnDelete` to end its work, `leaveRunningOnDelete` to let it go on, or raise "
            f"`deleteTimeoutSeconds`."
        )
        raise refusal.advised(advice)


def _limit(old: Bag) -> int:
    limit = old.get("deleteTimeoutSeconds")
    return limit if isinstance(limit, int) else 300


_LEFT = (
    "Session {id} is {status} and goes on: nothing was asked of it, and it is not in the state any more. Archive it "
    "when it is done; `managed-agents orphans` lists it until then."
)


def parting(id: str, outputs: Bag) -> Steps[str | None]:
    """What becomes of a session that is to be replaced, if it is at work now."""
    current = yield Call(Operation("sessions", "retrieve"), {"session_id": id}, shared=f"parting {id}")
    if current["status"] not in AT_WORK:
        return None
    return f"Session {id} is {current['status']}. It is to be replaced: {_fate(outputs)}."


def _fate(outputs: Bag) -> str:
    if outputs.get("leaveRunningOnDelete"):
        return "this one is left to go on by itself (`leaveRunningOnDelete`)"
    if outputs.get("interruptOnDelete"):
        return "this one is interrupted and removed (`interruptOnDelete`)"
    return (
        f"this one gets up to {_limit(outputs)} seconds to come to rest (`deleteTimeoutSeconds`) before it is removed"
    )

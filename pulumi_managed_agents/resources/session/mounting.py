"""The requests that change what a living session mounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...declaration.values import Bag, without_nulls
from ...errors import NotFound, Refused
from ...lifecycle.effects import in_place
from ...lifecycle.lifecycle import is_archived
from ...lifecycle.steps import Call, Operation, Steps
from .mounts import Mounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...comparison.change import Change


def mounted(id: str, change: Change, outputs: Bag, new: list[Bag], mounts: Mounts, first: Mounts) -> Steps[Bag]:
    """The outputs after the one request that a change of what is mounted takes, which the `mounts` follow.

    `first` was mounted to begin with.
    """
    known = outputs.get("resources", [])
    call = mounts.request(id, change, new)
    attaching = call.operation.verb == "add"
    answer = yield from _attached(call, mounts, change.new, known, first) if attaching else explained(id, call)
    declared = mounts.change(change, answer, known, new)
    error = mounts.still_holds(outputs.get("lastError"), str(outputs.get("status")))
    return without_nulls({**outputs, "resources": declared, "mountedResources": mounts.entries, "lastError": error})


def _attached(call: Call, before: Mounts, wanted: Bag, declared: list[Bag], first: Mounts) -> Steps[Bag]:
    """A file as it is attached; one that is there already, perhaps because an answer was lost, is not sent again."""
    found = before.unclaimed(wanted, declared)
    if found is not None:
        return found

    def look() -> Steps[Bag | None]:
        current = yield Call(Operation("sessions", "retrieve"), call.ids)
        # A copy that lags behind still shows what has just been taken away.
        return before.unclaimed(wanted, declared, first.unknown(current["resources"]))

    attaching = replace(call, effect=in_place(look, refused=True, missing="The session does not mount it"))
    return (yield from explained(call.ids["session_id"], attaching))


def plainly(call: Call) -> Steps[Bag]:
    """The call's answer."""
    answer: Bag = yield call
    return answer


def explained(id: str, call: Call, made: Callable[[Call], Steps[Bag]] = plainly) -> Steps[Bag]:
    """The call's answer, `made` in whatever way; a refusal because the session is over says so."""
    try:
        answer = yield from made(call)
    except Refused as refusal:
        end = yield from _end(id)
        if end is not None:
            advice = f"Session {id} {end}. Run `pulumi refresh` to drop it; the next `pulumi up` shows a new one."
            raise refusal.advised(advice) from None
        if isinstance(refusal, NotFound) and call.operation.verb == "delete":
            # Somebody else took it away, or an attempt did whose answer was lost.
            return {}
        raise refusal from None
    return answer


def _end(id: str) -> Steps[str | None]:
    """What became of a session that cannot be changed any more; None for one that can."""
    try:
        current = yield Call(Operation("sessions", "retrieve"), {"session_id": id})
    except NotFound:
        return "is no longer there"
    ended = is_archived(current) or current["status"] == "terminated"
    return "is archived or terminated" if ended else None

"""The requests that change what a living session mounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...declaration.values import Bag, without_nulls
from ...errors import CallFailed, LostAnswer, NotFound, Refused
from ...lifecycle.lifecycle import is_archived
from ...lifecycle.steps import Call, Operation, Steps
from .mounts import Mounts

if TYPE_CHECKING:
    from ...comparison.change import Change


REPEATED_ADDS = 3
"""How often a file is sent that is not there after its answer was lost."""


def mounted(id: str, change: Change, outputs: Bag, new: list[Bag]) -> Steps[Bag]:
    """The outputs after the one request that a change of what is mounted takes."""
    before, known = Mounts(outputs["mountedResources"]), outputs.get("resources", [])
    call = before.request(id, change, new)
    attaching = call.operation.verb == "add"
    answer = yield from _attached(call, before, change.new, known) if attaching else explained(id, call)
    mounts, declared = before.after(change, answer, known, new)
    error = mounts.still_holds(outputs.get("lastError"))
    return without_nulls({**outputs, "resources": declared, "mountedResources": mounts.entries, "lastError": error})


def _attached(call: Call, before: Mounts, wanted: Bag, declared: list[Bag]) -> Steps[Bag]:
    """A file as it is attached: one that is there already, perhaps because an answer was lost, is not sent again."""
    found = before.unclaimed(wanted, declared)
    for remaining in reversed(range(REPEATED_ADDS)):
        if found is not None:
            return found
        try:
            return (yield from explained(call.ids["session_id"], call))
        except (LostAnswer, Refused) as failure:
            try:
                current = yield Call(Operation("sessions", "retrieve"), call.ids)
            except CallFailed:
                raise failure from None
            found = before.unclaimed(wanted, declared, current["resources"])
            if found is None and (not remaining or isinstance(failure, Refused)):
                raise failure from None
    assert found is not None  # noqa: S101 - the last round returns, raises or finds it
    return found


def explained(id: str, call: Call) -> Steps[Bag]:
    """The call's answer; a refusal because the session is over says so."""
    try:
        answer: Bag = yield call
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

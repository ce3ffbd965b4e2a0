"""Whether a session is ready: idle, with its repositories cloned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...declaration.values import Bag, without_nulls
from ...lifecycle.steps import Call, Operation, State, Steps, Wait
from .answers import kept, session_outputs
from .mounts import Mounts
from .waiting import pauses

if TYPE_CHECKING:
    from ...declaration.form import Form


EVENTS_READ = 100
"""How many of the newest errors and rests are looked at: as many as a page has."""


PERMANENT = frozenset(
    f"repository_{reason}_error" for reason in ("authentication", "forbidden", "not_found", "checkout")
)
"""Clone errors that only a change can mend, so that waiting longer is of no use."""


def with_errors(id: str, outputs: Bag) -> Steps[Bag]:
    """The outputs with the newest error that still holds, where repositories are mounted."""
    return (yield from _with_events(id, outputs, rests=False))


def with_what_happened(id: str, outputs: Bag) -> Steps[Bag]:
    """The same, and what a session that has worked and rests now waits for."""
    return (yield from _with_events(id, outputs, rests=outputs["status"] == "idle" and _worked(outputs)))


def _with_events(id: str, outputs: Bag, *, rests: bool) -> Steps[Bag]:
    """One request at most, unless there is too much; none where nothing is to be found."""
    mounts = Mounts(outputs["mountedResources"])
    asked = [*(["session.error"] if mounts.repositories() else []), *(["session.status_idle"] if rests else [])]
    if not asked:
        return outputs
    events = yield from _newest(id, asked, EVENTS_READ)
    found = [_error(event) for event in events if event.get("error")]
    if mounts.repositories() and not found and len(events) == EVENTS_READ:
        # It has come to rest so often that an error may stand behind all of that.
        found = [_error(event) for event in (yield from _newest(id, ["session.error"], EVENTS_READ))]
    current = next((error for error in found if mounts.still_holds(error, outputs["status"])), None)
    rest = next((event["stop_reason"] for event in events if event.get("stop_reason")), None)
    return without_nulls({**outputs, "lastError": current, "stopReason": _stop_reason(rest)})


def _newest(id: str, types: list[str], limit: int) -> Steps[list[Bag]]:
    query = {"types[]": types, "order": "desc", "limit": limit}
    answer = yield Call(Operation("sessions.events", "list"), {"session_id": id}, query=query)
    events: list[Bag] = answer["data"]
    return events


def _worked(outputs: Bag) -> bool:
    """Whether the session has ever run: what never did waits for nothing."""
    usage, stats = outputs.get("usage") or {}, outputs.get("stats") or {}
    return any(map(_is_some, (stats.get("active_seconds"), *(usage.get(name) for name in _WORK))))


_WORK = ("active_seconds", "input_tokens", "output_tokens", "total_credits")
"""Of what a session uses, that which shows that it has worked."""


def _is_some(number: object) -> bool:
    return isinstance(number, int | float) and number > 0


def _stop_reason(reason: Bag | None) -> Bag | None:
    return without_nulls({"type": reason["type"], "eventIds": reason.get("event_ids")}) if reason else None


def _error(event: Bag) -> Bag:
    error = event["error"]
    return without_nulls(
        {
            "type": error["type"],
            "message": error.get("message", ""),
            "repositoryUrl": error.get("repository_url"),
            "occurredAt": event.get("processed_at"),
        }
    )


def complaint(id: str, error: Bag) -> str:
    """The error in a sentence."""
    subject = f" {error['repositoryUrl']}" if error.get("repositoryUrl") else ""
    return f"Session {id} reports {error['type']}{subject}: {error['message']}"


def until_ready(form: Form, id: str, inputs: Bag, outputs: Bag) -> Steps[State]:
    """Looks at the session until it is idle without a clone error; what is missing at the end is pending."""
    if not inputs.get("waitForReady"):
        return State(id, outputs)
    waited, limit = 0.0, inputs.get("readyTimeoutSeconds", 300)
    for pause in pauses():
        answer = yield Call(Operation("sessions", "retrieve"), {"session_id": id})
        outputs = session_outputs(form, {**inputs, **kept(outputs, "mountedResources")}, answer)
        outputs = yield from with_errors(id, outputs)
        error = outputs.get("lastError")
        if error is None and answer["status"] == "idle":
            return State(id, outputs)
        if answer["status"] == "terminated" or (error and error["type"] in PERMANENT):
            return State(id, outputs, (_reason(id, answer["status"], error),))
        if waited >= limit:
            return State(id, outputs, (f"{_reason(id, answer['status'], error)} (after {limit} seconds)",))
        why = f"{_reason(id, answer['status'], error)}: waited {waited:.0f} of {limit} seconds"
        yield Wait(min(pause, max(limit - waited, 0.1)), why)
        waited += pause
    raise AssertionError  # pragma: no cover - the pauses never end


def _reason(id: str, status: str, error: Bag | None) -> str:
    return complaint(id, error) if error else f"Session {id} is {status}, not idle"

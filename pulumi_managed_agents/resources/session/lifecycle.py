"""What it takes to create, read, change and remove a session.

Most of a session is fixed when it is created. What can change on the living session is changed there: its title,
metadata, budget, tools, files, and above all the tokens of its repositories, one request each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...comparison.changes import changes
from ...declaration.names import to_api
from ...declaration.stamp import stamped
from ...declaration.values import Bag, without_nulls
from ...errors import CallFailed, LostAnswer, NotFound, Refused
from ...lifecycle.adopt import adopted
from ...lifecycle.bodies import creation, patch
from ...lifecycle.lifecycle import Lifecycle
from ...lifecycle.outputs import carried_over, seen
from ...lifecycle.steps import Call, Operation, Reached, State, Steps, Wait, Warned
from .inputs import OVERRIDES
from .mounts import Mounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...comparison.change import Change
    from ...declaration.form import Form


ERRORS_READ = 20
"""How many of the newest error events are looked at for one that still holds."""

REPEATED_ADDS = 3
"""How often a file is sent that is not there after its answer was lost."""

PATIENCE = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between looks at a session that is waited for; the last one repeats."""

AT_WORK = ("running", "rescheduling", "canceling")
"""The states in which a session cannot be removed."""

PERMANENT = frozenset(
    f"repository_{reason}_error" for reason in ("authentication", "forbidden", "not_found", "checkout")
)
"""Clone errors that only a change can mend, so that waiting longer is of no use."""


class SessionLifecycle(Lifecycle):
    """More than one request only where more than one thing changed."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """One request; with `waitForReady`, then looks until the session is idle with its repositories cloned."""
        body, stamp = stamped(creation(form.shape, inputs), inputs.get("creationId"))
        if isinstance(body["agent"], str):
            body["agent"] = {"type": "agent", "id": body["agent"]}
        answer = yield Call(Operation("sessions", "create"), body=body, stamp=stamp, once=inputs.get("creationId"))
        answer = yield from _identified(answer)
        outputs = _seen(form, inputs, answer)
        yield Reached(State(answer["id"], outputs))
        return (yield from _until_ready(form, answer["id"], inputs, outputs))

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """One request, and one for the newest errors where repositories are mounted."""
        try:
            answer = yield Call(Operation("sessions", "retrieve"), self.ids(id), shared=True)
        except NotFound:
            return None
        if self.is_gone(answer):
            return None
        answer = yield from _identified(answer)
        outputs = _seen(form, _adopted(form, answer) if managed is None else managed, answer)
        outputs = yield from _with_errors(id, outputs)
        if answer["status"] == "terminated":
            yield Warned(f"Session {id} has terminated because of an error it could not recover from.")
        if outputs.get("lastError"):
            yield Warned(_complaint(id, outputs["lastError"]))
        return State(id, outputs)

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """One request for the session's own properties, and one for each token, added file and removed file."""
        attached = {"resources": old.get("resources", [])}
        outputs = {**carried_over(form, old, new), **attached}
        body = _patch(form, changed, old, new)
        if body:
            answer = yield Call(Operation("sessions", "update"), self.ids(id), body)
            outputs = {
                **_seen(form, {**new, **attached, **_kept(old, "mountedResources")}, answer),
                **_kept(old, "lastError"),
            }
            yield Reached(State(id, outputs))
        mounting = [change for change in changed if change.name == "resources"]
        if body:
            # The answer shows what is mounted now, which others may have changed meanwhile.
            shape = form.shape.properties["resources"].shape
            mounting = list(changes(shape, outputs.get("resources"), new.get("resources"), ("resources",)))
        # What goes makes room first: a file may be exchanged for another at the same path.
        for change in sorted(mounting, key=lambda change: change.action != "delete"):
            outputs = yield from _mounted(id, change, outputs, new.get("resources", []))
            yield Reached(State(id, outputs))
        outputs = without_nulls({**outputs, "resources": new.get("resources")})
        return (yield from _until_ready(form, id, new, outputs))

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Archives (or deletes); a running session is interrupted if that is wanted, else waited for."""
        del form
        try:
            yield from self._ended(id, old)
        except NotFound:
            return

    def _ended(self, id: str, old: Bag) -> Steps[None]:
        operation, waited, was_idle = self.operation(old.get("onDelete", "archive")), 0.0, False
        interrupt = bool(old.get("interruptOnDelete", False))
        for pause in pauses():
            refusal = yield from _refusal(Call(operation, self.ids(id)))
            if refusal is None:
                return
            current = yield Call(Operation("sessions", "retrieve"), self.ids(id))
            if self.is_gone(current):
                return
            if current["status"] not in AT_WORK and not was_idle:
                # It may have become idle just after it refused.
                was_idle = True
                continue
            _give_up(refusal, current["status"], waited, old)
            if interrupt:
                # An interrupt that came too late is no failure: the next attempt tells.
                interrupt = (
                    yield from _refusal(Call(Operation("sessions.events", "send"), self.ids(id), _INTERRUPT))
                ) is not None
            yield Wait(pause)
            waited += pause


_INTERRUPT = {"events": [{"type": "user.interrupt"}]}


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


def pauses() -> Iterator[float]:
    """Seconds between looks at a session that is waited for."""
    yield from PATIENCE
    while True:
        yield PATIENCE[-1]


def _seen(form: Form, managed: Bag, answer: Bag) -> Bag:
    """The outputs; the platform has its own names for the agent's snapshot and for what is mounted."""
    mounts = Mounts.match(
        managed.get("resources", []), managed.get("mountedResources", []), answer.get("resources", [])
    )
    answer = {**answer, "resolved_agent": answer["agent"], "mounted_resources": []}
    outputs = seen(form, {wire: value for wire, value in managed.items() if wire != "resources"}, answer)
    present = mounts.present(managed.get("resources", []))
    return {**outputs, **({"resources": present} if "resources" in managed else {}), "mountedResources": mounts.entries}


def _identified(answer: Bag) -> Steps[Bag]:
    """The answer with an id on what has one: some answers leave them out, and the list of what is mounted does not."""
    mounted = answer.get("resources") or []
    if all(item.get("id") or item["type"] == "memory_store" for item in mounted):
        return answer
    listing = yield Call(Operation("sessions.resources", "list"), {"session_id": answer["id"]})
    return {**answer, "resources": listing["data"]}


def _adopted(form: Form, answer: Bag) -> Bag:
    """Inputs for a session that we did not make: its agent by id, since no version was asked for as far as we know."""
    found = adopted(form, answer)
    return {**found, "agent": answer["agent"]["id"]}


def _kept(bag: Bag, *wires: str) -> Bag:
    return {wire: bag[wire] for wire in wires if wire in bag}


def _patch(form: Form, changed: Sequence[Change], old: Bag, new: Bag) -> Bag:
    """The body for the session's own properties; of the agent, only the overrides that changed."""
    own = [change for change in changed if change.name not in ("resources", "agent")]
    body = patch(form.shape, own, old, new)
    overrides = dict.fromkeys(
        str(change.path[1]) for change in changed if change.name == "agent" and len(change.path) > 1
    )
    wanted = {wire: new["agent"][wire] for wire in overrides if wire in OVERRIDES and wire in new["agent"]}
    if wanted:
        body["agent"] = to_api(form.shape.properties["agent"].shape, wanted)
    return body


def _mounted(id: str, change: Change, outputs: Bag, new: list[Bag]) -> Steps[Bag]:
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
    ended = current.get("archived_at") is not None or current["status"] == "terminated"
    return "is archived or terminated" if ended else None


def _with_errors(id: str, outputs: Bag) -> Steps[Bag]:
    """The outputs with the newest error that still holds, where repositories are mounted."""
    mounts = Mounts(outputs["mountedResources"])
    if not mounts.repositories():
        return outputs
    query = {"types[]": ["session.error"], "order": "desc", "limit": ERRORS_READ}
    events = yield Call(Operation("sessions.events", "list"), {"session_id": id}, query=query)
    found = (_error(event) for event in events["data"])
    current = next((error for error in found if mounts.still_holds(error)), None)
    return without_nulls({**outputs, "lastError": current})


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


def _complaint(id: str, error: Bag) -> str:
    subject = f" {error['repositoryUrl']}" if error.get("repositoryUrl") else ""
    return f"Session {id} reports {error['type']}{subject}: {error['message']}"


def _until_ready(form: Form, id: str, inputs: Bag, outputs: Bag) -> Steps[State]:
    """Looks at the session until it is idle without a clone error; what is missing at the end is pending."""
    if not inputs.get("waitForReady"):
        return State(id, outputs)
    waited, limit = 0.0, inputs.get("readyTimeoutSeconds", 300)
    for pause in pauses():
        answer = yield Call(Operation("sessions", "retrieve"), {"session_id": id})
        outputs = _seen(form, {**inputs, **_kept(outputs, "mountedResources")}, answer)
        outputs = yield from _with_errors(id, outputs)
        error = outputs.get("lastError")
        if error is None and answer["status"] == "idle":
            return State(id, outputs)
        if answer["status"] == "terminated" or (error and error["type"] in PERMANENT):
            return State(id, outputs, (_reason(id, answer["status"], error),))
        if waited >= limit:
            return State(id, outputs, (f"{_reason(id, answer['status'], error)} (after {limit} seconds)",))
        yield Wait(min(pause, max(limit - waited, 0.1)))
        waited += pause
    raise AssertionError  # pragma: no cover - the pauses never end


def _reason(id: str, status: str, error: Bag | None) -> str:
    return _complaint(id, error) if error else f"Session {id} is {status}, not idle"

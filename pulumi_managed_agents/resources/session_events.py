"""SessionEvents: something said to a session, such as the task that it is there for."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Annotated

from ..declaration.marks import Deed, IdOf, Local, Replaces, Told, Unread
from ..declaration.model import Inputs, Outputs, described
from ..declaration.names import from_api
from ..declaration.values import Bag, bare, without_nulls
from ..errors import GarbledAnswer, Untellable
from ..lifecycle.alike import Before
from ..lifecycle.bodies import creation
from ..lifecycle.doubts import DOUBT, done_once
from ..lifecycle.effects import novel
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle, is_archived
from ..lifecycle.missing import present
from ..lifecycle.pages import first
from ..lifecycle.steps import Call, Novelty, Operation, Reached, State, Wait
from .parts.deployment_events import prose_event
from .parts.events import SentEvent, event_rules
from .parts.source import Source
from .session.mounting import explained
from .session.waiting import AT_WORK, pauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..comparison.change import Change
    from ..declaration.capabilities import Capabilities
    from ..declaration.form import Form
    from ..declaration.model import Failure
    from ..declaration.values import JSON
    from ..lifecycle.steps import Effect, Steps


_SENT = "events are sent, and stay in the session's history"

PATIENT_LOOKS = 3
"""Looks at a session at rest after which nothing is expected to begin any more."""

TAIL = 50
"""How many of a session's newest events are looked at."""


class SessionEventsInputs(Inputs):
    """What is said, and to which session."""

    source: Source = None
    session_id: Annotated[
        str,
        IdOf("Session"),
        Replaces("what was said to a session stays there"),
        described("The session's id.", min_length=1, max_length=128),
    ]
    events: Annotated[
        list[SentEvent],
        Unread(_SENT),
        Deed(),
        described("Sent in this order, when the resource is created and whenever they change.", min_length=1),
    ]
    trigger: Annotated[
        str | None,
        Local("a change sends the events again"),
        Deed(),
        described("Any text; when it changes, the events are sent again.", min_length=1),
    ] = None
    wait_for_idle: Annotated[
        bool | None,
        Local("read when the events are sent"),
        described("Wait until the session has come to rest, and keep what the agent said (default: false)."),
    ] = False
    idle_timeout_seconds: Annotated[
        int | None,
        Local("read when the events are sent"),
        described("How long `waitForIdle` waits.", ge=0, le=86_400),
    ] = 3600


class SessionEventsOutputs(Outputs):
    """What came of it."""

    event_ids: Annotated[list[str], described("The ids of the events that were sent last.")]
    status: Annotated[str | None, described("The session's status after `waitForIdle`.")] = None
    stop_reason: Annotated[str | None, described("Why the session came to rest, such as `end_turn`.")] = None
    last_agent_message: Annotated[str | None, Told(), described("What the agent said last before it came to rest.")] = (
        None
    )


class SessionEventsLifecycle(Lifecycle):
    """Sending is all that can be done; nothing is ever taken back."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Sends the events."""
        call = _sending(form, inputs, before={})
        sent = yield from _heard(call, (yield from explained(inputs["sessionId"], call)))
        ids = [event["id"] for event in sent]
        return (yield from _rested(State(f"{inputs['sessionId']}/{ids[0]}", {**inputs, "eventIds": ids}), inputs))

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """What was sent, as long as the session is there."""
        session, _, event = id.partition("/")
        retrieval = Call(Operation("sessions", "retrieve"), {"session_id": session}, shared=id)
        answer = yield from present(retrieval, expected=managed is not None)
        if answer is None or is_archived(answer):
            return None
        if managed is not None:
            return State(id, managed)
        listing = Call(Operation("sessions.events", "list"), {"session_id": session})
        sent = yield from first(listing, lambda item: item["id"] == event)
        if sent is None:
            return None
        content = {key: value for key, value in sent.items() if key not in ("id", "processed_at")}
        return State(id, {"sessionId": session, "events": [_wire(form, content)], "eventIds": [event]})

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Sends the events again when they, or the trigger, changed."""
        known = {wire: old[wire] for wire in (*form.output_shape.properties, DOUBT) if wire in old}
        if not any(change.name in ("events", "trigger") for change in changed):
            return State(id, {**known, **new})
        call = _sending(form, new, before=old)
        answer = yield from explained(new["sessionId"], call, lambda sent: done_once(sent, id, old, old.get(DOUBT)))
        sent = yield from _heard(call, answer)
        return (yield from _rested(State(id, {**new, "eventIds": [event["id"] for event in sent]}), new))

    def remains(self, form: Form, inputs: Bag, before: Before) -> Steps[Bag | None]:
        """The newest events that say just this, one after the other, if they came when they should."""
        if before.looked is False:
            return None
        session = inputs["sessionId"]
        wanted = creation(form.shape, {"events": inputs["events"]})["events"]
        found: list[list[Bag]] = []
        recent: deque[Bag] = deque(maxlen=len(wanted))

        def completes(event: Bag) -> bool:
            """Whether this one, older than those before it, is the first of the wanted ones."""
            if f"{session}/{event['id']}" not in before.ids:
                recent.appendleft(event)
                found.extend([list(recent)] if _said(list(recent), wanted) else [])
            return bool(found)

        yield from first(_newest(session, wanted), completes)
        if not found:
            return None
        oldest = found[0][0]
        if not before.looked and not before.is_followed_by(oldest.get("processed_at")):
            raise Untellable(f"events that say the same stand in the session's history, from {oldest['id']} on")
        return {"id": oldest["id"], "event_ids": [event["id"] for event in found[0]]}

    def claims(self, id: str, outputs: Bag) -> Iterable[str]:
        """The events that were sent first, and those that were sent last."""
        sent = outputs.get("eventIds")
        session = id.partition("/")[0]
        return (id, *(f"{session}/{event}" for event in sent)) if isinstance(sent, list) else (id,)

    def remembered(self, outputs: Bag) -> Iterator[tuple[str, Iterable[str]]]:
        """The events that were sent last, in their session."""
        session, sent = bare(outputs.get("sessionId")), bare(outputs.get("eventIds"))
        if isinstance(session, str) and isinstance(sent, list):
            yield session, map(str, sent)

    def id_of(self, inputs: Bag, answer: Bag) -> str:
        """The session's id, and the first event's."""
        return f"{inputs['sessionId']}/{answer['id']}"

    def recovered(self, form: Form, id: str, inputs: Bag, answer: Bag) -> Steps[State | None]:
        """What was sent, as it is remembered."""
        del form
        return State(id, {**inputs, "eventIds": answer.get("event_ids", [id.rpartition("/")[2]])})
        yield  # a generator, as every lifecycle is

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Makes no request: what was said stays said."""
        del form, id, old
        return
        yield  # a generator, as every lifecycle is


def _wire(form: Form, event: Bag) -> JSON:
    return from_api(form.shape, {"events": [event]})["events"][0]


def _sending(form: Form, inputs: Bag, before: Bag) -> Call:
    """The request that sends the events. `before` is what was sent last, if anything was."""
    session = inputs["sessionId"]
    body = {"events": creation(form.shape, {"events": inputs["events"]})["events"]}
    return Call(
        Operation("sessions.events", "send"),
        {"session_id": session},
        body,
        effect=_arrival(session, body["events"], before),
        once="\n".join([str(inputs.get("creationId")), str(inputs.get("trigger")), *before.get("eventIds", ())]),
    )


def _heard(call: Call, answer: Bag) -> Steps[list[Bag]]:
    """The events that were sent; where the answer leaves them out, as it may, they stand in the session's history."""
    sent: list[Bag] = answer["data"]
    if sent or call.body is None:
        return sent
    wanted = call.body["events"]
    page = yield _newest(call.ids["session_id"], wanted)
    found = _said(page["data"][::-1], wanted)
    if found is None:
        raise GarbledAnswer(str(call.operation), "the events were taken, and are not in the session's history")
    return list(found["data"])


def _arrival(session: str, events: list[Bag], before: Bag) -> Effect:
    """The events stand in the session's history, where they did not stand before."""
    newest = _newest(session, events)
    sent = Novelty(
        session,
        known=frozenset(before.get("eventIds", ())),
        listing=newest,
        asked=not before,
        ids=lambda answer: [event["id"] for event in answer["data"]],
    )
    return novel(lambda fresh: _said(fresh[::-1], events), sent, "They are not in the session's history")


def _newest(session: str, events: list[Bag]) -> Call:
    """The list of what is in the session of the types of the events, newest first."""
    query = {"types[]": sorted({event["type"] for event in events}), "order": "desc"}
    return Call(Operation("sessions.events", "list"), {"session_id": session}, query=query)


def _said(fresh: list[Bag], events: list[Bag]) -> Bag | None:
    """The answer that the last send of the events had, if they stand in what is new; oldest first."""
    for start in reversed(range(len(fresh) - len(events) + 1)):
        part = fresh[start : start + len(events)]
        if all(_says(event, wanted) for event, wanted in zip(part, events, strict=True)):
            return {"data": part}
    return None


def _says(event: Bag, wanted: Bag) -> bool:
    return all(event.get(key) == value for key, value in wanted.items())


def _rested(state: State, inputs: Bag) -> Steps[State]:
    """The state once the session has come to rest, where that is waited for."""
    if not inputs.get("waitForIdle"):
        return state
    yield Reached(state)
    session, waited = {"session_id": inputs["sessionId"]}, 0.0
    limit = inputs.get("idleTimeoutSeconds", 3600)
    for looks, pause in enumerate(pauses()):
        current = yield Call(Operation("sessions", "retrieve"), session)
        if current["status"] not in AT_WORK:
            page = yield Call(Operation("sessions.events", "list"), session, query={"order": "desc", "limit": TAIL})
            # A session may not have begun yet when it is first looked at; some events set nothing going.
            if looks >= PATIENT_LOOKS or _has_rested(page["data"], state.outputs["eventIds"]):
                break
        if waited >= limit:
            reason = f"the session is still {current['status']} after {limit} seconds"
            return State(state.id, state.outputs, pending=(reason,))
        yield Wait(
            pause, f"session {inputs['sessionId']} is {current['status']}: waited {waited:.0f} of {limit} seconds"
        )
        waited += pause
    return State(state.id, {**state.outputs, **_outcome(current, page["data"])})


def _has_rested(newest: list[Bag], sent: list[str]) -> bool:
    """Whether the session came to rest after what was sent: looked at from the newest event on."""
    for event in newest:
        if event["type"] == "session.status_idle":
            return True
        if event["id"] in sent:
            return False
    return False


def _outcome(session: Bag, newest: list[Bag]) -> Bag:
    idle = next((event for event in newest if event["type"] == "session.status_idle"), {})
    message = next((event for event in newest if event["type"] == "agent.message"), {})
    texts = [block.get("text", "") for block in message.get("content") or () if block.get("type") == "text"]
    return without_nulls(
        {
            "status": session["status"],
            "stopReason": (idle.get("stop_reason") or {}).get("type"),
            "lastAgentMessage": "\n".join(texts) or None,
        }
    )


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """What the platform checks across events."""
    del capabilities
    yield from event_rules(inputs.get("events"), ("events",))


SESSION_EVENTS = Kind(
    name="SessionEvents",
    doc=(
        "Events sent to a session: a task, an interrupt, an answer to a tool that asks. They are sent when the "
        "resource is created, and again when they or `trigger` change. Removing the resource takes nothing back."
    ),
    inputs=SessionEventsInputs,
    outputs=SessionEventsOutputs,
    lifecycle=SessionEventsLifecycle("sessions.events", "event_id", removal=(), stamped=False, listed=False),
    rules=rules,
    prose=lambda text: {"events": [prose_event(text)]},
)

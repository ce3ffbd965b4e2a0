"""What is said in a session: sending, listing and streaming events; threads, of which there are none (section 2.5)."""

import time
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from .. import clock, settings
from ..closed import Closed
from ..platform import Answer, Call
from ..world import JSON, Position, Record, Transaction, World
from . import content, identifiers, lifecycle, paging, schema, session_start, sessions
from .content import UserInterrupt
from .errors import missing
from .kinds import SESSIONS
from .times import trimmed

_POLL_SECONDS = 0.02


class SendEvents(Closed):
    """The body of a send: always a list, also for one event."""

    events: Annotated[list[content.Event], Field(min_length=1)]


def send(tx: Transaction, call: Call) -> Answer:
    """POST /sessions/{session_id}/events: all of them or none."""
    sent = schema.body(SendEvents, call)
    record = sessions.open_session(tx, call)
    content.check_order(sent.events, "events")
    answered = [session_start.say(tx, record, event) for event in sent.events]
    _react(tx, record, sent.events)
    tx.save(record)
    return Answer(settings.value(tx, "qoder_send_events_status"), {"data": answered})


def list_all(tx: Transaction, call: Call) -> Answer:
    """GET /sessions/{session_id}/events, oldest first; time filters compare with processed_at."""
    record = lifecycle.find(tx, call.ids["session_id"], read=True)
    types = set(call.query.getlist("types[]"))
    found = paging.page(
        call.query,
        paging.said(tx, record.id),
        lambda event: not types or event["type"] in types,
        order=paging.ordered(call.query, "asc"),
        bounds=paging.ALL_BOUNDS,
        time="processed_at",
    )
    return Answer(document=found)


def stream(world: World, tx: Transaction, call: Call) -> Answer:
    """GET /sessions/{session_id}/events/stream: what happens from now on, or behind the Last-Event-ID."""
    record = lifecycle.find(tx, call.ids["session_id"])
    after = paging.said(tx, record.id).place(call.headers.get("last-event-id", "")) or _start(tx, record)
    return Answer(events=_follow(world, record.id, after, float(settings.value(tx, "stream_seconds"))))


def list_threads(tx: Transaction, call: Call) -> Answer:
    """GET /sessions/{session_id}/threads: none, as the emulated agent leads no others."""
    lifecycle.find(tx, call.ids["session_id"])
    return Answer(document=paging.page(call.query, paging.counted([])))


def no_thread(tx: Transaction, call: Call) -> Answer:
    """Every call on one thread of a session."""
    lifecycle.find(tx, call.ids["session_id"])
    raise missing("Session thread", call.ids["thread_id"])


def _react(tx: Transaction, record: Record, events: Sequence[Closed]) -> None:
    if any(not isinstance(event, UserInterrupt) for event in events):
        lifecycle.run(tx, record)
    if isinstance(events[-1], UserInterrupt) and record.body["status"] in lifecycle.BUSY:
        lifecycle.put(tx, record, "idle")


def _start(tx: Transaction, record: Record) -> Position | None:
    if settings.value(tx, "qoder_stream_start") == "history":
        return None
    newest = next(tx.events(record.id, "desc"), None)
    return None if newest is None else newest[0]


def _follow(world: World, session_id: str, after: Position | None, patience: float) -> Iterator[JSON]:
    # A reader waits for the first bytes, and the SDK passes over pings.
    yield {"type": "ping"}
    deadline = time.monotonic() + patience
    while True:
        found, gone = _since(world, session_id, after)
        yield from (trimmed(event) for _, event in found)
        if gone is not None:
            yield trimmed(gone)
            return
        if found:
            after = found[-1][0]
            deadline = time.monotonic() + patience
        if time.monotonic() > deadline:
            return
        time.sleep(_POLL_SECONDS)


def _since(world: World, session_id: str, after: Position | None) -> tuple[list[tuple[Position, JSON]], JSON | None]:
    """Events behind a position, and the farewell when the session is deleted meanwhile."""
    with world.transaction(writes=False) as tx:
        record = tx.get(SESSIONS.table, session_id)
        if record is None:
            return [], {"id": identifiers.new(tx, "evt_"), "type": "session.deleted", "processed_at": clock.stamp(tx)}
        lifecycle.settle(tx, record, read=False)
        return list(tx.events(session_id, "asc", after)), None

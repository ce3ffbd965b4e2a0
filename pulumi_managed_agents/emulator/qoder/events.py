"""What is said in a session: sending, listing and streaming events (section 2.5)."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from .. import settings
from ..platform import Answer, Call
from ..platform.bodies import Closed
from ..platform.content import UserInterrupt
from ..platform.stream import follow
from ..world import JSON, Position, Record, Transaction
from . import content, lifecycle, paging, schema
from .times import trimmed


class SendEvents(Closed):
    """The body of a send: always a list, also for one event."""

    events: Annotated[list[content.Event], Field(min_length=1)]


def send(tx: Transaction, call: Call) -> Answer:
    """POST /sessions/{session_id}/events: all of them or none."""
    sent = schema.body(SendEvents, call)
    record = lifecycle.find_open(tx, call)
    content.check_order(sent.events, "events")
    answered = [accept(tx, record, event) for event in sent.events]
    _react(tx, record, sent.events)
    tx.save(record)
    return Answer(settings.value(tx, "qoder_send_events_status"), {"data": answered})


def accept(tx: Transaction, record: Record, event: Closed) -> JSON:
    """Writes an event of the client into the history."""
    fields = content.echo(event)
    return lifecycle.emit(tx, record.id, fields.pop("type"), **fields)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /sessions/{session_id}/events, oldest first; time filters compare with processed_at."""
    record = lifecycle.find(tx, call.ids["session_id"], read=True)
    types = set(call.query.getlist("types[]"))
    page = paging.page(
        call.query,
        paging.happened(tx, record.id),
        lambda event: not types or event["type"] in types,
        order=paging.ordered(call.query, "asc"),
        bounds=paging.ALL_BOUNDS,
        time="processed_at",
    )
    return Answer(document=page)


def stream(tx: Transaction, call: Call) -> Answer:
    """GET /sessions/{session_id}/events/stream: what happens from now on, or behind the Last-Event-ID."""
    record = lifecycle.find(tx, call.ids["session_id"])
    after = tx.event_place(record.id, call.headers.get("last-event-id", "")) or _start(tx, record)
    patience = float(settings.value(tx, "stream_seconds"))
    return Answer(events=_shown(follow(call.world, lifecycle.LIFECYCLE, record.id, after, patience)))


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


def _shown(events: Iterator[JSON]) -> Iterator[JSON]:
    # A reader waits for the first bytes, and the SDK passes over pings.
    yield {"type": "ping"}
    yield from map(trimmed, events)

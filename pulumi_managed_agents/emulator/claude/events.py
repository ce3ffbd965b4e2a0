"""What is said in a session: sending, listing and streaming events (section 4.6)."""

from typing import Annotated, Any

from pydantic import Field

from .. import ids, settings
from ..platform import Answer, Call, Refusal
from ..platform.bodies import Closed
from ..platform.content import UserInterrupt
from ..platform.stream import follow
from ..world import JSON, Order, Position, Record, Transaction
from . import budgets, lifecycle, paging, schema
from .content import CustomToolResult, DefineOutcome, Event, SystemMessage, ToolConfirmation, ToolResult, UserMessage
from .errors import invalid
from .kinds import ENVIRONMENTS

MAX_FILE_DOCUMENTS = 100
# At the budget cap the agent can still be answered, and stopped, but not asked.
_ALLOWED_AT_CAP = (ToolConfirmation, ToolResult, CustomToolResult, UserInterrupt)
_ACCOMPANIED = (UserMessage, ToolResult, CustomToolResult)


class SendEvents(Closed):
    """The body of a send."""

    events: Annotated[list[Event], Field(min_length=1)]


def send(tx: Transaction, call: Call) -> Answer:
    """POST /v1/sessions/{session_id}/events: all of them or none."""
    sent = schema.body(SendEvents, call)
    record = lifecycle.find(tx, call.ids["session_id"])
    _check(tx, record, sent.events)
    answered = [accept(tx, record, event) for event in sent.events]
    _react(tx, record, sent.events)
    tx.save(record)
    return Answer(document={"data": answered})


def accept(tx: Transaction, record: Record, event: Any) -> JSON:
    """Writes a sent event into the history. The caller saves the session."""
    fields = event.model_dump(exclude={"type"}, exclude_none=True)
    if isinstance(event, DefineOutcome):
        fields |= {"outcome_id": ids.new(tx, "outc_"), "max_iterations": event.max_iterations or 3}
        record.body["outcome_evaluations"].append(_outcome(event, fields["outcome_id"]))
    return lifecycle.emit(tx, record.id, event.type, **fields)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}/events, oldest first; created_at filters compare with processed_at."""
    return history(tx, call, lifecycle.find(tx, call.ids["session_id"], read=True))


def history(tx: Transaction, call: Call, record: Record) -> Answer:
    """The events of a session or of its thread, as the request wants them."""
    part = paging.window(call.query, default=100, maximum=1000, order="asc", bounds=paging.ALL_BOUNDS, ordered=True)
    types = set(call.query.getlist("types[]"))

    def source(order: Order, after: Position | None) -> Any:
        return tx.events(record.id, order, after)

    return Answer(document=paging.page(part, source, lambda event: not types or event["type"] in types))


def stream(tx: Transaction, call: Call) -> Answer:
    """GET /v1/sessions/{session_id}/events/stream: what has happened, then what happens for a short while."""
    record = lifecycle.find(tx, call.ids["session_id"])
    patience = float(settings.value(tx, "stream_seconds"))
    return Answer(events=follow(call.world, lifecycle.LIFECYCLE, record.id, None, patience))


def check_documents(events: list[Any]) -> None:
    """The cap on files among the documents of initial events."""
    blocks = [block for event in events if isinstance(event, UserMessage) for block in event.content]
    if sum(getattr(getattr(block, "source", None), "type", "") == "file" for block in blocks) > MAX_FILE_DOCUMENTS:
        raise invalid(f"initial_events: at most {MAX_FILE_DOCUMENTS} file documents")


def _check(tx: Transaction, record: Record, events: list[Any]) -> None:
    if record.body["status"] == "terminated":
        raise Refusal(settings.value(tx, "archived_refusal_status"), "The session has ended and takes no events.")
    if budgets.reached(record.body) and not all(isinstance(event, _ALLOWED_AT_CAP) for event in events):
        raise invalid("events: the session has reached its budget")
    _check_system_message(events)
    known = {event["id"] for _, event in tx.events(record.id)}
    for index, event in enumerate(events):
        _check_event(tx, record, event, known, f"events.{index}")


def _check_system_message(events: list[Any]) -> None:
    for index, event in enumerate(events):
        if isinstance(event, SystemMessage) and (
            index != len(events) - 1 or index == 0 or not isinstance(events[index - 1], _ACCOMPANIED)
        ):
            raise invalid(f"events.{index}: a system.message is the last event, right behind the one it accompanies")


def _check_event(tx: Transaction, record: Record, event: Any, known: set[str], path: str) -> None:
    answered = getattr(event, "tool_use_id", None) or getattr(event, "custom_tool_use_id", None)
    if answered is not None and answered not in known:
        raise invalid(f"{path}: no event {answered!r} in this session")
    if isinstance(event, ToolConfirmation) and event.deny_message is not None and event.result != "deny":
        raise invalid(f"{path}.deny_message: only with result 'deny'")
    if isinstance(event, ToolResult) and not _self_hosted(tx, record):
        raise invalid(f"{path}: user.tool_result is for self-hosted environments")


def _self_hosted(tx: Transaction, record: Record) -> bool:
    environment = tx.get(ENVIRONMENTS.table, record.body["environment_id"])
    return environment is not None and environment.body["config"]["type"] == "self_hosted"


def _react(tx: Transaction, record: Record, events: list[Any]) -> None:
    if any(not isinstance(event, UserInterrupt) for event in events):
        lifecycle.run(tx, record)
    if isinstance(events[-1], UserInterrupt) and record.body["status"] in ("running", "rescheduling"):
        lifecycle.finish(tx, record, "interrupted")


def _outcome(event: DefineOutcome, outcome_id: str) -> JSON:
    return {
        "type": "outcome_evaluation",
        "outcome_id": outcome_id,
        "description": event.description,
        "result": "pending",
        "iteration": 0,
        "explanation": None,
        "completed_at": None,
    }

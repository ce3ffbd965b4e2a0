"""Every event there is, as one union: whoever is told of another one still gets all of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final

from ...declaration.marks import Always, Document
from ...declaration.model import Outputs, described
from ...declaration.secret_forms import opened
from ...declaration.shape import ListOf, Tagged, shape_of
from ..function import result
from . import progress, talk
from .parts import EventBase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...declaration.values import Bag


class OtherEvent(EventBase):
    """An event of a type that this version does not know."""

    type: Annotated[str, described("The platform's word for what happened.")]
    fields: Annotated[
        dict[str, Any] | None, Always(), Document(), described("What else it says, in the platform's words.")
    ] = None


Event = (
    talk.MessageEvent
    | talk.ThreadMessageReceivedEvent
    | talk.ThreadMessageSentEvent
    | talk.ToolUseEvent
    | talk.McpToolUseEvent
    | talk.ToolResultEvent
    | talk.McpToolResultEvent
    | talk.CustomToolResultEvent
    | talk.ToolConfirmationEvent
    | progress.PlainEvent
    | progress.StatusIdleEvent
    | progress.SessionErrorEvent
    | progress.SessionUpdatedEvent
    | progress.SessionUsageEvent
    | progress.ThreadStatusEvent
    | progress.ThreadIdleEvent
    | progress.ModelRequestEndEvent
    | progress.DefineOutcomeEvent
    | progress.OutcomeEvaluationEvent
    | progress.OutcomeEvaluationEndEvent
    | progress.WorkflowRunCreatedEvent
    | progress.WorkflowRunEvent
    | progress.WorkflowRunEndedEvent
    | progress.WorkflowPhaseEvent
    | OtherEvent
)


class EventList(Outputs):
    """Events of a session or a thread."""

    events: Annotated[list[Event], described("The events.")]


_OF_EVERY: Final = ("id", "type", "processed_at", "session_thread_id")
"""What every event has, in the platform's words."""


def listed(events: Iterable[Bag]) -> Bag:
    """The events as they are given: each with its words in one text, and nothing in them that looks like a secret."""
    return result(EventList, {"events": [_told(opened(event)) for event in events]})


def _told(event: Bag) -> Bag:
    rest = {} if event.get("type") in known() else {"fields": _without(event, _OF_EVERY)}
    return {**event, "text": _text(event), **rest}


def _text(event: Bag) -> str | None:
    content, error = event.get("content"), event.get("error")
    blocks = [block for block in content if isinstance(block, dict)] if isinstance(content, list) else []
    texts = [str(block["text"]) for block in blocks if block.get("type") == "text" and block.get("text")]
    message = error.get("message") if isinstance(error, dict) else None
    return "\n".join(texts) or message


def _without(event: Bag, names: tuple[str, ...]) -> Bag:
    return {name: value for name, value in event.items() if name not in names}


@cache
def known() -> frozenset[str]:
    """The types of events that have a declaration."""
    events = shape_of(EventList).properties["events"].shape
    item = events.item if isinstance(events, ListOf) else events
    return frozenset(item.variants if isinstance(item, Tagged) else ())

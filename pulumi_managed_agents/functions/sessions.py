"""Looking into a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..declaration.marks import IdOf
from ..declaration.model import Model, Outputs, described
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation, Steps
from ..resources.session.outputs import MountedResource
from .function import function, result

if TYPE_CHECKING:
    from ..declaration.values import Bag


class BySession(Model):
    """Arguments of a look-up in a session."""

    session_id: Annotated[str, IdOf("Session"), described("The session's id.", min_length=1)]


EVENTS = 100
"""How many events are listed when no number is said."""


class EventQuery(BySession):
    """Which events of a session."""

    types: Annotated[list[str] | None, described("Only events of these types, such as `agent.message`.")] = None
    limit: Annotated[int | None, described("At most so many (default: 100).", ge=1, le=10_000)] = None


class MountedResources(Outputs):
    """What a session mounts."""

    resources: Annotated[list[MountedResource], described("What is mounted, with ids and paths; never a token.")]


class ListedEvent(Outputs):
    """Something that happened in a session."""

    id: Annotated[str, described("The event's id.")]
    type: Annotated[str, described("What happened, such as `session.status_idle`.")]
    processed_at: Annotated[str | None, described("When (RFC 3339).")] = None
    text: Annotated[str | None, described("What was said, or what went wrong.")] = None


class SessionEventList(Outputs):
    """Events of a session."""

    events: Annotated[list[ListedEvent], described("The events, newest first.")]


def list_session_resources(arguments: Bag) -> Steps[Bag]:
    """Lists what a session mounts: repositories, files and memory stores."""
    answer = yield Call(Operation("sessions.resources", "list"), {"session_id": arguments["sessionId"]})
    return result(MountedResources, {"resources": answer["data"]})


def list_session_events(arguments: Bag) -> Steps[Bag]:
    """Lists the newest events of a session, newest first."""
    query = {"order": "desc", **({"types[]": arguments["types"]} if arguments.get("types") else {})}
    listing = Call(Operation("sessions.events", "list"), {"session_id": arguments["sessionId"]}, query=query)
    events = yield from pages(listing, arguments.get("limit") or EVENTS)
    return result(SessionEventList, {"events": [_event(event) for event in events]})


def _event(event: Bag) -> Bag:
    blocks = [block for block in event.get("content") or () if isinstance(block, dict)]
    texts = [str(block["text"]) for block in blocks if block.get("type") == "text"]
    problem = (event.get("error") or {}).get("message")
    return {**event, "text": "\n".join(texts) or problem}


SESSION_RESOURCES = function("listSessionResources", list_session_resources, BySession, MountedResources)
SESSION_EVENTS = function("listSessionEvents", list_session_events, EventQuery, SessionEventList)

"""What happened in a session, or in one of its threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from ..declaration.marks import IdOf
from ..declaration.model import described
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation, Steps
from .events.every import EventList, listed
from .function import function
from .listing import Created, Listing, asked, most
from .threads import NO_THREADS

if TYPE_CHECKING:
    from ..declaration.values import Bag


class EventQuery(Created):
    """Which events of a session."""

    session_id: Annotated[str, IdOf("Session"), described("The session's id.", min_length=1)]
    types: Annotated[list[str] | None, described("Only events of these types, such as `agent.message`.")] = None
    order: Annotated[
        Literal["asc", "desc"] | None, described("`desc`, the newest first (default), or `asc`, the oldest first.")
    ] = None


class ThreadEventQuery(Listing):
    """Which events of a thread."""

    session_id: Annotated[str, IdOf("Session"), described("The session's id.", min_length=1)]
    thread_id: Annotated[str, described("The thread's id.", min_length=1)]


def list_session_events(arguments: Bag) -> Steps[Bag]:
    """Lists the newest events of a session, newest first, each with the fields of its type.

    `created_at` is compared with the moment when an event was processed. What looks like a secret is hidden.
    """
    query = {"order": "desc", **asked(arguments, order="order", types="types[]")}
    listing = Call(Operation("sessions.events", "list"), {"session_id": arguments["sessionId"]}, query=query)
    return listed((yield from pages(listing, most(arguments))))


def list_thread_events(arguments: Bag) -> Steps[Bag]:
    """Lists the events of a thread of a session, in the platform's order, each with the fields of its type."""
    ids = {"session_id": arguments["sessionId"], "thread_id": arguments["threadId"]}
    return listed((yield from pages(Call(Operation("sessions.threads.events", "list"), ids), most(arguments))))


SESSION_EVENTS = function("listSessionEvents", list_session_events, EventQuery, EventList)
THREAD_EVENTS = function("listThreadEvents", list_thread_events, ThreadEventQuery, EventList, NO_THREADS)

"""The threads of a session: its agent's own, and one for each agent that works for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from ..declaration.marks import Always, Document, IdOf, NotIn
from ..declaration.model import Outputs, described
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation, Steps
from .function import function, result
from .listing import Listing, asked, most

if TYPE_CHECKING:
    from ..declaration.values import Bag

NO_THREADS: Final = (
    NotIn(("aws",), "ask for the session's events: `listSessionEvents` (as documented in August 2026)"),
)


class ThreadQuery(Listing):
    """Which threads of a session."""

    session_id: Annotated[str, IdOf("Session"), described("The session's id.", min_length=1)]
    statuses: Annotated[
        list[str] | None, described("Only those that are `running`, `idle`, `rescheduling` or `terminated`.")
    ] = None


class ThreadAgent(Outputs):
    """The agent of a thread."""

    id: Annotated[str | None, described("Its id; an agent that was made for the task has none.")] = None
    name: Annotated[str | None, described("Its name.")] = None
    version: Annotated[int | None, described("Its version.")] = None
    type: Annotated[str | None, described("`agent`, or what else it is.")] = None


class SessionThread(Outputs):
    """A thread of a session."""

    id: Annotated[str, described("The thread's id.")]
    status: Annotated[str, described("`running`, `idle`, `rescheduling` or `terminated`.")]
    parent_thread_id: Annotated[str | None, described("The thread that began it; the session's first has none.")] = None
    agent: Annotated[ThreadAgent | None, Always(), described("Who works in it.")] = None
    usage: Annotated[dict[str, Any] | None, Document(), described("Tokens and cost so far.")] = None
    stats: Annotated[dict[str, Any] | None, Document(), described("Time spent.")] = None
    workflow_run_id: Annotated[str | None, described("The run of a workflow that began it.")] = None
    created_at: Annotated[str | None, Always(), described("When it began (RFC 3339).")] = None
    updated_at: Annotated[str | None, Always(), described("When it last changed (RFC 3339).")] = None
    archived_at: Annotated[str | None, described("When it was archived (RFC 3339).")] = None


class SessionThreads(Outputs):
    """Threads of a session."""

    threads: Annotated[list[SessionThread], described("The threads, in the platform's order.")]


def list_threads(arguments: Bag) -> Steps[Bag]:
    """Lists the threads of a session."""
    query = asked(arguments, statuses="statuses[]")
    listing = Call(Operation("sessions.threads", "list"), {"session_id": arguments["sessionId"]}, query=query)
    found = yield from pages(listing, most(arguments))
    wanted = arguments.get("statuses")
    # Not every platform narrows them.
    return result(SessionThreads, {"threads": [each for each in found if not wanted or each.get("status") in wanted]})


THREADS = function("listThreads", list_threads, ThreadQuery, SessionThreads, NO_THREADS)

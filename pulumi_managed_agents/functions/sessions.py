"""Which sessions there are, and what one of them mounts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from ..declaration.marks import Always, Document, IdOf
from ..declaration.model import Model, Outputs, described
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation, Steps
from ..resources.session.outputs import AgentSnapshot, BudgetUsage, MountedResource, OutcomeEvaluation
from ..resources.session.spending import budget_usage
from .function import function, result
from .listing import Created, Pages, asked, labelled, looked_for, most

if TYPE_CHECKING:
    from ..declaration.values import Bag


class BySession(Model):
    """Arguments of a look-up in a session."""

    session_id: Annotated[str, IdOf("Session"), described("The session's id.", min_length=1)]


class SessionQuery(Created):
    """Which sessions."""

    agent_id: Annotated[str | None, IdOf("Agent"), described("Only sessions of this agent.")] = None
    agent_version: Annotated[
        int | None, described("Only sessions of this version of it; it needs `agentId`.", ge=1)
    ] = None
    deployment_id: Annotated[str | None, IdOf("Deployment"), described("Only sessions of this deployment.")] = None
    memory_store_id: Annotated[str | None, IdOf("MemoryStore"), described("Only those that mount this store.")] = None
    statuses: Annotated[
        list[str] | None, described("Only those that are `running`, `idle`, `rescheduling` or `terminated`.")
    ] = None
    metadata: Annotated[dict[str, str] | None, described("Only sessions with these labels.")] = None
    include_archived: Annotated[bool | None, described("Archived ones too.")] = None
    order: Annotated[
        Literal["asc", "desc"] | None, described("`desc`, the newest first (default), or `asc`, the oldest first.")
    ] = None
    pages: Pages = None


class ListedSession(Outputs):
    """A session."""

    id: Annotated[str, described("The session's id.")]
    status: Annotated[str, described("`idle`, `running`, `rescheduling` or `terminated`.")]
    title: Annotated[str | None, described("Its title.")] = None
    metadata: Annotated[dict[str, str] | None, described("Its labels.")] = None
    agent: Annotated[AgentSnapshot, described("Its agent, in the version that it keeps.")]
    environment_id: Annotated[str | None, Always(), described("Its environment.")] = None
    deployment_id: Annotated[str | None, described("The deployment that started it.")] = None
    vault_ids: Annotated[list[str] | None, described("Its vaults.")] = None
    outcome_evaluations: Annotated[list[OutcomeEvaluation] | None, described("What is to be reached, and how far.")] = (
        None
    )
    budget_usage: Annotated[BudgetUsage | None, described("What it has cost of its budget, where it has one.")] = None
    usage: Annotated[dict[str, Any] | None, Always(), Document(), described("Tokens and cost so far.")] = None
    stats: Annotated[dict[str, Any] | None, Always(), Document(), described("Time spent.")] = None
    created_at: Annotated[str | None, Always(), described("When it was created (RFC 3339).")] = None
    updated_at: Annotated[str | None, Always(), described("When it was last changed (RFC 3339).")] = None
    archived_at: Annotated[str | None, described("When it was archived (RFC 3339).")] = None


class Sessions(Outputs):
    """Sessions."""

    sessions: Annotated[list[ListedSession], described("The sessions, newest first unless asked otherwise.")]


_FILTERS = {
    "agentId": "agent_id",
    "agentVersion": "agent_version",
    "deploymentId": "deployment_id",
    "memoryStoreId": "memory_store_id",
    "statuses": "statuses[]",
    "includeArchived": "include_archived",
    "order": "order",
}


class MountedResources(Outputs):
    """What a session mounts."""

    resources: Annotated[list[MountedResource], described("What is mounted, with ids and paths; never a token.")]


def list_sessions(arguments: Bag) -> Steps[Bag]:
    """Lists sessions, newest first: what they do, what they cost, and what is to be reached."""
    listing = Call(Operation("sessions", "list"), query=asked(arguments, **_FILTERS))
    labels, limit = arguments.get("metadata"), most(arguments)
    if labels:
        wanted = partial(labelled, labels=labels)
        found = yield from looked_for("Listing sessions by metadata", listing, wanted, arguments, limit)
    else:
        found = yield from pages(listing, limit)
    return result(Sessions, {"sessions": [{**each, "budget_usage": budget_usage(each)} for each in found]})


def list_session_resources(arguments: Bag) -> Steps[Bag]:
    """Lists what a session mounts: repositories, files and memory stores."""
    answer = yield Call(Operation("sessions.resources", "list"), {"session_id": arguments["sessionId"]})
    return result(MountedResources, {"resources": answer["data"]})


SESSION_RESOURCES = function("listSessionResources", list_session_resources, BySession, MountedResources)
SESSIONS = function("listSessions", list_sessions, SessionQuery, Sessions)

"""Functions: looking up what exists without managing it, derived from the kinds that can be read by their id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import ValidationError

from ..declaration.model import Digest, Failure, Internal, Local, Model, Outputs, WriteOnly, described
from ..declaration.names import from_api
from ..declaration.shape import Property, shape_of
from ..errors import NotFound, Refusal
from ..lifecycle.lifecycle import Call, Steps
from ..plan.validation import sentences
from ..resources.registry import KINDS
from ..resources.session.session import MountedResource
from .inventory import pages

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ..declaration.model import Kind
    from ..declaration.values import Bag


@dataclass(frozen=True)
class Function:
    """A look-up: what it takes, what it gives, and the calls it makes. It never gives a secret."""

    name: str
    doc: str
    inputs: type[Model]
    outputs: tuple[Property, ...]
    steps: Callable[[Bag], Steps[Bag]]
    of: str | None = None
    """The kind whose properties it gives, if any."""

    def failures(self, arguments: Bag) -> list[Failure]:
        """What is wrong with the arguments."""
        try:
            self.inputs.model_validate(arguments)
        except ValidationError as error:
            return sentences(shape_of(self.inputs), arguments, error)
        return []


class ById(Model):
    """Arguments of a look-up by id."""

    id: Annotated[str, described("The object's id.", min_length=1)]


class BySession(Model):
    """Arguments of a look-up in a session."""

    session_id: Annotated[str, described("The session's id.", min_length=1)]


class Nothing(Model):
    """No arguments."""


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


class AgentVersion(Outputs):
    """An agent as it was."""

    version: Annotated[int, described("The version's number.")]
    name: Annotated[str | None, described("The agent's name then.")] = None
    description: Annotated[str | None, described("Its description then.")] = None
    updated_at: Annotated[str | None, described("When the version was made (RFC 3339).")] = None


class AgentVersions(Outputs):
    """The history of an agent."""

    versions: Annotated[list[AgentVersion], described("The versions, newest first.")]


class ModelInfo(Outputs):
    """A model."""

    id: Annotated[str, described("What agents name it with.")]
    display_name: Annotated[str | None, described("Its name for people.")] = None


class Models(Outputs):
    """The platform's models."""

    models: Annotated[list[ModelInfo], described("The models.")]


def shown(kind: Kind) -> tuple[Property, ...]:
    """The properties of a kind that a look-up gives: all but secrets and what steers only the provider."""
    hidden = (WriteOnly, Local, Internal, Digest)
    inputs = shape_of(kind.inputs).properties.values()
    return (
        *shape_of(ById).properties.values(),
        *(prop for prop in inputs if not any(prop.mark(mark) for mark in hidden)),
        *shape_of(kind.outputs).properties.values(),
    )


def _get(kind: Kind) -> Function:
    def steps(arguments: Bag) -> Steps[Bag]:
        state = yield from kind.lifecycle.read(kind, arguments["id"], None)
        if state is None:
            refusal = Refusal(404, "not_found_error", f"there is no {kind.name} {arguments['id']!r}, or it is archived")
            raise NotFound(f"Looking up {_one(kind)}", refusal)
        names = {prop.wire for prop in shown(kind)}
        return {"id": state.id, **{wire: value for wire, value in state.outputs.items() if wire in names}}

    doc = f"Looks up {_one(kind)} by its id, without managing it."
    return Function(f"get{kind.name}", doc, ById, shown(kind), steps, kind.name)


def _one(kind: Kind) -> str:
    return f"{'an' if kind.name[0] in 'AEIOU' else 'a'} {kind.name}"


def _list_session_resources(arguments: Bag) -> Steps[Bag]:
    answer = yield Call("sessions.resources.list", {"session_id": arguments["sessionId"]})
    return _given(MountedResources, {"resources": answer["data"]})


def _list_session_events(arguments: Bag) -> Steps[Bag]:
    query = {"order": "desc", **({"types[]": arguments["types"]} if arguments.get("types") else {})}
    listing = Call("sessions.events.list", {"session_id": arguments["sessionId"]}, query=query)
    events = yield from pages(listing, arguments.get("limit") or EVENTS)
    return _given(SessionEventList, {"events": [_event(event) for event in events]})


def _event(event: Bag) -> Bag:
    blocks = [block for block in event.get("content") or () if isinstance(block, dict)]
    texts = [str(block["text"]) for block in blocks if block.get("type") == "text"]
    told = (event.get("error") or {}).get("message")
    return {**event, "text": "\n".join(texts) or told}


def _get_agent_versions(arguments: Bag) -> Steps[Bag]:
    versions = yield from pages(Call("agents.versions.list", {"agent_id": arguments["id"]}), 0)
    return _given(AgentVersions, {"versions": versions})


def _list_models(arguments: Bag) -> Steps[Bag]:
    del arguments
    answer = yield Call("models.list")
    return _given(Models, {"models": answer["data"]})


def _given(outputs: type[BaseModel], found: Bag) -> Bag:
    """What a function gives, of what the platform answered."""
    given: Bag = from_api(shape_of(outputs), found)
    return given


def _function(
    name: str, doc: str, inputs: type[Model], outputs: type[BaseModel], steps: Callable[[Bag], Steps[Bag]]
) -> Function:
    return Function(name, doc, inputs, tuple(shape_of(outputs).properties.values()), steps)


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        *(_get(kind) for kind in KINDS.values() if kind.lifecycle.listed),
        _function(
            "getAgentVersions",
            "Lists the versions of an agent, newest first.",
            ById,
            AgentVersions,
            _get_agent_versions,
        ),
        _function(
            "listSessionResources",
            "Lists what a session mounts: repositories, files and memory stores.",
            BySession,
            MountedResources,
            _list_session_resources,
        ),
        _function(
            "listSessionEvents",
            "Lists the newest events of a session, newest first.",
            EventQuery,
            SessionEventList,
            _list_session_events,
        ),
        _function("listModels", "Lists the models that agents can use.", Nothing, Models, _list_models),
    )
}

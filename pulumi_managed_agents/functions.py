"""Functions: looking up what exists without managing it, derived from the kinds that can be read by their id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from .errors import NotFound, Refusal
from .lifecycle import Call, Steps
from .model import Failure, Internal, Local, Model, WriteOnly, described
from .resources.registry import KINDS
from .resources.session import MountedResource
from .shape import Property, shape_of
from .translate import from_api
from .validation import sentences

if TYPE_CHECKING:
    from .model import Kind
    from .values import Bag


@dataclass(frozen=True)
class Function:
    """A look-up: what it takes, what it gives, and the calls it makes. It never gives a secret."""

    name: str
    doc: str
    inputs: type[Model]
    outputs: tuple[Property, ...]
    steps: Callable[[Bag], Steps[Bag]]

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


class MountedResources(BaseModel):
    """What a session mounts."""

    model_config = ConfigDict(alias_generator=to_camel)

    resources: Annotated[list[MountedResource], described("What is mounted, with ids and paths; never a token.")]


def shown(kind: Kind) -> tuple[Property, ...]:
    """The properties of a kind that a look-up gives: all but secrets and what steers only the provider."""
    hidden = (WriteOnly, Local, Internal)
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
            raise NotFound(f"Looking up a {kind.name}", refusal)
        names = {prop.wire for prop in shown(kind)}
        return {"id": state.id, **{wire: value for wire, value in state.outputs.items() if wire in names}}

    doc = f"Looks up {'an' if kind.name[0] in 'AEIOU' else 'a'} {kind.name} by its id, without managing it."
    return Function(f"get{kind.name}", doc, ById, shown(kind), steps)


def _list_session_resources(arguments: Bag) -> Steps[Bag]:
    answer = yield Call("sessions.resources.list", {"session_id": arguments["sessionId"]})
    return {"resources": from_api(shape_of(MountedResources).properties["resources"].shape, answer["data"])}


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        *(_get(kind) for kind in KINDS.values() if kind.lifecycle.listed),
        Function(
            "listSessionResources",
            "Lists what a session mounts: repositories, files and memory stores.",
            BySession,
            tuple(shape_of(MountedResources).properties.values()),
            _list_session_resources,
        ),
    )
}


def all_of(kind: Kind, limit: int) -> Steps[list[Bag]]:
    """Id and name of the objects of a kind, newest first, at most `limit` (0: all)."""
    life = kind.lifecycle
    if life.listed and life.within is None:
        return [_entry(item) for item in (yield from _pages(Call(f"{life.collection}.list"), limit))]
    found: list[Bag] = []
    parents = life.collection.rpartition(".")[0]
    for parent in (yield from _pages(Call(f"{parents}.list"), 0)):
        found += yield from _below(kind, parent)
        if limit and len(found) >= limit:
            break
    return found[: limit or None]


def _below(kind: Kind, parent: Bag) -> Steps[list[Bag]]:
    """The objects of a kind that live in another object, or are part of it."""
    within = kind.lifecycle.within
    if within is not None:
        items = yield from _pages(Call(f"{kind.lifecycle.collection}.list", {within.parameter: parent["id"]}), 0)
        return [{**_entry(item), "id": f"{parent['id']}/{item['id']}"} for item in items]
    mounts = [item for item in parent.get("resources", ()) if item["type"] == "github_repository"]
    return [{"id": f"{parent['id']}/{mount['id']}", "name": mount["url"]} for mount in mounts]


def _entry(item: Bag) -> Bag:
    words = ("name", "display_name", "title", "filename", "path")
    return {"id": item["id"], "name": next((item[word] for word in words if item.get(word)), "")}


def _pages(listing: Call, limit: int) -> Steps[list[Bag]]:
    found: list[Bag] = []
    cursor: str | None = None
    while True:
        query = {"limit": min(limit or 100, 100), **({"page": cursor} if cursor else {})}
        page = yield replace(listing, query=query)
        found += page["data"]
        cursor = page.get("next_page")
        if cursor is None or (limit and len(found) >= limit):
            return found[: limit or None]

"""Looking an object up by its id: one function for each kind that the platform keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..declaration.marks import Digest, Internal, Local, WriteOnly
from ..declaration.model import described
from ..declaration.shape import Property, shape_of
from ..errors import NotFound, Refusal
from ..lifecycle.adopt import adopted
from ..lifecycle.outputs import outputs_of
from ..lifecycle.steps import Call, State, Steps
from .function import ById, Function

if TYPE_CHECKING:
    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind


def shown(kind: Kind) -> tuple[Property, ...]:
    """The properties of a kind that a look-up gives: all but secrets and what steers only the provider."""
    hidden = (WriteOnly, Local, Internal, Digest)
    inputs = kind.shape.properties.values()
    return (
        *shape_of(ById).properties.values(),
        *(prop for prop in inputs if not any(prop.mark(mark) for mark in hidden)),
        *kind.output_shape.properties.values(),
    )


def by_id(kind: Kind) -> Function:
    """The function that looks an object of the kind up by its id."""

    def steps(arguments: Bag) -> Steps[Bag]:
        named, version = arguments["id"], arguments.get("version")
        state = yield from (as_of(kind, named, version) if version else kind.lifecycle.read(kind, named, None))
        if state is None:
            refusal = Refusal(404, "not_found_error", f"there is no {kind.name} {named!r}, or it is archived")
            raise NotFound(f"Looking up {one(kind)}", refusal)
        return given(kind, state)

    versioned = kind.name == "Agent"
    asked = "by its id, or as one of its versions was" if versioned else "by its id"
    doc = f"Looks up {one(kind)} {asked}, without managing it."
    return Function(f"get{kind.name}", doc, ByVersion if versioned else ById, shown(kind), steps, kind.name)


class ByVersion(ById):
    """Arguments of a look-up by id, of something that has versions."""

    version: Annotated[
        int | None, described("The version to show (default: the newest): what it said can be declared again.", ge=1)
    ] = None


def as_of(kind: Kind, id: str, version: int) -> Steps[State | None]:
    """The object as it was: nothing that was read meanwhile answers that."""
    life = kind.lifecycle
    answer = yield Call(life.operation("retrieve"), life.ids(id), query={"version": version})
    return None if life.is_gone(answer) else State(id, outputs_of(kind, adopted(kind, answer), answer))


def given(kind: Kind, state: State) -> Bag:
    """What a look-up gives of an object."""
    names = {prop.wire for prop in shown(kind)}
    return {"id": state.id, **{wire: value for wire, value in state.outputs.items() if wire in names}}


def one(kind: Kind) -> str:
    """The kind with its article."""
    return f"{'an' if kind.name[0] in 'AEIO' else 'a'} {kind.name}"

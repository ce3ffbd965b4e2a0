"""Looking an object up by its id: one function for each kind that the platform keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.marks import Digest, Internal, Local, WriteOnly
from ..declaration.shape import Property, shape_of
from ..errors import NotFound, Refusal
from ..lifecycle.steps import Steps
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
        state = yield from kind.lifecycle.read(kind, arguments["id"], None)
        if state is None:
            refusal = Refusal(404, "not_found_error", f"there is no {kind.name} {arguments['id']!r}, or it is archived")
            raise NotFound(f"Looking up {_one(kind)}", refusal)
        names = {prop.wire for prop in shown(kind)}
        return {"id": state.id, **{wire: value for wire, value in state.outputs.items() if wire in names}}

    doc = f"Looks up {_one(kind)} by its id, without managing it."
    return Function(f"get{kind.name}", doc, ById, shown(kind), steps, kind.name)


def _one(kind: Kind) -> str:
    return f"{'an' if kind.name[0] in 'AEIO' else 'a'} {kind.name}"

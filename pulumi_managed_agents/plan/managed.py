"""What an object is held to when it is read: the declaration, as far as it has been carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.marks import Deed

if TYPE_CHECKING:
    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind


def managed(kind: Kind, outputs: Bag, inputs: Bag) -> Bag:
    """The state of an object with the inputs of the last run, which are newer where nothing had to be sent."""
    properties = kind.shape.properties
    deeds = {wire for wire, prop in properties.items() if prop.mark(Deed)} if outputs else set()
    return {**outputs, **{wire: value for wire, value in inputs.items() if wire not in deeds}}

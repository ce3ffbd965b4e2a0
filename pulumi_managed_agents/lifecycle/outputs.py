"""The outputs of an object: what was declared as the platform has it, and what the platform adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..comparison.observed import observed
from ..declaration.names import from_api, is_ours
from ..declaration.untold import untold
from ..declaration.values import Bag, without_nulls

if TYPE_CHECKING:
    from ..declaration.form import Form


def outputs_of(form: Form, managed: Bag, answer: Bag) -> Bag:
    """The outputs: what the user declared as the platform has it now, and what the platform adds."""
    computed, lost = form.output_shape.properties, untold(answer)
    known = {wire: managed[wire] for wire in computed if wire in managed and computed[wire].name in lost}
    return {**managed_part(form, managed, answer), **known, **computed_part(form, answer)}


def managed_part(form: Form, managed: Bag, answer: Bag) -> Bag:
    """The declared properties, each in the user's words where the platform means the same, or does not tell."""
    shape, lost = form.shape, untold(answer)
    found = from_api(shape, answer)
    part = {
        wire: value
        if is_ours(shape.properties[wire].shape) or shape.properties[wire].name in lost
        else observed(shape.properties[wire].shape, value, found.get(wire))
        for wire, value in managed.items()
        if wire in shape.properties
    }
    return without_nulls(part)


def computed_part(form: Form, answer: Bag) -> Bag:
    """What only the platform knows, by wire name."""
    return without_nulls(from_api(form.output_shape, answer))


def carried_over(form: Form, old: Bag, new: Bag) -> Bag:
    """The outputs after a change that the platform need not know of."""
    computed = form.output_shape.properties
    return {**new, **{wire: old[wire] for wire in computed if wire in old and wire not in new}}

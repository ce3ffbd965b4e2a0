"""Preview: the outputs as far as they are certain before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..comparison.change import Change
from ..declaration.marks import Lasting
from ..declaration.values import UNKNOWN, Bag
from ..lifecycle.kind import Kind
from .state import understood

if TYPE_CHECKING:
    from collections.abc import Sequence


def preview(kind: Kind, changed: Sequence[Change], old: Bag, new: Bag) -> Bag:
    """The outputs as far as they are certain before anything is done."""
    computed = kind.output_shape.properties
    if not old or any(change.replaces for change in changed):
        return {**new, **dict.fromkeys(computed, UNKNOWN)}
    known = understood(kind, old)
    lasting = {wire for wire, prop in computed.items() if prop.mark(Lasting)}
    moved = {wire: UNKNOWN for wire in computed if wire not in lasting}
    kept = {wire: known.usable[wire] for wire in computed if wire in known.usable and wire in lasting}
    return known.restored({**new, **moved, **kept})

"""Preview: the outputs as far as they are certain before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..comparison.compare import Change
from ..declaration.shape import shape_of
from ..declaration.values import UNKNOWN, Bag
from ..lifecycle.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence


def preview(kind: Kind, changed: Sequence[Change], old: Bag, new: Bag) -> Bag:
    """The outputs as far as they are certain before anything is done."""
    computed = shape_of(kind.outputs).properties
    if not old or any(change.replaces for change in changed):
        return {**new, **dict.fromkeys(computed, UNKNOWN)}
    moved = {wire: UNKNOWN for wire in computed if wire not in _FIXED}
    return {**new, **moved, **{wire: old[wire] for wire in computed if wire in old and wire in _FIXED}}


_FIXED = ("createdAt", "resolvedAgent", "resourceId", "deploymentId")
"""Computed properties that an update in place leaves alone."""

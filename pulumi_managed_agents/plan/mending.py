"""What a state has lost, taken from where it can still be seen: the inputs of the last run, or the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..comparison.meaning import written_out
from ..comparison.pairs import paired
from ..declaration.marks import Unordered
from ..declaration.platform import WHERE
from ..declaration.shape import ListOf, MapOf, Shape, object_at
from ..declaration.values import JSON, Bag, without_nulls
from .state import Not, Reading, Understood, understood

if TYPE_CHECKING:
    from ..lifecycle.kind import Kind


def mended(kind: Kind, outputs: Bag, inputs: Bag) -> Bag:
    """The outputs in a state; what they lost is taken from the inputs of the last run."""
    lost = understood(kind, outputs).lost
    lost |= {wire: (wire,) for wire in WHERE if wire not in outputs and wire in inputs}
    if not lost or not inputs:
        return outputs
    known = understood(kind, inputs)
    spare = {wire: known.usable[wire] for wire in lost if wire in known.usable and wire not in known.lost}
    return {**outputs, **spare}


def completed(known: Understood, shown: Bag) -> Bag:
    """The usable part of a state, with what it lost as the platform shows it; secrets are in the state alone."""
    kind, lost = known.kind, [wire for wire in known.lost if wire in shown]
    shapes = {wire: kind.shape.properties[wire].shape for wire in lost}
    found = {wire: _completed(shapes[wire], known.bag.get(wire), shown[wire]) for wire in lost}
    usable = understood(kind, {**known.bag, **found}).usable
    return {**known.usable, **{wire: usable[wire] for wire in lost if wire in usable}}


def _completed(shape: Shape, kept: JSON, shown: JSON) -> JSON:
    """What is kept of a value, and for the rest of it what is shown."""
    shown = written_out(shape, shown)
    if isinstance(shape, ListOf) and isinstance(kept, list) and isinstance(shown, list):
        unordered = shape.mark(Unordered)
        return _list(shape.item, unordered, kept, shown) if unordered else shown
    if isinstance(shape, MapOf) and isinstance(kept, dict) and isinstance(shown, dict):
        return {
            key: shown[key] if key in shown and not _fits(shape.value, item) else item for key, item in kept.items()
        }
    declared = object_at(shape, shown)
    if declared and isinstance(kept, dict) and isinstance(shown, dict):
        known = declared.properties
        parts = {key: _completed(known[key].shape, kept.get(key), shown.get(key)) for key in known}
        return {**kept, **without_nulls(parts)}
    return kept if _fits(shape, kept) else shown


def _list(item: Shape, unordered: Unordered, kept: list[JSON], shown: list[JSON]) -> list[JSON]:
    """Each item that is kept, or what is shown in its place: its counterpart, or another one of its type."""
    whole = [entry for entry in kept if _fits(item, entry)]
    left = [theirs[0] for ours, theirs in paired(unordered, item, whole, shown) if ours is None and theirs is not None]
    items = []
    for index, entry in enumerate(kept):
        if _fits(item, entry):
            items.append(entry)
            continue
        likely = [*shown[index : index + 1], *left]
        same = next((other for other in likely if other in left and _type(entry) in (None, _type(other))), None)
        if same is not None:
            left.remove(same)
            items.append(_completed(item, entry, same))
    return items


def _type(value: JSON) -> str | None:
    word = value.get("type") if isinstance(value, dict) else None
    return word if isinstance(word, str) else None


def _fits(shape: Shape, value: JSON) -> bool:
    """Whether nothing is wrong with a value."""
    reading = Reading()
    found, _ = reading.value(shape, value, ())
    return value is not None and not isinstance(found, Not) and not reading.odd

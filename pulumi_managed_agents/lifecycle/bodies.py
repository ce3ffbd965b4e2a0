"""Request bodies from declarations: what a create sends, and what an update sends for a list of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..comparison.changes import changes
from ..declaration.marks import Brings, Clears, MergePatch, Merges, Patched
from ..declaration.names import is_ours, to_api
from ..declaration.shape import ListOf, MapOf, Object, Property, Shape, object_at
from ..declaration.values import JSON, Bag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..comparison.change import Change


def creation(shape: Object, inputs: Bag) -> Bag:
    """The body that creates an object."""
    body: Bag = to_api(shape, inputs)
    return body


def patch(shape: Object, changed: Sequence[Change], old: Bag, new: Bag) -> Bag:
    """The body that makes the changes and touches nothing else; empty when the platform need not know."""
    body: Bag = {}
    for wire in dict.fromkeys(change.name for change in changed):
        prop = shape.properties[wire]
        if not is_ours(prop.shape):
            body[prop.name] = _part(prop.shape, _effective(prop, old), _effective(prop, new))
    return body


def _part(shape: Shape, old: JSON, new: JSON) -> JSON:
    patching = shape.mark(MergePatch)
    if patching:
        return key_patch(patching, old or {}, new or {})
    if new is None:
        return cleared(shape)
    if shape.mark(Patched):
        return patched(shape, old, new)
    return merged(shape, old, new) if shape.mark(Merges) else to_api(shape, new)


def patched(shape: Shape, old: JSON, new: JSON) -> JSON:
    """What turns one object into the other where the platform updates part by part: its type and what changed."""
    declared = object_at(shape, new)
    if declared is None or not isinstance(old, dict) or declared is not object_at(shape, old):
        return to_api(shape, new)
    known = declared.properties
    sent = list(dict.fromkeys(change.name for change in changes(declared, old, new)))
    sent += [brings.sibling for wire in sent if (brings := known[wire].mark(Brings)) and new.get(brings.sibling)]
    parts = {
        known[wire].name: _part(known[wire].shape, _effective(known[wire], old), _effective(known[wire], new))
        for wire in sent
    }
    return {**({"type": new["type"]} if "type" in known else {}), **parts}


def _effective(prop: Property, bag: Bag) -> JSON:
    # Leaving a default out and writing it down are one.
    return prop.default if bag.get(prop.wire) is None else bag[prop.wire]


def key_patch(patching: MergePatch, old: Bag, new: Bag) -> Bag:
    """What turns one map into the other where the platform patches by key."""
    upserts = {key: value for key, value in new.items() if old.get(key) != value}
    return upserts | {key: patching.removed for key in old if key not in new}


def cleared(shape: Shape) -> JSON:
    """What to send so that the platform forgets the value."""
    mark = shape.mark(Clears)
    return mark.to if mark else None


def merged(shape: Shape, old: JSON, new: JSON) -> JSON:
    """A whole new value for a platform that keeps what is left out: parts that went are cleared by name."""
    declared = object_at(shape, new)
    both = isinstance(old, dict) and isinstance(new, dict)
    if declared is None or not both or declared is not object_at(shape, old) or _of_another_type(old, new):
        return to_api(shape, new)
    body: Bag = {}
    for wire, prop in declared.properties.items():
        if new.get(wire) is not None:
            body[prop.name] = merged(prop.shape, old.get(wire), new[wire])
        elif old.get(wire) is not None:
            body[prop.name] = cleared_part(prop.shape)
    return body


def _of_another_type(old: Bag, new: Bag) -> bool:
    """Whether the platform replaces the stored object, keeps nothing of it and refuses words of its old type."""
    return None not in (old.get("type"), new.get("type")) and old["type"] != new["type"]


def cleared_part(shape: Shape) -> JSON:
    """As `cleared`, inside a merged object, where a list is emptied rather than nulled."""
    if shape.mark(Clears):
        return cleared(shape)
    if isinstance(shape, ListOf):
        return []
    if isinstance(shape, MapOf):
        return {}
    if isinstance(shape, Object) and shape.mark(Merges):
        parts = {prop.name: cleared_part(prop.shape) for prop in shape.properties.values() if prop.wire != "type"}
        return {name: value for name, value in parts.items() if value is not None}
    return None

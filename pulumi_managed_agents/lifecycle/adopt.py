"""Declaring an object that exists: inputs that say no more than a person would write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.marks import Shorthand
from ..declaration.names import from_api, is_ours, rebuilt, wire_name
from ..declaration.shape import Json, MapOf, Property, Shape, object_at
from ..declaration.stamp import STAMP

if TYPE_CHECKING:
    from ..declaration.form import Form
    from ..declaration.values import JSON, Bag


def adopted(form: Form, answer: Bag) -> Bag:
    """Inputs that declare the object as the platform shows it, without what the platform fills in by itself."""
    shape = form.shape
    found = from_api(shape, answer)
    stamp = (found.get("metadata") or {}).pop(STAMP, None)
    inputs: Bag = brief(shape, found)
    return inputs | ({"creationId": stamp} if stamp else {})


def brief(shape: Shape, value: JSON) -> JSON:
    """The value without empty parts, parts at their default, and in its shorthand where that says it all."""
    if isinstance(shape, Json | MapOf):
        return value
    value = rebuilt(shape, value, brief, wire_name)
    declared = object_at(shape, value)
    if declared is None or not isinstance(value, dict):
        return value
    value = {
        wire: part for wire, part in value.items() if not _goes_without_saying(declared.properties.get(wire), part)
    }
    shorthand = shape.mark(Shorthand)
    if shorthand and shorthand.field in value and value == shorthand.expand(value[shorthand.field]):
        return value[shorthand.field]
    return value


def _goes_without_saying(prop: Property | None, value: JSON) -> bool:
    if prop is None or prop.required:
        return False
    if value in ("", [], {}) or is_ours(prop.shape):
        return True
    return bool(value == brief(prop.shape, prop.default))

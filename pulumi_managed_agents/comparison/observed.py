"""A platform's value in the user's words.

    observed                what the user never wrote, and what is not read back, stays as written
    └── by shape
        ├── ListOf          each pair of counterparts: observed; what others added, unless it is kept for them
        ├── MapOf           the user's own keys of a patched map, else the map as it is
        ├── Object, Tagged  each property that the user wrote: observed; what departs from a declared default
        └── Scalar, Json    the user's value where both mean the same

Equal in meaning gives the very same value, so that whatever the platform fills in is never a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.marks import MergePatch, Shorthand, Unordered, Unread, Withheld, WriteOnly
from ..declaration.shape import ListOf, MapOf, Property, Shape, object_at
from ..declaration.values import JSON, Bag
from .changes import same
from .meaning import of_one_variant, written_out
from .pairs import by_position, keyed, paired

if TYPE_CHECKING:
    from collections.abc import Hashable


def observed(shape: Shape, managed: JSON, actual: JSON) -> JSON:
    """The platform's value in the user's words: `managed` itself where they mean the same.

    Only what the user wrote is looked at, and inside of an object that the user wrote, what departs from a declared
    default. A value that was taken away on the platform is None.
    """
    if managed is None or shape.mark(Unread) or shape.mark(WriteOnly):
        return managed
    if actual is None:
        return _empty_or_none(managed)
    if _is_withheld(shape, actual):
        return managed
    if isinstance(shape, ListOf) and isinstance(managed, list) and isinstance(actual, list):
        return _observed_list(shape, managed, actual)
    if isinstance(shape, MapOf) and isinstance(managed, dict) and isinstance(actual, dict):
        return _observed_map(shape, managed, actual)
    return _observed_value(shape, managed, actual)


def _is_withheld(shape: Shape, actual: JSON) -> bool:
    """Whether nothing of a value is shown; nobody promises one placeholder for each item of a list."""
    if isinstance(shape, ListOf) and isinstance(actual, list) and actual:
        return all(_is_withheld(shape.item, item) for item in actual)
    withheld = shape.mark(Withheld)
    return withheld is not None and isinstance(actual, dict) and actual.get("type") == withheld.tag


def _empty_or_none(managed: JSON) -> JSON:
    return managed if managed in ([], {}, "") else None


def _observed_value(shape: Shape, managed: JSON, actual: JSON) -> JSON:
    written, found = written_out(shape, managed), written_out(shape, actual)
    if not (isinstance(written, dict) and isinstance(found, dict)):
        return managed if same(shape, written, found) else actual
    if not of_one_variant(shape, written, found):
        return managed if same(shape, written, found) else actual
    declared = object_at(shape, written)
    known = declared.properties if declared else {}
    seen = {wire: _observed_part(known[wire], wire, written, found) for wire in written if wire in known}
    seen = {wire: value for wire, value in seen.items() if value is not None} | _departures(known, written, found)
    if seen == written:
        return managed
    shorthand = shape.mark(Shorthand)
    short = shorthand is not None and isinstance(managed, str) and seen.keys() == written.keys()
    return seen[shorthand.field] if shorthand and short else seen


def _departures(known: dict[str, Property], written: Bag, found: Bag) -> Bag:
    """What the user left to its declared default, and the platform has otherwise."""
    silent = {wire: prop for wire, prop in known.items() if wire not in written and prop.default is not None}
    seen = {
        wire: _observed_part(prop, wire, {wire: prop.default}, found) for wire, prop in silent.items() if wire in found
    }
    return {wire: value for wire, value in seen.items() if value is not None and value != silent[wire].default}


def _observed_part(prop: Property, wire: str, written: Bag, found: Bag) -> JSON:
    actual = found.get(wire)
    unordered = prop.mark(Unordered)
    if unordered and unordered.inherits and isinstance(actual, list):
        actual = _telling(actual, written[wire], unordered, found.get(unordered.inherits))
    if actual is None and written[wire] == prop.default:
        return written[wire]
    return observed(prop.shape, written[wire], actual)


def _telling(items: list[JSON], written: JSON, unordered: Unordered, defaults: JSON) -> list[JSON]:
    """The items without those that only repeat the defaults and that nobody wrote."""
    ours = {_named(item, unordered) for item in written if isinstance(item, dict)}

    def says_nothing(item: JSON) -> bool:
        return (
            isinstance(item, dict)
            and isinstance(defaults, dict)
            and _named(item, unordered) not in ours
            and all(defaults.get(key) == value for key, value in item.items() if key in defaults)
            and not (set(item) - set(defaults) - {*unordered.by, "type"})
        )

    return [item for item in items if not says_nothing(item)]


def _named(item: Bag, unordered: Unordered) -> Hashable:
    return keyed([item.get(key) for key in unordered.by])


def _observed_list(shape: ListOf, managed: list[JSON], actual: list[JSON]) -> JSON:
    unordered = shape.mark(Unordered)
    pairs = paired(unordered, shape.item, actual, managed) if unordered else by_position(actual, managed)
    seen = []
    for found, written in pairs:
        if found is not None and written is not None:
            seen.append(observed(shape.item, written[0], found[0]))
        elif found is not None and not (unordered and unordered.others == "kept"):
            seen.append(found[0])
    return managed if seen == managed else seen


def _observed_map(shape: MapOf, managed: Bag, actual: Bag) -> JSON:
    # Of a patched map, keys that others set are theirs.
    seen = {key: actual[key] for key in managed if key in actual} if shape.mark(MergePatch) else actual
    return managed if seen == managed else seen

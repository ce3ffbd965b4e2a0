"""What changed between two values of one shape.

    changes                 nothing, where the two are equal
    └── _changes            one change, where one of them is missing or not known yet
        └── _differences    by shape
            ├── ListOf      each pair of counterparts: changes; one change for each item that came or went
            ├── MapOf       each key: changes
            ├── Object      each property: changes
            ├── Tagged      of one variant: as its object; of two: one change, at the tag
            └── Scalar, Json    one change, unless both mean the same

Going down, `mark` is what the nearest mark says of replacement; a mark on the node itself comes first.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ..declaration.exact import document_of, is_written
from ..declaration.marks import (
    AsAWhole,
    ByDigest,
    Clears,
    Digest,
    EmptyIsNone,
    Filled,
    InPlace,
    Instant,
    Internal,
    Mark,
    MergePatch,
    Unordered,
)
from ..declaration.shape import Json, ListOf, MapOf, Object, Property, Shape, Tagged, object_at
from ..declaration.values import JSON, UNKNOWN, Bag, Path, has_unknown
from .change import Change, action_of
from .decisive import has_memberships, membership, nearest, of_tag, on_occasion
from .meaning import compared, holds_no_document, instant, of_one_variant, same_document, written_out
from .pairs import by_position, paired

if TYPE_CHECKING:
    from collections.abc import Iterator


def changes(shape: Shape, old: JSON, new: JSON, path: Path = (), mark: Mark | None = None) -> Iterator[Change]:
    """Every difference in meaning between two values, deepest path first known; `mark` is what surrounds them says."""
    if (old is new or (old == new and holds_no_document(shape))) and not has_unknown(new):
        return
    whole = shape.mark(AsAWhole)
    if whole is not None:
        inside = _changes(shape, old, new, path, mark)
        yield from (dataclasses.replace(change, mark=InPlace(whole.why)) for change in inside)
    else:
        yield from _changes(shape, old, new, path, mark)


def _changes(shape: Shape, old: JSON, new: JSON, path: Path, mark: Mark | None) -> Iterator[Change]:
    mark = nearest(shape, mark)
    if isinstance(shape, ListOf) and has_memberships(shape.item):
        # What it means that items come and go is for each of them to say, also when all of them do.
        old, new = [] if old is None else old, [] if new is None else new
        mark = membership(shape.item, UNKNOWN, mark) if new is UNKNOWN else mark
    if old is None or new is None or new is UNKNOWN or old is UNKNOWN:
        if not (old is None and new is None):
            action = action_of(old, new)
            yield Change(path, action, old, new, on_occasion(shape, action) or mark)
        return
    yield from _differences(shape, written_out(shape, old), written_out(shape, new), path, mark)


def _differences(shape: Shape, old: JSON, new: JSON, path: Path, mark: Mark | None) -> Iterator[Change]:
    """The differences of two values that are there and known."""
    if isinstance(shape, ListOf) and isinstance(old, list) and isinstance(new, list):
        yield from _list_changes(shape, old, new, path, mark)
    elif isinstance(shape, MapOf) and isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from changes(shape.value, old.get(key), new.get(key), (*path, key), mark)
    elif of_one_variant(shape, old, new):
        yield from _object_changes(object_at(shape, new), old, new, path, mark)
    elif isinstance(shape, Tagged) and isinstance(old, dict) and isinstance(new, dict):
        yield Change((*path, shape.tag), "update", old.get(shape.tag), new.get(shape.tag), of_tag(shape, new, mark))
    elif not same(shape, old, new):
        yield Change(path, "update", old, new, mark)


def same(shape: Shape, one: JSON, other: JSON) -> bool:
    """Whether two values of a shape mean the same."""
    if isinstance(shape, Json):
        texts = is_written(shape)
        return same_document(*map(document_of, (one, other))) if texts else same_document(one, other)
    if one == other and type(one) is type(other):
        return True
    if isinstance(one, dict | list) and isinstance(other, dict | list):
        return _container_same(shape, one, other)
    if shape.mark(Instant):
        return bool(instant(one) == instant(other))
    return bool(compared(shape, one) == compared(shape, other))


def _container_same(shape: Shape, one: JSON, other: JSON) -> bool:
    alike = type(one) is type(other) is {ListOf: list, MapOf: dict}.get(type(shape))
    return (alike or of_one_variant(shape, one, other)) and next(changes(shape, one, other), None) is None


def _object_changes(shape: Object | None, old: Bag, new: Bag, path: Path, mark: Mark | None) -> Iterator[Change]:
    known: dict[str, Property] = shape.properties if shape else {}
    for wire, prop in known.items():
        if old.get(wire) is None and new.get(wire) is None:
            continue
        if prop.mark(Internal) or prop.mark(ByDigest) or (prop.mark(Digest) and old.get(wire) is None):
            continue
        if prop.mark(Filled) and new.get(wire) is None:
            continue
        before, after = _with_default(prop, old.get(wire), new.get(wire))
        yield from changes(prop.shape, before, after, (*path, wire), mark)


def _with_default(prop: Property, old: JSON, new: JSON) -> tuple[JSON, JSON]:
    """Leaving a default out and writing it down are one; a plain value beside a default is one that came or went."""
    if (old is None or new is None) and (_says_nothing(prop, old) or _says_nothing(prop, new)):
        return None, None
    before, after = (prop.default if value is None else value for value in (old, new))
    return (before, after) if before == after or isinstance(prop.default, dict | list) else (old, new)


def _says_nothing(prop: Property, value: JSON) -> bool:
    """Whether a value says no more than leaving the property out: it is empty, and that is what clears it."""
    if value not in ([], {}, ""):
        return False
    clears = prop.mark(Clears)
    return value == clears.to if clears else bool(prop.mark(MergePatch) or prop.mark(EmptyIsNone))


def _list_changes(shape: ListOf, old: list[JSON], new: list[JSON], path: Path, mark: Mark | None) -> Iterator[Change]:
    unordered = shape.mark(Unordered)
    pairs = paired(unordered, shape.item, old, new) if unordered else by_position(old, new)
    for before, after in pairs:
        if before is None and after is not None:
            yield Change((*path, after[1]), "add", None, after[0], membership(shape.item, after[0], mark))
        elif after is None and before is not None:
            yield Change((*path, before[1]), "delete", before[0], None, membership(shape.item, before[0], mark))
        elif before is not None and after is not None:
            here = (*path, after[1])
            inner = membership(shape.item, UNKNOWN, mark) if after[0] is UNKNOWN else mark
            yield from changes(shape.item, before[0], after[0], here, inner)

"""Comparison by meaning: what changed between two declarations, and what of an answer the user's words cover.

`changes` compares two values of one shape. `observed` reads a platform's value back in the user's own words: equal in
meaning gives the very same value, so that whatever the platform fills in is never a change.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Literal

from ..declaration.marks import (
    AsAWhole,
    ByDigest,
    Digest,
    Filled,
    InPlace,
    Internal,
    Mark,
    MergePatch,
    Replaces,
    Shorthand,
    Unordered,
    Unread,
    WriteOnly,
)
from ..declaration.shape import Json, ListOf, MapOf, Object, Property, Shape, Tagged, object_at
from ..declaration.values import JSON, UNKNOWN, Bag, Path, has_unknown, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Action = Literal["add", "delete", "update"]


@dataclass(frozen=True)
class Change:
    """One property that differs: where, how, and the mark that says what the difference means."""

    path: Path
    action: Action
    old: JSON
    new: JSON
    mark: Mark | None = None

    @property
    def replaces(self) -> bool:
        """Whether this change needs a new object."""
        if not isinstance(self.mark, Replaces):
            return False
        return self.action in _OCCASION[self.mark.when]

    @property
    def name(self) -> str:
        """The top-level property that the change belongs to."""
        return str(self.path[0])

    @property
    def explanation(self) -> str:
        """The change and its meaning, in words."""
        done = {"add": "added", "delete": "removed", "update": "changed"}[self.action]
        how = (
            f"needs a new object: {self.mark.why}" if self.replaces and isinstance(self.mark, Replaces) else "in place"
        )
        return f"`{render(self.path)}` {done} ({how})"

    def __repr__(self) -> str:
        # The values may be secrets that no wrapper marks any more.
        return f"<{self.action} {render(self.path)}{' (replace)' if self.replaces else ''}>"


_OCCASION: dict[str, tuple[Action, ...]] = {
    "changed": ("add", "delete", "update"),
    "added": ("add",),
    "removed": ("delete",),
    "added or removed": ("add", "delete"),
}


def changes(shape: Shape, old: JSON, new: JSON, path: Path = (), mark: Mark | None = None) -> Iterator[Change]:
    """Every difference in meaning between two values, deepest path first known; `mark` is what surrounds them says."""
    if old == new and holds_no_document(shape) and not has_unknown(new):
        return
    whole = shape.mark(AsAWhole)
    if whole is not None:
        inside = _changes(shape, old, new, path, mark)
        yield from (dataclasses.replace(change, mark=InPlace(whole.why)) for change in inside)
    else:
        yield from _changes(shape, old, new, path, mark)


def _changes(shape: Shape, old: JSON, new: JSON, path: Path, mark: Mark | None) -> Iterator[Change]:
    mark = _nearest(shape, mark)
    if isinstance(shape, ListOf) and _has_memberships(shape.item):
        # What it means that items come and go is for each of them to say, also when all of them do.
        old, new = [] if old is None else old, [] if new is None else new
        mark = _membership(shape.item, UNKNOWN, mark) if new is UNKNOWN else mark
    if old is None or new is None or new is UNKNOWN or old is UNKNOWN:
        if not (old is None and new is None):
            action = _action(old, new)
            yield Change(path, action, old, new, _on_occasion(shape, action) or mark)
        return
    yield from _differences(shape, _same_form(shape, old), _same_form(shape, new), path, mark)


def _differences(shape: Shape, old: JSON, new: JSON, path: Path, mark: Mark | None) -> Iterator[Change]:
    """The differences of two values that are there and known."""
    if isinstance(shape, ListOf) and isinstance(old, list) and isinstance(new, list):
        yield from _list_changes(shape, old, new, path, mark)
    elif isinstance(shape, MapOf) and isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from changes(shape.value, old.get(key), new.get(key), (*path, key), mark)
    elif _one_variant(shape, old, new):
        yield from _object_changes(object_at(shape, new), old, new, path, mark)
    elif isinstance(shape, Tagged) and isinstance(old, dict) and isinstance(new, dict):
        yield Change((*path, shape.tag), "update", old.get(shape.tag), new.get(shape.tag), _tag_mark(shape, new, mark))
    elif not same(shape, old, new):
        yield Change(path, "update", old, new, mark)


@cache
def holds_no_document(shape: Shape) -> bool:
    """Whether equality decides: in a user's own document 0 and false are two values, which Python holds equal."""
    match shape:
        case Json():
            return False
        case Object():
            return all(holds_no_document(prop.shape) for prop in shape.properties.values())
        case Tagged():
            return all(holds_no_document(variant) for variant in shape.variants.values())
        case ListOf():
            return holds_no_document(shape.item)
        case MapOf():
            return holds_no_document(shape.value)
    return True


def _tag_mark(shape: Tagged, new: Bag, mark: Mark | None) -> Mark | None:
    picked = shape.pick(new)
    return _nearest(picked.properties[shape.tag].shape, mark) if picked else mark


def same(shape: Shape, one: JSON, other: JSON) -> bool:
    """Whether two values of a shape mean the same."""
    if isinstance(shape, Json):
        return _same_document(one, other)
    if one == other and type(one) is type(other):
        return True
    if isinstance(one, dict | list) and isinstance(other, dict | list):
        return _container_same(shape, one, other)
    if shape.limits.get("format") == "date-time":
        return bool(instant(one) == instant(other))
    return bool(one == other)


def _container_same(shape: Shape, one: JSON, other: JSON) -> bool:
    alike = type(one) is type(other) is {ListOf: list, MapOf: dict}.get(type(shape))
    return (alike or _one_variant(shape, one, other)) and next(changes(shape, one, other), None) is None


def instant(text: JSON) -> JSON:
    """The moment that a text names, UTC where it names no zone; the text itself if it names none."""
    if not isinstance(text, str):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _same_document(one: JSON, other: JSON) -> bool:
    """Whether two documents are one JSON value: 3 and 3.0 are, 0 and false are not, nor is what is not known yet."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same_document(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same_document, one, other))
    return bool(one == other) and isinstance(one, bool) is isinstance(other, bool) and one is not UNKNOWN


def _nearest(shape: Shape, outer: Mark | None) -> Mark | None:
    """The mark that decides here: the node's own, else what holds around it."""
    own = (
        mark
        for mark in shape.marks
        if isinstance(mark, InPlace) or (isinstance(mark, Replaces) and mark.when == "changed")
    )
    return next(own, outer)


def _on_occasion(shape: Shape, action: Action) -> Mark | None:
    """The node's mark for just this action: a value that is added, or removed."""
    own = (mark for mark in shape.marks if isinstance(mark, Replaces) and action in _OCCASION[mark.when])
    return next(own, None)


def _action(old: JSON, new: JSON) -> Action:
    if old is None:
        return "add"
    return "delete" if new is None else "update"


def _same_form(shape: Shape, value: JSON) -> JSON:
    shorthand = shape.mark(Shorthand)
    return shorthand.expand(value) if shorthand and isinstance(value, str) else value


def _one_variant(shape: Shape, one: JSON, other: JSON) -> bool:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    if isinstance(shape, Tagged):
        picked = shape.pick(one)
        return picked is not None and picked is shape.pick(other)
    return isinstance(shape, Object)


def _object_changes(shape: Object | None, old: Bag, new: Bag, path: Path, mark: Mark | None) -> Iterator[Change]:
    known: dict[str, Property] = shape.properties if shape else {}
    for wire, prop in known.items():
        if prop.mark(Internal) or prop.mark(ByDigest) or (prop.mark(Digest) and old.get(wire) is None):
            continue
        if prop.mark(Filled) and new.get(wire) is None:
            continue
        before, after = _with_default(prop, old.get(wire), new.get(wire))
        yield from changes(prop.shape, before, after, (*path, wire), mark)


def _with_default(prop: Property, old: JSON, new: JSON) -> tuple[JSON, JSON]:
    """Leaving a default out and writing it down are one; a plain value beside a default is one that came or went."""
    before, after = (prop.default if value is None else value for value in (old, new))
    return (before, after) if before == after or isinstance(prop.default, dict | list) else (old, new)


def _list_changes(shape: ListOf, old: list[JSON], new: list[JSON], path: Path, mark: Mark | None) -> Iterator[Change]:
    unordered = shape.mark(Unordered)
    pairs = paired(unordered, shape.item, old, new) if unordered else _by_position(old, new)
    for before, after in pairs:
        if before is None and after is not None:
            yield Change((*path, after[1]), "add", None, after[0], _membership(shape.item, after[0], mark))
        elif after is None and before is not None:
            yield Change((*path, before[1]), "delete", before[0], None, _membership(shape.item, before[0], mark))
        elif before is not None and after is not None:
            here = (*path, after[1])
            inner = _membership(shape.item, UNKNOWN, mark) if after[0] is UNKNOWN else mark
            yield from changes(shape.item, before[0], after[0], here, inner)


def _membership(item: Shape, value: JSON, mark: Mark | None) -> Mark | None:
    declared = object_at(item, value)
    if declared is None and value is UNKNOWN and isinstance(item, Tagged):
        # Any of the variants may come out: announce the strongest.
        return next((v.membership for v in item.variants.values() if isinstance(v.membership, Replaces)), mark)
    return declared.membership or mark if declared else mark


def _has_memberships(item: Shape) -> bool:
    variants = item.variants.values() if isinstance(item, Tagged) else [item]
    return any(isinstance(variant, Object) and variant.membership for variant in variants)


Placed = tuple[JSON, int]


def paired(
    unordered: Unordered, item: Shape, old: Sequence[JSON], new: Sequence[JSON]
) -> list[tuple[Placed | None, Placed | None]]:
    """The items of two lists that are each other's counterparts, each with its position; None where one has none."""
    left = [(value, index) for index, value in enumerate(old)]
    pairs: list[tuple[Placed | None, Placed | None]] = []
    undecided: list[Placed] = []
    for index, value in enumerate(new):
        identity = _identity(unordered, item, value)
        match = next((entry for entry in left if _identity(unordered, item, entry[0]) == identity), None)
        if match is None and identity is not None:
            match = next(
                (entry for entry in left if _fits(unordered, _identity(unordered, item, entry[0]), identity)), None
            )
        if identity is None or (match is None and UNKNOWN in identity):
            undecided.append((value, index))
            continue
        if match is not None:
            left.remove(match)
        pairs.append((match, (value, index)))
    pairs.extend((left.pop(0) if left else None, entry) for entry in undecided)
    return [*pairs, *((entry, None) for entry in left)]


def _identity(unordered: Unordered, item: Shape, value: JSON) -> tuple[JSON, ...] | None:
    if value is UNKNOWN:
        return None
    value = _same_form(item, value)
    if isinstance(value, dict) and unordered.by:
        return tuple(value.get(key) for key in unordered.by)
    return (value,)


def _fits(unordered: Unordered, one: tuple[JSON, ...] | None, other: tuple[JSON, ...]) -> bool:
    """Whether two identities are one where the platform has filled what either leaves out."""
    if one is None or not unordered.filled:
        return False
    fields = zip(unordered.by, one, other, strict=True)
    return all(mine == theirs or (name in unordered.filled and None in (mine, theirs)) for name, mine, theirs in fields)


def _by_position(old: list[JSON], new: list[JSON]) -> list[tuple[Placed | None, Placed | None]]:
    length = max(len(old), len(new))
    return [
        ((old[index], index) if index < len(old) else None, (new[index], index) if index < len(new) else None)
        for index in range(length)
    ]


def observed(shape: Shape, managed: JSON, actual: JSON) -> JSON:
    """The platform's value in the user's words: `managed` itself where they mean the same.

    Only what the user wrote is looked at, and inside of an object that the user wrote, what departs from a declared
    default. A value that was taken away on the platform is None.
    """
    if managed is None or shape.mark(Unread) or shape.mark(WriteOnly):
        return managed
    if actual is None:
        return _empty_or_none(managed)
    if isinstance(shape, ListOf) and isinstance(managed, list) and isinstance(actual, list):
        return _observed_list(shape, managed, actual)
    if isinstance(shape, MapOf) and isinstance(managed, dict) and isinstance(actual, dict):
        return _observed_map(shape, managed, actual)
    return _observed_value(shape, managed, actual)


def _empty_or_none(managed: JSON) -> JSON:
    return managed if managed in ([], {}, "") else None


def _observed_value(shape: Shape, managed: JSON, actual: JSON) -> JSON:
    written, found = _same_form(shape, managed), _same_form(shape, actual)
    if not (isinstance(written, dict) and isinstance(found, dict)):
        return managed if same(shape, written, found) else actual
    if not _one_variant(shape, written, found):
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
    ours = [tuple(item.get(key) for key in unordered.by) for item in written if isinstance(item, dict)]

    def says_nothing(item: JSON) -> bool:
        return (
            isinstance(item, dict)
            and isinstance(defaults, dict)
            and tuple(item.get(key) for key in unordered.by) not in ours
            and all(defaults.get(key) == value for key, value in item.items() if key in defaults)
            and not (set(item) - set(defaults) - {*unordered.by, "type"})
        )

    return [item for item in items if not says_nothing(item)]


def _observed_list(shape: ListOf, managed: list[JSON], actual: list[JSON]) -> JSON:
    unordered = shape.mark(Unordered)
    pairs = paired(unordered, shape.item, actual, managed) if unordered else _by_position(actual, managed)
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

"""Fits what somebody else says into the declared shape, whatever it is.

    Fitting.value           what is of use of a value
    └── by its own type
        ├── object          each part, by the shapes that declare it; other keys are let through
        ├── list            each item
        └── text, number    as declared, if a program can hold it and the engine does not take it for something else

Nobody vouches for the value. A type that is not the declared one, a number that no double holds and a text that means
something else to the engine are of no use; half of a character is replaced, and the engine's own mark taken off. What
is not declared is let through, and so is a word or a variant that nobody knows yet: the platform may be newer.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from ..declaration.ids import is_id
from ..declaration.marks import Id, Instant, Shorthand
from ..declaration.names import is_ours
from ..declaration.shape import Json, ListOf, MapOf, Object, Scalar, Shape, Tagged, object_at
from ..declaration.signatures import SIGNATURE, UNKNOWN_STRING, UNKNOWNS
from ..declaration.untold import UNTOLD, Untold
from ..declaration.values import JSON, Bag, Path, render
from .meaning import instant

if TYPE_CHECKING:
    from collections.abc import Iterator

Shapes: TypeAlias = tuple[Shape, ...]
"""The shapes that a value has at once: each declares some of its parts. None: it may be anything."""

USELESS: Final = object()
"""Stands for a value of which nothing can be made."""


@dataclass(frozen=True)
class _Place:
    """What is declared of a place by all shapes that it has."""

    types: tuple[str, ...] = ()
    """The types that a value may have there; none where any will do."""
    whole: bool = False
    id: bool = False
    instant: bool = False
    items: Shapes | None = None
    others: Shapes = ()


@dataclass
class Fitting:
    """Fits values, and notes what did not fit: where, and why."""

    places: list[str] = field(default_factory=list)
    noted: int = 0
    """How much did not fit; not all of it is named."""
    useless: int = 0
    """How much was of no use at all."""

    def value(self, shapes: Shapes, value: JSON, path: Path = ()) -> JSON:
        """What is of use of a value, or `USELESS`."""
        if value is None or (not shapes and _is_plain(value)):
            return value
        place = _place(shapes)
        if place.types and _type(value) not in place.types:
            return self._useless(path, f"{_NAMES[_type(value)]} in place of {_NAMES[place.types[0]]}")
        match value:
            case str():
                return self._text(place, value, path)
            case bool():
                return value
            case list():
                return self._list(place.items, value, path)
            case dict():
                return self._object(shapes, place, value, path)
        return self._number(place, value, path)

    def answer(self, shapes: Shapes, value: Bag, path: Path = ()) -> Bag:
        """The object with what is of use in it, and a note of the properties that it does not tell."""
        fit: Bag = {}
        names, named, noted, useless = set(), len(self.places), self.noted, self.useless
        for name, part in self._parts(shapes, _place(shapes), value, path):
            if part is not USELESS:
                fit[name] = part
            if self.useless > useless:
                names.add(name)
                useless = self.useless
        if self.noted == noted:
            return fit
        return {**fit, UNTOLD: Untold(frozenset(names), tuple(self.places[named:]), self.noted - noted)}

    def _object(self, shapes: Shapes, place: _Place, value: Bag, path: Path) -> Bag:
        return {name: part for name, part in self._parts(shapes, place, value, path) if part is not USELESS}

    def _parts(self, shapes: Shapes, place: _Place, value: Bag, path: Path) -> Iterator[tuple[str, JSON]]:
        known = _known(tuple(found for shape in shapes if (found := object_at(shape, value)) is not None))
        for key, item in value.items():
            if key in (SIGNATURE, UNTOLD):
                self._note((*path, key), "a mark of Pulumi's own")
            else:
                name = self._whole(key, path)
                yield name, self.value(known.get(key, place.others), item, (*path, name))

    def _list(self, items: Shapes | None, value: list[JSON], path: Path) -> list[JSON]:
        if items is None:
            # Of a document that nobody declares, each place stays where it is.
            parts = (self.value((), item, (*path, index)) for index, item in enumerate(value))
            return [None if part is USELESS else part for part in parts]
        found = []
        for index, item in enumerate(value):
            here = (*path, index)
            part = self._useless(here, "nothing") if item is None else self.value(items, item, here)
            found += [] if part is USELESS else [part]
        return found

    def _text(self, place: _Place, value: str, path: Path) -> JSON:
        if len(value) == _MARK and value in UNKNOWNS:
            return self._useless(path, "what Pulumi takes for a value that is not known yet")
        if place.id and not is_id(value):
            return self._useless(path, "no id")
        if place.instant and instant(value) is value:
            return self._useless(path, "no moment")
        return self._whole(value, path)

    def _whole(self, text: str, path: Path) -> str:
        """The text without halves of characters, which no wire takes."""
        if text.isascii() or not _HALVES.search(text):
            return text
        self._note(path, "half of a character")
        return _HALVES.sub("\ufffd", text)

    def _number(self, place: _Place, value: float, path: Path) -> JSON:
        if not _is_double(value):
            return self._useless(path, "nothing that a program can hold")
        return int(value) if place.whole else value

    def _useless(self, path: Path, why: str) -> JSON:
        self.useless += 1
        self._note(path, why)
        return USELESS

    def _note(self, path: Path, why: str) -> None:
        self.noted += 1
        if len(self.places) < MOST_NAMED:
            self.places.append(f"`{render(path)}` ({why})")


MOST_NAMED: Final = 200
"""Places that are kept by name."""

_HALVES: Final = re.compile("[\ud800-\udfff]")
_MARK: Final = len(UNKNOWN_STRING)


def _is_plain(value: JSON) -> bool:
    """Whether nothing is wrong with a value that may be anything: most are so, and need not be built anew."""
    if isinstance(value, str):
        return not (len(value) == _MARK and value in UNKNOWNS) and (value.isascii() or not _HALVES.search(value))
    if isinstance(value, dict):
        return all(key != SIGNATURE and _is_plain(key) and _is_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, bool) or _is_double(value)


def _is_double(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


_NAMES: Final = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "list": "a list",
    "object": "an object",
}


def _type(value: JSON) -> str:
    match value:
        case str():
            return "string"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            # Beyond all doubles it is for somebody else to judge.
            return "integer" if not math.isfinite(value) or value.is_integer() else "number"
        case list():
            return "list"
    return "object"


@cache
def _place(shapes: Shapes) -> _Place:
    """The first shape says of what type a value is, and all of them what is in it."""
    lists = tuple(shape.item for shape in shapes if isinstance(shape, ListOf))
    return _Place(
        types=_types(shapes[0]) if shapes else (),
        whole=any(isinstance(shape, Scalar) and shape.type == "integer" for shape in shapes),
        id=any(shape.mark(Id) for shape in shapes),
        instant=any(shape.mark(Instant) for shape in shapes),
        items=lists or None,
        others=tuple(shape.value for shape in shapes if isinstance(shape, MapOf)),
    )


def _types(shape: Shape) -> tuple[str, ...]:
    shorthand = ("string",) if shape.mark(Shorthand) else ()
    match shape:
        case Scalar(type="number"):
            return ("number", "integer")
        case Scalar():
            return (shape.type,)
        case ListOf():
            return ("list",)
        case MapOf() | Object() | Tagged():
            return ("object", *shorthand)
        case Json(is_object=True):
            return ("object",)
    return ()


@cache
def _known(objects: tuple[Object, ...]) -> dict[str, Shapes]:
    """The shapes that objects declare for each part; what steers only us is in no answer."""
    names = {name for known in objects for name in known.by_either_name}
    return {name: tuple(_shapes(objects, name)) for name in names}


def _shapes(objects: tuple[Object, ...], name: str) -> Iterator[Shape]:
    found = (known.by_either_name[name].shape for known in objects if name in known.by_either_name)
    yield from (shape for shape in found if not is_ours(shape))

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
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from ..declaration.ids import is_id
from ..declaration.marks import Id, Instant, Shorthand
from ..declaration.names import is_ours
from ..declaration.shape import Json, ListOf, MapOf, Object, Scalar, Shape, Tagged, object_at
from ..declaration.signatures import SIGNATURE, UNKNOWNS
from ..declaration.untold import UNTOLD, Untold
from ..declaration.values import JSON, Bag, Path, render
from .meaning import instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Shapes: TypeAlias = tuple[Shape, ...]
"""The shapes that a value has at once: each declares some of its parts. None: it may be anything."""

USELESS: Final = object()
"""Stands for a value of which nothing can be made."""


@dataclass
class Fitting:
    """Fits values, and notes what did not fit: where, and why."""

    places: list[str] = field(default_factory=list)
    useless: int = 0
    """How much was of no use at all."""

    def value(self, shapes: Shapes, value: JSON, path: Path = ()) -> JSON:
        """What is of use of a value, or `USELESS`."""
        if value is None:
            return None
        wanted = _wanted(shapes)
        if wanted and _type(value) not in wanted:
            return self._useless(path, f"{_NAMES[_type(value)]} in place of {_NAMES[wanted[0]]}")
        match value:
            case str():
                return self._text(shapes, value, path)
            case list():
                return self._list(shapes, value, path)
            case dict():
                return self._object(shapes, value, path)
            case int() | float():
                return self._number(shapes, value, path)
        return value

    def answer(self, shapes: Shapes, value: Bag, path: Path = ()) -> Bag:
        """The object with what is of use in it, and a note of the properties that it does not tell."""
        fit: Bag = {}
        names, noted, useless = set(), len(self.places), self.useless
        for name, part in self._parts(shapes, value, path):
            fit |= {} if part is USELESS else {name: part}
            names.update([name] if self.useless > useless else [])
            useless = self.useless
        places = tuple(self.places[noted:])
        return {**fit, UNTOLD: Untold(frozenset(names), places)} if places else fit

    def _object(self, shapes: Shapes, value: Bag, path: Path) -> Bag:
        return {name: part for name, part in self._parts(shapes, value, path) if part is not USELESS}

    def _parts(self, shapes: Shapes, value: Bag, path: Path) -> Iterator[tuple[str, JSON]]:
        declared = [found for shape in shapes if (found := object_at(shape, value)) is not None]
        others = tuple(shape.value for shape in shapes if isinstance(shape, MapOf))
        for key, item in value.items():
            if key in (SIGNATURE, UNTOLD):
                self._note((*path, key), "a mark of Pulumi's own")
            else:
                name = self._whole(key, path)
                yield name, self.value(_declared(declared, key) or others, item, (*path, name))

    def _list(self, shapes: Shapes, value: list[JSON], path: Path) -> list[JSON]:
        items = tuple(shape.item for shape in shapes if isinstance(shape, ListOf))
        parts = [self._item(items, item, (*path, index)) for index, item in enumerate(value)]
        if items:
            return [part for part in parts if part is not USELESS]
        # Of a document that nobody declares, each place stays where it is.
        return [None if part is USELESS else part for part in parts]

    def _item(self, items: Shapes, item: JSON, path: Path) -> JSON:
        return self._useless(path, "nothing") if items and item is None else self.value(items, item, path)

    def _text(self, shapes: Shapes, value: str, path: Path) -> JSON:
        if value in UNKNOWNS:
            return self._useless(path, "what Pulumi takes for a value that is not known yet")
        if any(shape.mark(Id) for shape in shapes) and not is_id(value):
            return self._useless(path, "no id")
        if any(shape.mark(Instant) for shape in shapes) and instant(value) is value:
            return self._useless(path, "no moment")
        return self._whole(value, path)

    def _whole(self, text: str, path: Path) -> str:
        """The text without halves of characters, which no wire takes."""
        if text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text):
            return text
        self._note(path, "half of a character")
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)

    def _number(self, shapes: Shapes, value: float, path: Path) -> JSON:
        if isinstance(value, bool):
            return value
        try:
            double = float(value)
        except OverflowError:
            double = math.inf
        if not math.isfinite(double):
            return self._useless(path, "nothing that a program can hold")
        whole = any(isinstance(shape, Scalar) and shape.type == "integer" for shape in shapes)
        return int(value) if whole else value

    def _useless(self, path: Path, why: str) -> JSON:
        self.useless += 1
        self._note(path, why)
        return USELESS

    def _note(self, path: Path, why: str) -> None:
        self.places.append(f"`{render(path)}` ({why})")


_NAMES: Final = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "list": "a list",
    "object": "an object",
}

_NUMBERS: Final = ("number", "integer")


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


def _wanted(shapes: Shapes) -> tuple[str, ...]:
    """The types that a value may have; none where any will do."""
    shape = shapes[0] if shapes else Shape()
    shorthand = ("string",) if shape.mark(Shorthand) else ()
    match shape:
        case Scalar(type="number"):
            return _NUMBERS
        case Scalar():
            return (shape.type,)
        case ListOf():
            return ("list",)
        case MapOf() | Object() | Tagged():
            return ("object", *shorthand)
        case Json(is_object=True):
            return ("object",)
    return ()


def _declared(objects: Iterable[Object], key: str) -> Shapes:
    """The shapes that objects declare for a part; what steers only us is in no answer."""
    found = (known.by_either_name[key].shape for known in objects if key in known.by_either_name)
    return tuple(shape for shape in found if not is_ours(shape))

"""Where secrets are: in the properties that are made for them, and where they should not be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ..declaration.secrecy import is_secret
from ..declaration.secret_forms import holds_secret
from ..declaration.shape import Json, ListOf, MapOf, Shape, Tagged, object_at, objects_below
from ..declaration.values import Path
from ..resources.registry import KINDS
from .view import JSON, Declared, Withheld, text


def secrets_of(declared: Declared, wire: str) -> Iterator[JSON]:
    """The texts below a property that are declared to be secrets, or why they cannot be seen."""
    shape = KINDS[declared.kind].shape.properties[wire].shape
    yield from _secrets(shape, declared.get(wire))


def _secrets(shape: Shape, value: JSON) -> Iterator[JSON]:
    if value is None or isinstance(value, Withheld):
        yield value
    elif is_secret(shape):
        yield text(value)
    elif isinstance(shape, ListOf) and isinstance(value, list):
        for item in value:
            yield from _secrets(shape.item, item)
    else:
        declared = object_at(shape, value)
        if declared is None and isinstance(shape, Tagged):
            yield Withheld.UNREADABLE
        for key, prop in declared.properties.items() if declared and isinstance(value, Mapping) else ():
            if key in value:
                yield from _secrets(prop.shape, value[key])


def variables(value: JSON) -> Iterator[tuple[str, JSON]]:
    """A container's variables with their names; one of the platforms has them in one text too."""
    if isinstance(value, str):
        parts = (part.partition("=") for part in re.split(r"[;\n]", value))
        yield from ((name, said) for name, _, said in parts)
    elif isinstance(value, Mapping):
        yield from ((str(name), text(said)) for name, said in value.items())
    elif value is not None:
        yield "", value if isinstance(value, Withheld) else Withheld.UNREADABLE


Seen: TypeAlias = tuple[Path, Withheld | None]
"""A place with a secret in plain text, or with something that may be one and cannot be seen."""


def in_plain_text(declared: Declared) -> Iterator[Seen]:
    """Where something stands that looks like a secret, and is none by its declaration; each place once."""
    shapes = KINDS[declared.kind].shape.properties
    found = (seen for wire, prop in shapes.items() for seen in _plain(prop.shape, declared.get(wire), (wire,)))
    yield from dict.fromkeys(found)


def _plain(shape: Shape, value: JSON, place: Path, name: str = "") -> Iterator[Seen]:
    """The places of secrets; what stands below the names of a user's own is told by the last name of ours."""
    if is_secret(shape):
        return
    if isinstance(value, str):
        yield from [(place, None)] if holds_secret(value, name) else []
    elif isinstance(value, Withheld):
        # A list with a declared secret in it may be kept as one secret: it is encrypted for that one's sake.
        yield from [] if value is Withheld.SECRET and _has_place_for_secrets(shape) else [(place, value)]
    elif isinstance(value, list):
        item = shape.item if isinstance(shape, ListOf) else Shape()
        for index, part in enumerate(value):
            yield from _plain(item, part, place if type(item) is Shape else (*place, index))
    elif isinstance(value, Mapping):
        yield from _plain_inside(shape, value, place)


def _has_place_for_secrets(shape: Shape) -> bool:
    return any(is_secret(prop.shape) for inner in objects_below(shape) for prop in inner.properties.values())


def _plain_inside(shape: Shape, value: Mapping[str, JSON], place: Path) -> Iterator[Seen]:
    declared = None if isinstance(shape, Json | MapOf) else object_at(shape, value)
    for key, part in value.items():
        prop = declared.properties.get(key) if declared else None
        if prop is not None:
            yield from _plain(prop.shape, part, (*place, key))
            continue
        yield from [(place, None)] if holds_secret(str(key)) else []
        yield from _plain(shape.value if isinstance(shape, MapOf) else Shape(), part, place, str(key))

"""Names and forms of a value: the program's snake_case, Pulumi's camelCase, the platform's snake_case.

All of it follows the declared shape, so that a user's own maps are never renamed inside. Keys that are not declared
pass unchanged: it is validation's task to complain about them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from .exact import document_of, held, is_written
from .marks import InPath, Internal, Local, Shorthand, WriteOnly
from .shape import Json, ListOf, MapOf, Property, Shape, object_at
from .values import JSON, UNKNOWN, Secret, bare, itself

Each: TypeAlias = Callable[[Shape, JSON], JSON]


def rebuilt(shape: Shape, value: JSON, each: Each, key: Callable[[Property], str]) -> JSON:
    """The value with `each` applied to its parts, and the keys of declared properties as `key` says.

    A property is recognised by either of its names. A value of which nothing changes is the one that is given.
    """
    if isinstance(shape, ListOf) and isinstance(value, list | tuple):
        return itself(value, [each(shape.item, item) for item in value])
    if isinstance(shape, MapOf) and isinstance(value, dict):
        return itself(value, {name: each(shape.value, item) for name, item in value.items()})
    declared = object_at(shape, value)
    if declared is None or not isinstance(value, dict):
        return value
    made = {}
    for name, item in value.items():
        prop = declared.by_either_name.get(name)
        made[key(prop) if prop else name] = each(prop.shape, item) if prop else item
    return itself(value, made)


def wire_name(prop: Property) -> str:
    """The property's name on Pulumi's wire."""
    return prop.wire


def plain_name(prop: Property) -> str:
    """The property's name in Python and on the platform."""
    return prop.name


def to_wire(shape: Shape, value: JSON) -> JSON:
    """What a Python program writes (snake_case keys; camelCase is let through) as Pulumi's wire form."""
    return rebuilt(shape, value, to_wire, wire_name)


def to_python(shape: Shape, value: JSON) -> JSON:
    """A wire value as a Python program sees it: snake_case keys."""
    return rebuilt(shape, value, to_python, plain_name)


def to_api(shape: Shape, value: JSON) -> JSON:
    """A checked wire value as the platform takes it; secrets come wrapped, what steers only us stays here."""
    if value is None or isinstance(shape, Json):
        return document_of(value) if is_written(shape) else value
    if shape.mark(WriteOnly) and value is not UNKNOWN:
        return Secret(bare(value))
    declared = object_at(shape, value)
    if declared is not None and isinstance(value, dict):
        ours = [wire for wire, prop in declared.properties.items() if is_ours(prop.shape)]
        value = {key: item for key, item in value.items() if key not in ours}
    return rebuilt(shape, value, to_api, plain_name)


def is_ours(shape: Shape) -> bool:
    """Whether the property never leaves the provider."""
    return any(shape.mark(mark) is not None for mark in (Local, Internal, InPath))


def from_api(shape: Shape, value: JSON) -> JSON:
    """The platform's answer in wire form: declared properties renamed, the others and nulls left out."""
    if is_written(shape):
        return held(value)
    declared = object_at(shape, value)
    if declared is not None and isinstance(value, dict):
        names = {prop.name for prop in declared.properties.values()}
        value = {key: item for key, item in value.items() if key in names and item is not None}
    return rebuilt(shape, value, from_api, wire_name)


def expanded(shape: Shape, value: JSON) -> JSON:
    """The value with every shorthand written out, at any depth."""
    shorthand = shape.mark(Shorthand)
    if shorthand and isinstance(value, str):
        value = shorthand.expand(value)
    return rebuilt(shape, value, expanded, wire_name)

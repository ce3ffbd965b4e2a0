"""Where the secret marks belong in a bag that goes back to the engine.

Two sources: fields declared as secrets, and values that the user made secret. The engine's clients move marks between
levels (a list with a secret inside may come as one secret), so a mark on something that holds a declared secret is
taken to stand for that secret and is put back on the leaf.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .marks import SecretOutput, WriteOnly
from .shape import ListOf, MapOf, Object, Shape, Tagged, object_at
from .values import JSON, UNKNOWN, Bag, Secret, bare

if TYPE_CHECKING:
    from collections.abc import Mapping


def marked(shape: Shape, value: JSON, given: JSON = None) -> JSON:
    """The bare value with its secrets marked: the declared ones, and those that were marked in `given`."""
    if value is None or value is UNKNOWN:
        return value
    if is_secret(shape) or (isinstance(given, Secret) and not holds_declared_secret(shape)):
        return Secret(bare(value))
    given = given.value if isinstance(given, Secret) else given
    if isinstance(value, list):
        item = shape.item if isinstance(shape, ListOf) else Shape()
        alike = given if isinstance(given, list) and len(given) == len(value) else [None] * len(value)
        return [marked(item, part, mark) for part, mark in zip(value, alike, strict=True)]
    if isinstance(value, dict):
        marks = given if isinstance(given, dict) else {}
        return {key: marked(shape_below(shape, value, key), part, marks.get(key)) for key, part in value.items()}
    return value


def shape_below(shape: Shape, value: Bag, key: str) -> Shape:
    """The declared shape of what stands under a key of the value."""
    if isinstance(shape, MapOf):
        return shape.value
    declared = object_at(shape, value)
    return declared.properties[key].shape if declared and key in declared.properties else Shape()


def is_secret(shape: Shape) -> bool:
    """Whether the declaration says that the value is a secret."""
    return shape.mark(WriteOnly) is not None or shape.mark(SecretOutput) is not None


@cache
def holds_declared_secret(shape: Shape) -> bool:
    """Whether a declared secret stands at this place or below it."""
    if is_secret(shape):
        return True
    match shape:
        case Object():
            return any(holds_declared_secret(prop.shape) for prop in shape.properties.values())
        case Tagged():
            return any(holds_declared_secret(variant) for variant in shape.variants.values())
        case ListOf():
            return holds_declared_secret(shape.item)
        case MapOf():
            return holds_declared_secret(shape.value)
    return False


def whole(bag: Mapping[str, JSON]) -> Bag:
    """The outputs with each property that holds a secret as one secret.

    The YAML host loses secrets that are nested in an output that another resource consumes.
    """
    return {key: Secret(bare(value)) if _has_secret(value) else value for key, value in bag.items()}


def _has_secret(value: JSON) -> bool:
    if isinstance(value, Secret):
        return True
    if isinstance(value, dict):
        return any(_has_secret(item) for item in value.values())
    return isinstance(value, list) and any(_has_secret(item) for item in value)

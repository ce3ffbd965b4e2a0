"""Properties in the reference: their rows, their types in words, and the objects below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.marks import Internal, Shorthand
from ..declaration.shape import ListOf, MapOf, Object, Property, Scalar, Shape, Tagged

if TYPE_CHECKING:
    from collections.abc import Iterable


def table(properties: Iterable[Property], page: str = "") -> str:
    """Properties with their types and meaning; `page` is where the objects below are explained."""
    rows = ["| property | type | |", "| --- | --- | --- |"]
    rows += [f"| `{prop.name}` | {type_of(prop.shape, page)} | {prop.doc} |" for prop in properties]
    return "\n".join(rows) + "\n"


def public(shape: Object) -> list[Property]:
    """The properties that a user sees."""
    return [prop for prop in shape.properties.values() if prop.mark(Internal) is None]


def type_of(shape: Shape, page: str = "") -> str:
    """A type in words, with links to the objects on the page."""
    short = "string or " if shape.mark(Shorthand) else ""
    match shape:
        case Scalar(enum=()):
            return shape.type
        case Scalar():
            return " or ".join(f"`{value}`" for value in shape.enum)
        case Object():
            return f"{short}{_link(shape, page)}"
        case Tagged():
            return short + " or ".join(dict.fromkeys(_link(arm, page) for arm in shape.arms))
        case ListOf():
            return f"list of {type_of(shape.item, page)}"
        case MapOf():
            return f"map of {type_of(shape.value, page)}"
    return "object of your own"


def _link(shape: Object, page: str) -> str:
    name = shape.model.__name__
    return f"[{name}]({page}#{name.lower()})"


def nested(shape: Shape) -> dict[str, Object]:
    """The declared objects below, by name, in the order in which a reader meets them."""
    found: dict[str, Object] = {}
    match shape:
        case Object():
            for prop in public(shape):
                found |= with_itself(prop.shape)
        case ListOf():
            found |= with_itself(shape.item)
        case MapOf():
            found |= with_itself(shape.value)
        case Tagged():
            for arm in shape.arms:
                found |= with_itself(arm)
    return found


def with_itself(shape: Shape) -> dict[str, Object]:
    """The declared objects below, and the shape itself where it is one."""
    own = {shape.model.__name__: shape} if isinstance(shape, Object) else {}
    return own | nested(shape)

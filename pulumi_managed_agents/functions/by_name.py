"""Looking an object up by its name or its labels: one function for each kind that the platform keeps."""

from __future__ import annotations

import posixpath
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import create_model

from ..declaration.marks import Only, Unread
from ..declaration.model import Model, described
from ..declaration.platform import PLATFORMS
from ..errors import CallFailed
from ..lifecycle.steps import Call
from .by_id import given, one, shown
from .function import Function
from .listing import Pages, labelled, looked_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..declaration.shape import Property
    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind
    from ..lifecycle.steps import Steps

_NAMES: Final = ("name", "display_name", "title", "filename", "path")
"""What the platforms call the name of an object; a kind has one of them."""

_NAMED: Final = 5
"""Ids that an error names."""


def by_name(kind: Kind) -> Function:
    """The function that looks the only object of a kind up that has a name, or labels."""
    inputs = _arguments(kind)

    def steps(arguments: Bag) -> Steps[Bag]:
        only = yield from _only(kind, arguments)
        state = yield from kind.lifecycle.read(kind, only, None)
        if state is None:
            raise CallFailed(f"Finding {one(kind)}", f"{kind.name} {only!r} was there, and is gone or archived now")
        return given(kind, state)

    said = " or its `metadata`" if "metadata" in kind.shape.properties else ""
    name = kind.shape.properties[_wire(kind)].name
    doc = (
        f"Finds the only {kind.name} that has this `{name}`{said}, without managing it; an error if it is not just one."
    )
    return Function(f"find{kind.name}", doc, inputs, shown(kind), steps, kind.name)


def _only(kind: Kind, arguments: Bag) -> Steps[str]:
    """The id of the only object that is meant."""
    what, life = f"Finding {one(kind)}", kind.lifecycle
    name, labels = arguments.get(_wire(kind)), arguments.get("metadata")
    own = kind.shape.properties[_wire(kind)].name
    if name is None and not labels:
        raise CallFailed(what, f"neither `{own}` nor `metadata` is given, so that any would do")

    def is_meant(item: Bag) -> bool:
        called = name is None or item.get(own) == name
        return bool(item.get("id")) and called and labelled(item, labels) and not life.is_gone(item)

    listing = Call(life.operation("list"), life.place(arguments), query=_narrowed(kind, name))
    found = yield from looked_for(what, listing, is_meant, arguments)
    if len(found) != 1:
        raise CallFailed(what, _how_many(kind, found), "It has to be just one: else look it up by its id.")
    return life.id_of(arguments, found[0])


def _how_many(kind: Kind, found: list[Bag]) -> str:
    if not found:
        return f"there is no such {kind.name}"
    named = ", ".join(str(item["id"]) for item in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"there are {len(found)} such {kind.name}s: {named}{more}"


def _narrowed(kind: Kind, name: str | None) -> Bag:
    """The query that leaves out what cannot be meant, where the platform takes one."""
    folder = posixpath.dirname(name or "").rstrip("/")
    return {"path_prefix": f"{folder}/"} if kind.name == "Memory" and folder else {}


def _wire(kind: Kind) -> str:
    """The property that has the name of such objects."""
    named = {prop.name: prop.wire for prop in kind.shape.properties.values()}
    return next(named[name] for name in _NAMES if name in named)


def _shown_on(name: Property) -> Iterator[Only]:
    """Where nobody can be found by the name, since the platform never shows it."""
    for mark in name.shape.elsewhere:
        if isinstance(mark, Unread):
            (other,) = (key for key in PLATFORMS if key != mark.on)
            yield Only(other, f"{mark.why}, so find it by its `metadata`")


@cache
def _arguments(kind: Kind) -> type[Model]:
    life, properties = kind.lifecycle, kind.shape.properties
    fields: dict[str, Any] = {}
    if life.within:
        parent = properties[life.within.wire]
        fields[parent.name] = (Annotated[str, *parent.shape.marks, described(parent.doc, min_length=1)], ...)
    own = properties[_wire(kind)]
    said = described(f"Its `{own.name}`, exactly.", min_length=1)
    fields[own.name] = (Annotated[str | None, *_shown_on(own), said], None)
    if "metadata" in properties:
        labels = described("Labels that it has, perhaps among others.")
        fields["metadata"] = (Annotated[dict[str, str] | None, labels], None)
    fields["pages"] = (Pages, None)
    made: type[Model] = create_model(f"{kind.name}Search", __base__=Model, **fields)
    made.__doc__ = f"How {one(kind)} is found."
    return made

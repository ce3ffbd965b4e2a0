"""What a platform has not in the place where it runs, of what is declared: refused where documented, else doubted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..declaration.marks import NotIn
from ..declaration.model import Failure
from ..declaration.names import expanded
from ..declaration.platform import PLACES, PlaceKey
from ..declaration.sentences import lack
from ..declaration.shape import ListOf, MapOf, Shape, object_at
from ..declaration.values import JSON, Bag, Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..declaration.capabilities import Capabilities
    from ..declaration.form import Form
    from ..lifecycle.kind import Kind

_EVERYTHING: tuple[PlaceKey, ...] = tuple(next(iter(places)) for places in PLACES.values())
"""The places that lack nothing: where a platform usually runs."""


def refused(form: Form, written_out: Bag, capabilities: Capabilities) -> list[Failure]:
    """What the documentation of the place says that it has not."""
    return [failure for failure, mark in _lacking(form, written_out, capabilities) if not mark.inferred]


def doubted(form: Form, inputs: Bag, capabilities: Capabilities) -> list[Failure]:
    """What the place probably has not: a warning, since only its answer settles it."""
    if capabilities.place in _EVERYTHING:
        return []
    lacking = _lacking(form, expanded(form.shape, inputs), capabilities)
    return [failure for failure, mark in lacking if mark.inferred]


def lasting(kind: Kind, capabilities: Capabilities) -> str | None:
    """What is amiss with removing an object of the kind in the place; None where nothing is."""
    here = (mark for mark in kind.not_in if capabilities.place in mark.places and mark.lack)
    return next((lack(kind.name, mark, capabilities.place) for mark in here), None)


def said(subject: str, marks: Iterable[NotIn], capabilities: Capabilities) -> str | None:
    """Why something as a whole is refused in the place; None where it is not."""
    here = (mark for mark in marks if capabilities.place in mark.places and not mark.inferred)
    return next((lack(subject, mark, capabilities.place) for mark in here), None)


def _lacking(form: Form, written_out: Bag, capabilities: Capabilities) -> Iterator[tuple[Failure, NotIn]]:
    place = capabilities.place
    if place in _EVERYTHING:
        return
    whole = [mark for mark in form.not_in if place in mark.places]
    yield from ((Failure((), lack(form.name, mark, place)), mark) for mark in whole)
    if whole:
        return
    for path, value, mark in _marked(form.shape, written_out, ()):
        if place in mark.places and (not mark.values or value in mark.values):
            yield Failure(path, lack(f"`{_written(value)}`" if mark.values else "", mark, place)), mark


def _written(value: JSON) -> str:
    """A value as programs write it."""
    return value if isinstance(value, str) else json.dumps(value)


def _marked(shape: Shape, value: JSON, path: Path) -> Iterator[tuple[Path, JSON, NotIn]]:
    """What is written where something may be lacking, and what the mark there says."""
    if value is None:
        return
    yield from ((path, value, mark) for mark in shape.marks if isinstance(mark, NotIn))
    declared = object_at(shape, value)
    if isinstance(shape, ListOf) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _marked(shape.item, item, (*path, index))
    elif isinstance(shape, MapOf) and isinstance(value, dict):
        for key, item in value.items():
            yield from _marked(shape.value, item, (*path, key))
    elif declared is not None and isinstance(value, dict):
        for wire, prop in declared.properties.items():
            yield from _marked(prop.shape, value.get(wire), (*path, wire))

"""References between the resources of a program, in place of ids."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..declaration.names import rebuilt, wire_name
from ..declaration.shape import Json, MapOf, Shape
from .program import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..declaration.values import JSON
    from .program import Declared

CIRCLE = "Two resources name each other, which no program can say: one of the two stays an id."


def linked(resources: Sequence[Declared]) -> tuple[Declared, ...]:
    """The resources, each after those that it names, with references in place of their ids.

    Where resources name each other in a circle, the last link stays an id.
    """
    by_id = {resource.id: resource for resource in resources}
    placed: dict[str, Declared] = {}
    under_way: set[str] = set()

    def place(resource: Declared) -> None:
        if resource.id in placed or resource.id in under_way:
            return
        under_way.add(resource.id)
        named = [other for other in _ids_in(resource) if other in by_id and other != resource.id]
        for other in named:
            place(by_id[other])
        names = {other: placed[other].name for other in named if other in placed}
        remarks = resource.remarks if len(names) == len(set(named)) else (*resource.remarks, CIRCLE)
        placed[resource.id] = replace(resource, inputs=_with_names(resource, names), remarks=remarks)

    for resource in resources:
        place(resource)
    return tuple(placed.values())


def _with_names(resource: Declared, names: dict[str, str]) -> JSON:
    return _mapped(resource, lambda text: Reference(names[text]) if text in names else text)


def _ids_in(resource: Declared) -> Iterator[str]:
    texts: list[str] = []

    def note(text: str) -> str:
        texts.append(text)
        return text

    _mapped(resource, note)
    yield from texts


def _mapped(resource: Declared, change: Callable[[str], JSON]) -> JSON:
    """The inputs with each text changed, but for the user's own maps and documents."""

    def each(shape: Shape, value: JSON) -> JSON:
        if isinstance(shape, Json | MapOf):
            return value
        if isinstance(value, str):
            return change(value)
        return rebuilt(shape, value, each, wire_name)

    return each(resource.kind.shape, resource.inputs)

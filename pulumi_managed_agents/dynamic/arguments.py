"""What a program writes as a resource's arguments, in wire form: outputs stay outputs, secrets become secret.

A resource may stand wherever its id is wanted, or an object that says little more than that id.
"""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import pulumi

from ..declaration.marks import IdOf, Shorthand, WriteOnly
from ..declaration.names import rebuilt, wire_name
from ..declaration.shape import Json, Object, Scalar, Shape, Tagged
from ..resources.registry import kind_of
from .outputs import as_secret

if TYPE_CHECKING:
    from ..lifecycle.kind import Kind


class Misplaced(Exception):
    """A resource stands where none can."""


def argument(shape: Shape, value: Any) -> Any:
    """A program's value in wire form.

    Raises:
        Misplaced: a resource stands where none can.
    """
    if isinstance(value, pulumi.CustomResource) and not isinstance(shape, Json):
        value = _stand_in(shape, value)
    elif isinstance(value, os.PathLike):
        # One spelling on every machine, so that a state made on one of them is no change on another.
        value = value.as_posix() if isinstance(value, PurePath) else os.fspath(value)
    if shape.mark(WriteOnly) and value is not None:
        return as_secret(value)
    if isinstance(value, pulumi.Output) and _is_translated(shape):
        return value.apply(lambda known: argument(shape, known))
    return rebuilt(shape, value, argument, wire_name)


def _is_translated(shape: Shape) -> bool:
    """Whether what an output holds may have another form on the wire."""
    return not isinstance(shape, Json) and not (isinstance(shape, Scalar) and shape.type != "string")


def _stand_in(shape: Shape, resource: pulumi.CustomResource) -> Any:
    """What a resource hands out where it stands."""
    kind = kind_of(resource.pulumi_resource_type)
    if shape.mark(WriteOnly):
        raise Misplaced(f"{_one(kind)} stands where a secret is wanted: write the output that holds it")
    if isinstance(shape, Scalar):
        _require(kind, shape.mark(IdOf))
        return resource.id
    for arm in _arms(shape):
        derived = next((item for item in kind.derived if item.model is arm.model), None) if kind else None
        if derived is not None:
            return getattr(resource, derived.name)
    ids = [mark for arm in _arms(shape) for mark in _ids(arm)]
    if shape.mark(Shorthand) and ids:
        _require(kind, ids[0])
        return resource.id
    for arm in _arms(shape):
        entry = _entry(arm, kind, resource)
        if entry is not None:
            return entry
    raise Misplaced(f"{_one(kind)} stands where an object is wanted that it cannot stand for: write the object")


def _entry(arm: Object, kind: Kind | None, resource: pulumi.CustomResource) -> Any:
    """An object that needs no more than its type and the id of such a resource."""
    for wire, prop in arm.properties.items():
        mark = prop.mark(IdOf)
        if mark and kind and mark.kind == kind.name:
            tag = arm.properties["type"].shape
            fixed = mark.fixed or (("type", tag.enum[0]),) if isinstance(tag, Scalar) else ()
            return {**dict(fixed), wire: resource.id}
    return None


def _arms(shape: Shape) -> list[Object]:
    if isinstance(shape, Tagged):
        return list(shape.variants.values())
    return [shape] if isinstance(shape, Object) else []


def _ids(arm: Object) -> list[IdOf]:
    return [mark for prop in arm.properties.values() if (mark := prop.mark(IdOf))]


def _require(kind: Kind | None, wanted: IdOf | None) -> None:
    """An id of one kind is not taken for another's; what takes any text takes any id."""
    if wanted and (kind is None or kind.name != wanted.kind):
        article = "an" if wanted.kind[0] in "AEIO" else "a"
        raise Misplaced(f"{_one(kind)} stands where the id of {article} {wanted.kind} is wanted")


def _one(kind: Kind | None) -> str:
    name = kind.name if kind else "resource of another package"
    return f"{'an' if name[0] in 'AEIO' else 'a'} {name}"

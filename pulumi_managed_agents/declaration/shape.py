"""The shape of a declaration: the pydantic models as one tree that every derivation walks.

Names, comparison, request bodies, schema, documentation and the Python classes are all functions of this tree, so a
declaration is read here once and nowhere else.
"""

from __future__ import annotations

import inspect
import types
import typing
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from annotated_types import BaseMetadata, GroupedMetadata
from pydantic import BaseModel
from pydantic.alias_generators import to_camel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from .marks import Always, AutoNamed, Default, Digest, Document, Internal, Mark, MarkT
from .model import Model
from .platform import UNSAID, PlatformKey
from .values import JSON

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, eq=False)
class Shape:
    """A node of the tree: the marks and limits that stand at this place."""

    marks: tuple[Mark, ...] = ()
    """Those that hold on the platform for which the tree was read, its own before those of every platform."""
    elsewhere: tuple[Mark, ...] = ()
    """Those that hold on other platforms only."""
    limits: dict[str, Any] = field(default_factory=dict)

    def mark(self, kind: type[MarkT]) -> MarkT | None:
        """The mark of that kind at this node, if any."""
        return self._by_kind.get(kind)

    @cached_property
    def _by_kind(self) -> dict[type[Mark], Any]:
        return {type(mark): mark for mark in reversed(self.marks)}


@dataclass(frozen=True, eq=False)
class Scalar(Shape):
    """A string, integer, number or boolean; `enum` lists the values of a closed set."""

    type: str = "string"
    enum: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Json(Shape):
    """A document of the user's own, opaque to us."""

    is_object: bool = False
    """Whether it has names for its parts."""


@dataclass(frozen=True, eq=False)
class ListOf(Shape):
    """A list of items of one shape."""

    item: Shape = field(default_factory=Shape)


@dataclass(frozen=True, eq=False)
class MapOf(Shape):
    """A map whose keys belong to the user."""

    value: Shape = field(default_factory=Shape)


@dataclass(frozen=True, eq=False)
class Property:
    """A named property of an object."""

    name: str
    wire: str
    shape: Shape
    required: bool
    default: JSON
    doc: str
    owner: type[BaseModel] = BaseModel
    """The model that declares it, for all that inherit it."""

    def mark(self, kind: type[MarkT]) -> MarkT | None:
        """The mark of that kind on this property, if any."""
        return self.shape.mark(kind)


@dataclass(frozen=True, eq=False)
class Object(Shape):
    """An object with declared properties, by wire name."""

    model: type[BaseModel] = BaseModel
    properties: dict[str, Property] = field(default_factory=dict)

    @cached_property
    def by_either_name(self) -> dict[str, Property]:
        """The properties by wire name and by plain name."""
        return {prop.name: prop for prop in self.properties.values()} | self.properties

    @property
    def membership(self) -> Mark | None:
        """What adding or removing such an object in a list means."""
        return self.model.membership if issubclass(self.model, Model) else None


@dataclass(frozen=True, eq=False)
class Tagged(Shape):
    """An object of one of several shapes, told apart by the property `tag`."""

    tag: str = "type"
    variants: dict[str, Object] = field(default_factory=dict)
    other: Object | None = None
    """The shape of what says another tag, where the union is open: a platform may be newer."""

    @property
    def arms(self) -> tuple[Object, ...]:
        """Each shape once, the open one last."""
        return tuple(dict.fromkeys((*self.variants.values(), *([self.other] if self.other else []))))

    def pick(self, value: JSON) -> Object | None:
        """The variant that the value is of; of an unknown one the open shape, or None where there is none."""
        tag = value.get(self.tag) if isinstance(value, dict) else None
        return self.variants.get(tag, self.other) if isinstance(tag, str) else None


def written(shape: Object) -> list[Property]:
    """The properties that a user can write: all but what the provider makes by itself."""
    return [prop for prop in shape.properties.values() if not (prop.mark(Internal) or prop.mark(Digest))]


def always(prop: Property) -> bool:
    """Whether every object that there is has the property."""
    return prop.required or any(prop.mark(mark) for mark in (Always, AutoNamed))


@cache
def shape_of(model: type[BaseModel], platform: PlatformKey = UNSAID) -> Object:
    """The shape of a declared model, with marks and defaults as the platform has them."""
    properties = (_property(model, name, info, platform) for name, info in model.model_fields.items())
    return Object(model=model, properties={prop.wire: prop for prop in properties})


def object_at(shape: Shape, value: JSON) -> Object | None:
    """The object shape that applies to the value, through a tag where there is one."""
    if isinstance(shape, Tagged):
        return shape.pick(value)
    return shape if isinstance(shape, Object) else None


def nodes_below(shape: Shape) -> Iterator[Shape]:
    """Every node of the tree, itself included."""
    yield shape
    match shape:
        case Object():
            parts = [prop.shape for prop in shape.properties.values()]
        case Tagged():
            parts = [*shape.arms]
        case ListOf():
            parts = [shape.item]
        case MapOf():
            parts = [shape.value]
        case _:
            parts = []
    for part in parts:
        yield from nodes_below(part)


def objects_below(shape: Shape) -> Iterator[Object]:
    """Every declared object in the tree, itself included, inner ones first."""
    match shape:
        case Object():
            for prop in shape.properties.values():
                yield from objects_below(prop.shape)
            yield shape
        case ListOf():
            yield from objects_below(shape.item)
        case MapOf():
            yield from objects_below(shape.value)
        case Tagged():
            for arm in shape.arms:
                yield from objects_below(arm)


def _property(model: type[BaseModel], name: str, info: FieldInfo, platform: PlatformKey) -> Property:
    missing = info.default is PydanticUndefined
    shape = _node(info.annotation, tuple(info.metadata), platform)
    otherwise = shape.mark(Default)
    default = None if missing else info.default
    return Property(
        name=name,
        wire=to_camel(name),
        shape=shape,
        required=missing and info.default_factory is None,
        default=otherwise.to if otherwise else default,
        doc=info.description or "",
        owner=next((each for each in model.__mro__ if name in inspect.get_annotations(each)), model),
    )


def _node(annotation: Any, metadata: tuple[Any, ...], platform: PlatformKey) -> Shape:
    while typing.get_origin(annotation) is Annotated:
        annotation, *more = typing.get_args(annotation)
        metadata = (*more, *metadata)
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        arms = [arm for arm in typing.get_args(annotation) if arm is not type(None)]
        if len(arms) > 1:
            return _tagged(arms, metadata, platform)
        return _node(arms[0], metadata, platform)
    return _plain(annotation, _flat(metadata), platform)


def _plain(annotation: Any, metadata: tuple[Any, ...], platform: PlatformKey) -> Shape:
    place = _place(metadata, platform)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if any(isinstance(item, Document) for item in metadata) or annotation is Any:
        return Json(is_object=origin is dict, **place)
    if origin is list:
        return ListOf(item=_node(arguments[0], (), platform), **place)
    if origin is dict:
        return MapOf(value=_node(arguments[1], (), platform), **place)
    if origin is Literal:
        return Scalar(enum=tuple(arguments), **place)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Object(model=annotation, properties=shape_of(annotation, platform).properties, **place)
    return Scalar(type=_SCALARS[annotation], **place)


_SCALARS: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def _tagged(arms: list[Any], metadata: tuple[Any, ...], platform: PlatformKey) -> Tagged:
    variants: dict[str, Object] = {}
    other: Object | None = None
    for arm in arms:
        declared = _node(arm, (), platform)
        assert isinstance(declared, Object), f"a union of declared objects is needed, not {arm!r}"  # noqa: S101 - a declaration is wrong
        tag = declared.properties["type"].shape
        assert isinstance(tag, Scalar), f"{arm!r} needs a `type`"  # noqa: S101 - a declaration is wrong
        variants |= dict.fromkeys(tag.enum, declared)
        # A `type` that may be any text is that of whatever has no shape of its own.
        other = other if tag.enum else declared
    return Tagged(variants=variants, other=other, **_place(_flat(metadata), platform))


def _place(metadata: tuple[Any, ...], platform: PlatformKey) -> dict[str, Any]:
    """What stands at a node: the marks that hold on the platform, those of others, and limits."""
    marks = [item for item in metadata if isinstance(item, Mark)]
    own, general = ([mark for mark in marks if mark.on == key] for key in (platform, None))
    elsewhere = tuple(mark for mark in marks if mark.on not in (platform, None))
    return {"marks": (*own, *general), "elsewhere": elsewhere, "limits": _limits(metadata)}


def _flat(metadata: tuple[Any, ...]) -> tuple[Any, ...]:
    """The metadata with pydantic's own bundles opened."""
    flat: list[Any] = []
    for item in metadata:
        if isinstance(item, FieldInfo):
            flat.extend(item.metadata)
        elif isinstance(item, GroupedMetadata):
            flat.extend(item)
        else:
            flat.append(item)
    return tuple(flat)


def _limits(metadata: tuple[Any, ...]) -> dict[str, Any]:
    """Limits in JSON-Schema's words, from what pydantic validates with."""
    limits: dict[str, Any] = {}
    for item in _flat(metadata):
        if isinstance(item, BaseMetadata):
            for ours, theirs in _LIMITS.items():
                if getattr(item, ours, None) is not None:
                    limits[theirs] = getattr(item, ours)
        if getattr(item, "pattern", None) is not None:
            limits["pattern"] = item.pattern
    return limits


_LIMITS = {
    "min_length": "minLength",
    "max_length": "maxLength",
    "ge": "minimum",
    "le": "maximum",
    "gt": "exclusiveMinimum",
}

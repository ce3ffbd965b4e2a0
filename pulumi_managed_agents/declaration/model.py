"""What a declaration is made of: pydantic models with marks on their fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from ..printable import printable
from .capabilities import Capabilities
from .marks import Internal, Mark
from .platform import PlaceKey, PlatformKey
from .values import JSON, Bag, Path, render

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Failure:
    """One thing that is wrong with a resource's inputs: where, and a sentence that never shows the value."""

    path: Path
    """Empty where all of the resource is meant."""
    reason: str

    def __str__(self) -> str:
        return printable(f"`{render(self.path)}` {self.reason}" if self.path else self.reason)


class Model(BaseModel):
    """A declared object: closed, snake_case in Python and on the API, camelCase on Pulumi's wire."""

    # Validators are built when they are first used: a process that starts has to answer soon, and needs few of them.
    model_config = ConfigDict(
        extra="forbid", alias_generator=to_camel, populate_by_name=False, frozen=True, defer_build=True
    )

    membership: ClassVar[Mark | None] = None
    """What it means to add such an object to a list or to take it away, where that differs from the list's own mark."""

    absent: ClassVar[Mapping[str, str]] = {}
    """Properties that one would look for here, each with why there is none, or what to write instead."""

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """The value with defaults that follow from its other properties (wire names; may hold UNKNOWN)."""
        del capabilities
        return value


class Inputs(Model):
    """What a user declares for one resource."""

    creation_id: Annotated[
        str | None,
        Internal("finds the object again after an answer was lost"),
        Field(description="Stamp of this object, made by the provider: of the stack, of the resource, and random."),
    ] = None

    platform: Annotated[
        PlatformKey | None,
        Internal("tells whose objects a state holds"),
        Field(description="The platform of this object, where it is not `claude`."),
    ] = None

    place: Annotated[
        PlaceKey | None,
        Internal("tells where the objects of a state are"),
        Field(description="Where the platform of this object runs, where that is not the usual place."),
    ] = None


class Outputs(BaseModel):
    """What the platform tells about one resource; fields that it adds later are ignored."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, populate_by_name=True, defer_build=True)


@dataclass(frozen=True)
class Derived:
    """An output that follows from the inputs alone, so that every preview knows it."""

    name: str
    doc: str
    of: Callable[[Bag], Bag]
    model: type[Model]
    """The declared object that it gives, for those that consume it."""


def default(wire: JSON) -> Any:
    """The default of a field in wire form, which is what it is compared with; nothing is ever built of it."""
    return wire


def described(text: str, **limits: Any) -> Any:
    """A pydantic field with its description first: what reads best beside a type."""
    return Field(description=text, **limits)

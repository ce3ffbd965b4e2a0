"""The form of a kind: what its users declare and what the platform adds, as one platform has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Self, TypeVar, cast

from .platform import UNSAID, PlatformKey
from .shape import Object, shape_of

if TYPE_CHECKING:
    from .capabilities import Capabilities
    from .marks import NotIn, Only
    from .model import Inputs, Outputs

FormT = TypeVar("FormT", bound="Form")


@dataclass(frozen=True, eq=False, kw_only=True)
class Form:
    """A name with the inputs and outputs of every object that has it."""

    name: str
    doc: str
    inputs: type[Inputs]
    outputs: type[Outputs]

    only: Only | None = None
    """The platform that has the kind, where not every one does."""

    not_in: tuple[NotIn, ...] = ()
    """The places that do not have the kind, where its platform does."""

    platform: PlatformKey = UNSAID
    """The platform for which marks and defaults are resolved."""

    @cached_property
    def shape(self) -> Object:
        """The inputs."""
        return shape_of(self.inputs, self.platform)

    @cached_property
    def output_shape(self) -> Object:
        """What the platform adds."""
        return shape_of(self.outputs, self.platform)

    def is_on(self, platform: PlatformKey) -> bool:
        """Whether the platform has the kind at all."""
        return self.only is None or self.only.platform == platform

    def is_in(self, capabilities: Capabilities) -> bool:
        """Whether the platform has the kind where it runs."""
        return self.is_on(capabilities.key) and not any(
            capabilities.place in mark.places and not mark.inferred for mark in self.not_in
        )

    def on(self, platform: PlatformKey) -> Self:
        """The form as that platform has it."""
        return self if platform == self.platform else cast("Self", _resolved(self, platform))


@cache
def _resolved(form: Form, platform: PlatformKey) -> Form:
    return replace(form, platform=platform)

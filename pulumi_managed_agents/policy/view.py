"""What rules look at: resources as plain values, whichever front end declared them and wherever they were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

JSON: TypeAlias = Any
"""A JSON value, in which a `Withheld` may stand at any depth."""


class Withheld(Enum):
    """Stands for a value that cannot be looked at, and says why."""

    UNKNOWN = "not known before the update"
    SECRET = "encrypted in the exported state"  # noqa: S105 - words about secrets


@dataclass(frozen=True)
class Declared:
    """A resource of this provider. Properties have their wire names; what was left out is not there."""

    kind: str
    name: str
    urn: str
    properties: Mapping[str, JSON] = field(compare=False)
    protect: bool = False
    platform: str = "claude"
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """URNs of the resources whose outputs a property was made of."""

    def get(self, name: str) -> JSON:
        """A property, or None."""
        return self.properties.get(name)


@dataclass(frozen=True)
class Stack:
    """The resources of this provider in a stack, in the order of their URNs: an engine's own order varies."""

    resources: tuple[Declared, ...]

    @classmethod
    def of(cls, resources: Iterator[Declared]) -> Stack:
        """The stack with these resources."""
        return cls(tuple(sorted(resources, key=lambda declared: declared.urn)))

    def of_kind(self, *kinds: str) -> list[Declared]:
        """The resources of some kinds."""
        return [declared for declared in self.resources if declared.kind in kinds]

    def referenced(self, by: Declared, name: str, kind: str) -> list[Declared]:
        """The resources of a kind whose outputs a property was made of."""
        urns = by.references.get(name, ())
        return [declared for declared in self.of_kind(kind) if declared.urn in urns]


def entries(value: JSON) -> list[tuple[int, Mapping[str, JSON]]]:
    """The objects of a list that can be looked at, with their positions."""
    return [(index, item) for index, item in enumerate(listed(value)) if isinstance(item, Mapping)]


def listed(value: JSON) -> list[JSON]:
    """A list that can be looked at; for anything else none."""
    return value if isinstance(value, list) else []


def within(value: JSON, *names: str) -> JSON:
    """What stands below the names: None where nothing is declared, `Withheld` where it cannot be seen."""
    for name in names:
        if not isinstance(value, Mapping):
            return value if isinstance(value, Withheld) else None
        value = value.get(name)
    return value


def withheld_among(value: JSON) -> Withheld | None:
    """Why a list, or something of it, cannot be looked at."""
    candidates = [value, *listed(value)]
    return next((item for item in candidates if isinstance(item, Withheld)), None)

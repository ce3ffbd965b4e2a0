"""What rules look at: resources as plain values, whichever front end declared them and wherever they were read.

A rule that cannot look at a value says so. That is why nothing here takes one form for another: what has not the form
that a rule reads is `Withheld.UNREADABLE`, and never taken for something that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

JSON: TypeAlias = Any
"""A JSON value, in which a `Withheld` may stand at any depth."""


class Withheld(Enum):
    """Stands for a value that cannot be looked at, and says why."""

    UNREADABLE = "in a form that cannot be read"
    SECRET = "encrypted in the exported state"  # noqa: S105 - words about secrets
    UNKNOWN = "not known before the update"


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
    id: str | None = None
    """The id on the platform, where a state says it."""
    is_known: bool = True
    """Whether its type is one that the provider takes."""

    @property
    def stack(self) -> str:
        """The stack that it is declared in."""
        return self.urn.removeprefix("urn:pulumi:").partition("::")[0]

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

    @classmethod
    def joined(cls, stacks: Iterable[Stack]) -> Stack:
        """Several stacks as one, to compare what is in them."""
        return cls.of(declared for stack in stacks for declared in stack.resources)

    def of_kind(self, *kinds: str) -> list[Declared]:
        """The resources of some kinds."""
        return [declared for declared in self.resources if declared.kind in kinds]

    def referenced(self, by: Declared, name: str, kind: str) -> list[Declared]:
        """The resources of a kind whose outputs a property was made of."""
        urns = by.references.get(name, ())
        return [declared for declared in self.of_kind(kind) if declared.urn in urns]


def text(value: JSON) -> JSON:
    """A text; None where there is none."""
    return value if value is None or isinstance(value, str | Withheld) else Withheld.UNREADABLE


def listed(value: JSON) -> list[JSON]:
    """What stands in a list; nothing where there is no list to look at: see `hidden_in`."""
    return value if isinstance(value, list) else []


def entries(value: JSON) -> list[tuple[int, Mapping[str, JSON]]]:
    """The objects of a list that can be looked at, with their positions."""
    return [(index, item) for index, item in enumerate(listed(value)) if isinstance(item, Mapping)]


def within(value: JSON, *names: str) -> JSON:
    """What stands below the names: None where nothing is declared, `Withheld` where it cannot be seen."""
    for name in names:
        if value is None or isinstance(value, Withheld):
            return value
        if not isinstance(value, Mapping):
            return Withheld.UNREADABLE
        value = value.get(name)
    return value


def hidden_in(value: JSON, item: type = Mapping) -> Withheld | None:
    """Why a list, or something in it, cannot be looked at; its items are objects unless told otherwise."""
    if value is None or isinstance(value, Withheld):
        return value
    if not isinstance(value, list):
        return Withheld.UNREADABLE
    return first_hidden(part if isinstance(part, item | Withheld) else Withheld.UNREADABLE for part in value)


def first_hidden(values: Iterable[JSON]) -> Withheld | None:
    """What keeps some of the values from sight: what somebody could mend before what only time can."""
    found = {value for value in values if isinstance(value, Withheld)}
    return next((reason for reason in Withheld if reason in found), None)

"""A form in which programs declare something, and what may become of it.

A change says what is meant by it: `field` changes in place, `secret` rotates, `again` sends or runs once more, `new`
needs another object. What is really done follows from the provider's own comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from torture.draw import FULL, Draw

if TYPE_CHECKING:
    from pulumi_managed_agents.declaration.values import Bag

Meaning = Literal["field", "secret", "again", "new"]
Declare: TypeAlias = "Callable[[Draw], Bag | None]"
Alter: TypeAlias = "Callable[[Draw, Bag], Bag | None]"


BOUND, OWN_MACHINE = "BoundRepository", "OwnMachine"
"""A repository that looks after the mount of a session; an environment that moves between machines."""


@dataclass(frozen=True)
class Form:
    """A kind as programs declare it."""

    name: str
    weight: int
    """How often it is declared."""
    most: int
    """Resources of it in one program."""
    declare: Declare
    changes: tuple[tuple[Meaning, Alter], ...]

    @property
    def kind(self) -> str:
        """The kind of resource."""
        return {BOUND: "RepositoryResource", OWN_MACHINE: "Environment"}.get(self.name, self.name)


def assigned(wire: str, value: Callable[[Draw], Any]) -> Alter:
    """Gives a property a value."""
    return lambda draw, bag: {**bag, wire: value(draw)}


def named(wire: str, beginning: str) -> Alter:
    """Gives a property a name that nothing else has."""
    return assigned(wire, lambda draw: draw.name(beginning))


def without(wire: str) -> Alter:
    """Takes a property away."""
    return lambda _, bag: {key: item for key, item in bag.items() if key != wire} if wire in bag else None


def text(draw: Draw) -> str:
    """A text that nothing else has."""
    return draw.name("text")


def _relabelled(draw: Draw, bag: Bag) -> Bag:
    """Other labels; where all are taken, another value of one."""
    labels = dict(bag.get("metadata") or {})
    name = draw.choice(list(labels)) if len(labels) == FULL else f"label-{draw.random.randrange(4)}"
    labels[name] = draw.name("v")
    return {**bag, "metadata": labels}


LABELS: tuple[Meaning, Alter] = ("field", _relabelled)

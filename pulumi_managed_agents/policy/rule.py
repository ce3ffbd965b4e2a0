"""What a rule is, and what it finds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from ..printable import printable
from .view import JSON, Declared, Stack, Withheld

Level: TypeAlias = Literal["advisory", "mandatory", "remediate", "disabled"]
"""Pulumi's enforcement levels. Where nothing can be remedied, `remediate` means `mandatory`."""

Severity: TypeAlias = Literal["low", "medium", "high", "critical"]

PAGE = "docs/guides/policies.md"
"""The page that explains the rules, each under its name."""


class Parameters(BaseModel):
    """What a rule can be told; this one cannot be told anything."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, alias_generator=to_camel, populate_by_name=True, title=""
    )


P = TypeVar("P", bound=Parameters)


@dataclass(frozen=True)
class Broken:
    """A rule does not hold for a resource. The sentence goes on from its name, and holds no value of a property."""

    subject: Declared
    sentence: str


@dataclass(frozen=True)
class Unchecked:
    """Nobody can say whether a rule holds for a resource."""

    subject: Declared
    reason: str


Outcomes: TypeAlias = Iterator[Broken | Unchecked]


def unchecked(subject: Declared, what: str, why: JSON) -> Outcomes:
    """What is said of a value that cannot be looked at; nothing of any other.

    One that nobody can see yet, or without a key, is told as not checked. One in a form that cannot be read breaks the
    rule: it may be all that the rule is against.
    """
    if why is Withheld.UNREADABLE:
        yield Broken(subject, f"has {what} {why.value}")
    elif isinstance(why, Withheld):
        yield Unchecked(subject, f"{what} is {why.value}")


def once(outcomes: Outcomes) -> Outcomes:
    """The outcomes without repetitions: several ways may lead to one."""
    yielded: set[Broken | Unchecked] = set()
    for outcome in outcomes:
        if outcome not in yielded:
            yielded.add(outcome)
            yield outcome


@dataclass(frozen=True)
class Change:
    """What a remedy does to a resource: the value takes its place below the names."""

    path: tuple[str, ...]
    value: JSON


@dataclass(frozen=True, kw_only=True)
class Rule(ABC, Generic[P]):
    """A sentence that should hold, how much it matters, and what to do when it does not."""

    name: str
    sentence: str
    severity: Severity
    fix: str
    level: Level
    """The level where nothing is configured."""
    parameters: type[P]
    notes: str = ""
    """What else a reader should know: what counts, and what is not seen."""
    across: bool = False
    """Whether stacks are compared with each other too, where several are looked at."""

    @property
    def link(self) -> str:
        """Where the rule is explained."""
        return f"{PAGE}#{self.name}"

    def message(self, broken: Broken) -> str:
        """What a user is told."""
        return printable(f"`{broken.subject.name}` {broken.sentence}. {self.fix} See {self.link}.")

    @abstractmethod
    def judge(self, stack: Stack, parameters: P) -> Outcomes:
        """What the rule finds in a stack."""


@dataclass(frozen=True, kw_only=True)
class ResourceRule(Rule[P]):
    """A rule that needs to see one resource only, so that Pulumi can stop before it is touched."""

    kinds: tuple[str, ...]
    check: Callable[[Declared, P], Outcomes]
    remedy: Callable[[Declared, P], Change | None] | None = None
    """A change after which the rule holds; None where none is needed or nobody can say."""

    def judge(self, stack: Stack, parameters: P) -> Outcomes:
        """What the rule finds in a stack."""
        for declared in stack.of_kind(*self.kinds):
            yield from self.check(declared, parameters)


@dataclass(frozen=True, kw_only=True)
class StackRule(Rule[P]):
    """A rule about how resources go together."""

    check: Callable[[Stack, P], Outcomes]

    def judge(self, stack: Stack, parameters: P) -> Outcomes:
        """What the rule finds in a stack."""
        yield from self.check(stack, parameters)


AnyRule: TypeAlias = Rule[Any]

"""A kind of resource: the single place that its users' and the platform's view of it are derived from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..declaration.capabilities import Capabilities
from ..declaration.form import Form
from ..declaration.marks import Replaces
from ..declaration.model import Derived, Failure
from ..declaration.values import Bag

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from pydantic import BaseModel

    from ..comparison.change import Change
    from .lifecycle import Lifecycle
    from .steps import Steps


def no_rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """For kinds whose fields do not depend on each other."""
    del inputs, capabilities
    return iter(())


def as_declared(outputs: Bag) -> Bag:
    """For kinds of which nothing is known but what was declared."""
    return outputs


@dataclass(frozen=True, eq=False, kw_only=True)
class Kind(Form):
    """One kind of resource: the single place that its users' and the platform's view of it are derived from."""

    lifecycle: Lifecycle
    rules: Callable[[Bag, Capabilities], Iterator[Failure]] = no_rules
    derived: tuple[Derived, ...] = ()
    prose: Callable[[str], Bag] | None = None
    """For kinds with a `source`: the inputs that the prose of the file stands for."""

    verify: Callable[[Bag, Bag], Steps[Any] | None] | None = None
    """Asks somebody else than the platform whether checked inputs (after the old ones) can be good; raises if not."""

    filled: Callable[[Bag], Bag] = as_declared
    """Outputs with what the platform chose where something was left out: to write that down is no change."""

    follows: Callable[[Bag, Container[str]], Change | None] | None = None
    """What is to be brought up to date in an object since others, whose ids are given, change in the same run."""

    due: Callable[[Bag, float], str | None] | None = None
    """The output by which the object is near its end at that moment (seconds since 1970), or None; marked with why."""

    spent: Callable[[Bag], tuple[str, Replaces] | None] | None = None
    """The output by which the object is at its end, so that only a new one is of use, and why; or None."""

    answers: Mapping[str, type[BaseModel]] = field(default_factory=dict)
    """What its lifecycle reads of answers beside what is declared, by their collection."""

    parting: Callable[[str, Bag], Steps[str | None]] | None = None
    """For an object that is to be replaced, by id and outputs: what becomes of it, if it is at work."""

    old_first: bool = False
    """Whether a replacement removes the old object first: both cannot exist at once."""

    @property
    def fillable(self) -> bool:
        """Whether a `source` can give what is required, so that a program need not."""
        return self.prose is not None

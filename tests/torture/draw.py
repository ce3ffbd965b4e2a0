"""What declarations are drawn from: words, labels, tokens, and resources to refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from torture.program import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from torture.program import Program, Resource

    from pulumi_managed_agents.declaration.values import Bag

FULL = 16
"""Labels that leave no room for a stamp."""
MODELS = {"claude": ("claude-opus-5-5", "claude-sonnet-5"), "qoder": ("auto", "ultimate")}
ROOTS = {"claude": "/workspace", "qoder": "/data/workspace"}
_WORDS = ("go on", "hello", "look again", "tell me more")


@dataclass
class Draw:
    """One source of chance for a world."""

    random: Random
    platform: str
    program: Program
    drawn: int = 0

    def number(self) -> int:
        """One that was not drawn before."""
        self.drawn += 1
        return self.drawn

    def name(self, beginning: str = "n") -> str:
        """A name that nothing else has."""
        return f"{beginning}-{self.number()}"

    def token(self) -> str:
        """A made-up token."""
        return f"made-up-{self.number()}"

    def words(self) -> str:
        """A few words that may be drawn again."""
        return self.random.choice(_WORDS)

    def chance(self, probability: float) -> bool:
        """Whether something comes about."""
        return self.random.random() < probability

    def choice(self, values: Sequence[Any]) -> Any:
        """One of them; None of none."""
        return self.random.choice(values) if values else None

    def model(self) -> str:
        """A model of the platform."""
        return str(self.random.choice(MODELS[self.platform]))

    def labels(self) -> Bag:
        """Metadata: none, a few labels, or as many as there may be."""
        count = self.random.choices((0, 1, 2, FULL), (50, 25, 10, 15))[0]
        return {"metadata": {f"label-{n}": self.name("v") for n in range(count)}} if count else {}

    def ref(self, form: str, output: str = "id") -> Ref | None:
        """A resource of the form that stays."""
        found: Resource | None = self.choice(self.program.of(form))
        return Ref(found.name, output) if found else None

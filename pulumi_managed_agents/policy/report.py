"""What the chosen rules find in a stack, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .configuration import Chosen
from .rule import AnyRule, Broken, Level, Outcomes, Unchecked, once
from .view import JSON, Stack

_STOPPING = ("mandatory", "remediate")


@dataclass(frozen=True)
class Finding:
    """One outcome of one rule."""

    rule: AnyRule
    level: Level
    outcome: Broken | Unchecked

    @property
    def stops(self) -> bool:
        """Whether it counts as a failure."""
        return isinstance(self.outcome, Broken) and self.level in _STOPPING

    def line(self) -> str:
        """It, for a person."""
        if isinstance(self.outcome, Broken):
            return f"[{self.level}] {self.rule.name}: {self.rule.message(self.outcome)}"
        return f"[not checked] {self.rule.name}: `{self.outcome.subject.name}`: {self.outcome.reason}."

    def json(self) -> dict[str, JSON]:
        """It, for a program."""
        subject = self.outcome.subject
        about = {"rule": self.rule.name, "urn": subject.urn, "kind": subject.kind, "name": subject.name}
        if isinstance(self.outcome, Unchecked):
            return {**about, "reason": self.outcome.reason}
        texts = {"sentence": self.outcome.sentence, "fix": self.rule.fix, "link": self.rule.link}
        return {**about, "level": self.level, "severity": self.rule.severity, **texts}


def findings(stack: Stack, rules: Iterable[Chosen], *others: Stack) -> list[Finding]:
    """Everything that the rules find, each thing once; some of them compare several stacks."""
    stacks = [stack, *others]
    joined = [Stack.joined(stacks)]
    return [
        Finding(item.rule, item.level, outcome)
        for item in rules
        for outcome in once(_outcomes(item, joined if item.rule.across else stacks))
    ]


def _outcomes(item: Chosen, stacks: Iterable[Stack]) -> Outcomes:
    for stack in stacks:
        yield from item.rule.judge(stack, item.parameters)


def summary(found: list[Finding]) -> str:
    """How many of each there are."""
    broken = [item for item in found if isinstance(item.outcome, Broken)]
    stopping = sum(item.stops for item in found)
    return f"{len(broken)} found, {stopping} of them mandatory; {len(found) - len(broken)} not checked."


def as_json(found: list[Finding]) -> dict[str, JSON]:
    """All of it, for a program."""
    broken = [item.json() for item in found if isinstance(item.outcome, Broken)]
    return {"broken": broken, "notChecked": [item.json() for item in found if isinstance(item.outcome, Unchecked)]}

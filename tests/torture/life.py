"""One life of a program: declared, changed and removed by seeded operations."""

from __future__ import annotations

import random as shared
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from torture.declarations import FORMS
from torture.draw import Draw
from torture.emulated import Emulated
from torture.engine import Engine
from torture.judge import Judge
from torture.program import NotThere, Program, refs
from torture.reader import TABLES, Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from torture.forms import Form, Meaning
    from torture.program import Resource
    from torture.weather import Climate

    from pulumi_managed_agents.declaration.platform import PlatformKey

LARGEST = 28
"""Resources of a program at most."""
PATIENCE = 2
"""Failures in a row after which somebody looks at what is there."""


@dataclass(frozen=True)
class Setting:
    """Where a life happens."""

    platform: PlatformKey
    climate: Climate
    seed: int
    number: int
    """Of the lives of a run."""

    @property
    def source(self) -> str:
        """What all chance of it begins with."""
        return f"{self.seed}/{self.platform}/{self.climate.name}/{self.number}"


class Life:
    """A program in a world of its own."""

    def __init__(self, setting: Setting, path: Path) -> None:
        self.setting = setting
        self.program = Program()
        self.emulated = Emulated(path, setting.platform, setting.climate, setting.source)
        self.reader = Reader(path, setting.platform)
        self.judge = Judge(self.emulated, self.program, self.reader)
        self.engine = Engine(self.emulated, self.program, self.judge.begin, self.judge.end)
        self._random = Random(f"{setting.source} program")
        self._draw = Draw(self._random, setting.platform, self.program)
        # Two transports and their waits draw from the interpreter's own source.
        shared.seed(setting.source)

    def close(self) -> None:
        """Ends the world."""
        self.reader.close()
        self.emulated.close()

    def live(self, operations: int) -> None:
        """Operations in the weather, at least so many."""
        while self.judge.number < operations:
            self._step()

    def _step(self) -> None:
        if self._draw.chance(0.5):
            self._let_time_pass()
        due = [each for each in self.program if each.due and not each.leaving and self.is_possible(each)]
        leaving = [each for each in self.program if each.leaving and not self.program.users(each)]
        replaced = [each for each in self.program if each.replaced and not self.is_in_use(each)]
        if due and self._draw.chance(0.7):
            self._tend(self._draw.choice(due))
        elif leaving and self._draw.chance(0.6):
            self.leave(self._draw.choice(leaving))
        elif replaced and self._draw.chance(0.6):
            self.engine.delete_replaced(self._draw.choice(replaced))
        else:
            self._random.choices([action for _, action in self._actions], [weight for weight, _ in self._actions])[0]()

    @property
    def _actions(self) -> Sequence[tuple[int, Callable[[], None]]]:
        return (
            (30, self._declare),
            (22, lambda: self._alter("field")),
            (12, lambda: self._alter("secret")),
            (14, lambda: self._alter("again")),
            (8, lambda: self._alter("new")),
            (6, self._take_away),
            (8, self._look),
            (3, self.refresh),
            (3, self._remove_behind_our_back),
        )

    def _declare(self) -> None:
        if len(self.program.resources) >= LARGEST:
            return
        counts = [sum(each.form == form.name for each in self.program) for form in FORMS.values()]
        free = [form for form, count in zip(FORMS.values(), counts, strict=True) if count < form.most]
        form: Form = self._random.choices(free, [form.weight for form in free])[0]
        bag = form.declare(self._draw)
        if bag is not None:
            self._up(self.program.add(form, bag, self._draw.number()))

    def _alter(self, meaning: Meaning) -> None:
        """A change of the program, and what the engine does about it."""
        able = [
            (each, change)
            for each in self.program
            if not each.leaving
            for kind, change in FORMS[each.form].changes
            if kind == meaning
        ]
        if not able:
            return
        resource, change = self._random.choice(able)
        bag = change(self._draw, resource.bag)
        if bag is not None and self._draw.chance(0.25):
            # Something else changes with it.
            _, another = self._draw.choice(FORMS[resource.form].changes)
            bag = another(self._draw, bag) or bag
        if bag is not None and bag != resource.bag:
            resource.bag, resource.due = bag, True
            self._up(resource)

    def _take_away(self) -> None:
        free = [each for each in self.program if not each.leaving and not self.program.users(each)]
        if free:
            resource = self._draw.choice(free)
            resource.leaving = True
            self.leave(resource)

    def _look(self) -> None:
        there = [each for each in self.program if each.state is not None]
        if there:
            self._let_time_pass()
            self.engine.refresh(self._draw.choice(there), self.emulated.context())

    def refresh(self) -> None:
        """All of it in one run."""
        self._let_time_pass()
        context = self.emulated.context()
        for resource in list(self.program):
            self.engine.refresh(resource, context)

    def _remove_behind_our_back(self) -> None:
        there = [each for each in self.program if each.state is not None and each.kind in TABLES]
        there = [each for each in there if self.judge.is_there(each, each.state.id)]
        if there:
            resource = self._draw.choice(there)
            self.emulated.control.remove(TABLES[resource.kind], resource.state.id.rpartition("/")[2])

    def _tend(self, resource: Resource) -> None:
        """What failed is tried again; after the second time somebody looks first, also at what it refers to."""
        looks = resource.pending and self._draw.chance(0.3)
        if resource.failures < PATIENCE and not looks:
            self._up(resource)
            return
        resource.failures = 0
        self._let_time_pass()
        context = self.emulated.context()
        for each in [*(self.program.resources[ref.name] for ref in refs(resource.bag)), resource]:
            self.engine.refresh(each, context)

    def _up(self, resource: Resource) -> None:
        if self.is_possible(resource):
            self.engine.up(resource)

    def leave(self, resource: Resource) -> None:
        """What replacements left goes first."""
        if resource.replaced:
            self.engine.delete_replaced(resource)
            return
        self.engine.delete(resource)
        if resource.state is None:
            del self.program.resources[resource.name]

    def _let_time_pass(self) -> None:
        """What follows is another command than what was before."""
        self.emulated.clock.sleep(self._random.uniform(1.0, 30.0))

    def is_possible(self, resource: Resource) -> bool:
        """Whether all that a resource refers to is there."""
        try:
            self.program.resolved(resource)
        except NotThere:
            return False
        return True

    def is_in_use(self, resource: Resource) -> bool:
        """Whether something still refers to what was replaced."""
        return self.program.mentions(resource.replaced[0].id)

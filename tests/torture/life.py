"""One life of a program: declared, changed and removed by seeded operations, and settled when the weather clears up."""

from __future__ import annotations

import random as shared
from dataclasses import dataclass, field
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

    from torture.declarations import Form, Meaning
    from torture.program import Resource
    from torture.weather import Climate

    from pulumi_managed_agents.declaration.platform import PlatformKey

LARGEST = 28
"""Resources of a program at most."""
PATIENCE = 2
"""Failures in a row after which somebody looks at what is there."""
ROUNDS = 8
"""Runs of the engine in calm weather after which everything has to be as declared."""


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
        self._engine = Engine(self.emulated, self.program, self.judge.begin, self.judge.end)
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

    def settle(self) -> None:
        """In calm weather: everything is brought about, and nothing else is there; then everything is removed."""
        self.emulated.weather.clear_up()
        for _ in range(ROUNDS):
            if self._run():
                break
        else:
            self._report_what_is_stuck()
        self._report_strangers()
        self._destroy()
        self._report_strangers()

    # In the weather

    def _step(self) -> None:
        due = [each for each in self.program if each.due and not each.leaving and self._is_possible(each)]
        leaving = [each for each in self.program if each.leaving and not self.program.users(each)]
        replaced = [each for each in self.program if each.replaced and not self._is_in_use(each)]
        if due and self._draw.chance(0.7):
            self._tend(self._draw.choice(due))
        elif leaving and self._draw.chance(0.6):
            self._leave(self._draw.choice(leaving))
        elif replaced and self._draw.chance(0.6):
            self._engine.delete_replaced(self._draw.choice(replaced))
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
            (3, self._refresh),
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
        if bag is not None and bag != resource.bag:
            resource.bag, resource.due = bag, True
            self._up(resource)

    def _take_away(self) -> None:
        free = [each for each in self.program if not each.leaving and not self.program.users(each)]
        if free:
            resource = self._draw.choice(free)
            resource.leaving = True
            self._leave(resource)

    def _look(self) -> None:
        there = [each for each in self.program if each.state is not None]
        if there:
            self._engine.refresh(self._draw.choice(there), self.emulated.context())

    def _refresh(self) -> None:
        """All of it in one run."""
        context = self.emulated.context()
        for resource in list(self.program):
            self._engine.refresh(resource, context)

    def _remove_behind_our_back(self) -> None:
        there = [each for each in self.program if each.state is not None and each.kind in TABLES]
        there = [each for each in there if self.judge.is_there(each, each.state.id)]
        if there:
            resource = self._draw.choice(there)
            self.emulated.control.remove(TABLES[resource.kind], resource.state.id.rpartition("/")[2])

    def _tend(self, resource: Resource) -> None:
        """What failed is tried again; after the second time somebody looks first, also at what it refers to."""
        if resource.failures < PATIENCE:
            self._up(resource)
            return
        resource.failures = 0
        context = self.emulated.context()
        for each in [*(self.program.resources[ref.name] for ref in refs(resource.bag)), resource]:
            self._engine.refresh(each, context)

    def _up(self, resource: Resource) -> None:
        if self._is_possible(resource):
            self._engine.up(resource)

    def _leave(self, resource: Resource) -> None:
        """What replacements left goes first."""
        if resource.replaced:
            self._engine.delete_replaced(resource)
            return
        self._engine.delete(resource)
        if resource.state is None:
            del self.program.resources[resource.name]

    def _is_possible(self, resource: Resource) -> bool:
        try:
            self.program.resolved(resource)
        except NotThere:
            return False
        return True

    def _is_in_use(self, resource: Resource) -> bool:
        """Whether something still refers to what was replaced."""
        return self.program.mentions(resource.replaced[0].id)

    # When it clears up

    def _run(self) -> bool:
        """Refresh and up of everything; True when nothing had to be done and nothing went wrong."""
        self._refresh()
        before, quiet = len(self.judge.defects), True
        for resource in list(self.program):
            if resource.leaving and not self.program.users(resource):
                self._leave(resource)
                quiet = False
            elif not resource.leaving and self._is_possible(resource):
                quiet = not self._engine.up(resource) and quiet
            else:
                quiet = False
        for resource in list(self.program):
            while resource.replaced and not self._is_in_use(resource):
                left = len(resource.replaced)
                self._engine.delete_replaced(resource)
                quiet = False
                if len(resource.replaced) == left:
                    break
        return quiet and len(self.judge.defects) == before

    def _destroy(self) -> None:
        for _ in range(ROUNDS):
            for resource in reversed(list(self.program)):
                if not self.program.users(resource):
                    resource.leaving = True
                    self._leave(resource)
        if self.program.resources:
            self.judge.report("stuck", f"could not be removed: {', '.join(self.program.resources)}")

    def _report_what_is_stuck(self) -> None:
        due = [each.name for each in self.program if each.due or each.pending or each.state is None or each.replaced]
        self.judge.report("stuck", f"not as declared: {', '.join(due) or 'something changes each time'}")

    def _report_strangers(self) -> None:
        for id_, table in self.judge.strangers().items():
            self.judge.report("orphan", f"{table} {id_} is there in the end")

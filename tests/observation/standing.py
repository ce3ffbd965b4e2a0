"""Stacks of which objects stand in a world, with their states: what somebody looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.crashed import APP, HELLO, TOKEN, Crashed, encrypted

from pulumi_managed_agents.apply.exported import read_state
from pulumi_managed_agents.declaration.scrubbing import NOTHING_KNOWN
from pulumi_managed_agents.declaration.secrecy import marked_outputs
from pulumi_managed_agents.emulator import Control, Emulator
from pulumi_managed_agents.observation.look import look

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State
    from pulumi_managed_agents.page.overview import Overview, Thing

__all__ = ["APP", "HELLO", "TOKEN", "Standing"]


@dataclass
class Standing:
    """A stack whose objects stand in a world."""

    crashed: Crashed
    states: dict[str, State] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.crashed.path

    def control(self) -> Control:
        """What moves the world behind everybody's back."""
        emulator = Emulator(self.crashed.path)
        return emulator.control.on(self.crashed.platform)

    def made(self, kind: str, bag: Bag, name: str, **more: Any) -> State:
        """Makes an object, and has it in the state as the engine writes it: secrets are encrypted."""
        inputs = self.crashed.checked(kind, bag)
        state = self.crashed.creates(kind, inputs)
        shown = marked_outputs(self.crashed.kind(kind), state.outputs, inputs, None, NOTHING_KNOWN)
        entry = self.crashed.entry(kind, inputs, name, id=state.id, outputs=encrypted(shown), **more)
        self.crashed.resources.append(entry)
        self.states[name] = state
        return state

    def session(self, name: str = "review", **words: Any) -> State:
        """A session of an agent in an environment, all of them in the state."""
        if "worker" not in self.states:
            self.made("Agent", self.crashed.declared("Agent"), "worker")
            self.made("Environment", {"name": "sandbox"}, "sandbox")
        bag = {"agent": self.states["worker"].id, "environmentId": self.states["sandbox"].id, **words}
        return self.made("Session", bag, name)

    def urn(self, name: str) -> str:
        """The URN of an object."""
        return next(str(each["urn"]) for each in self.crashed.resources if each["urn"].endswith(f"::{name}"))

    def look(self) -> Overview:
        """What somebody sees."""
        return look([read_state(self.crashed.text())], self.crashed.provider)

    def thing(self, name: str) -> Thing:
        """One object, as it is seen."""
        return next(each for each in self.look().things if each.name == name)

    def concerns(self) -> list[tuple[str, str]]:
        """What needs somebody."""
        return [(each.what, each.text) for each in self.look().concerns]

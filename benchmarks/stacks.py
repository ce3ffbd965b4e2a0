"""Whole commands on a stack of 50 agents and an environment, against the same stack of things that are echoed.

What is ours is the difference: the floor is what the engine and the language host take for any provider.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.environment import ROOT, plugin, surroundings
from benchmarks.measure import REPETITIONS, Row
from benchmarks.served import LATENCY_SECONDS, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

AGENTS = 50
PARALLEL = 64
UP = ("up", "--yes", "--skip-preview")
COMMANDS = {
    "create": UP,
    "no-op preview": ("preview",),
    "refresh": ("refresh", "--yes", "--skip-preview"),
    "change one": UP,
    "destroy": ("destroy", "--yes", "--skip-preview"),
}

SYSTEM = "You are a code review assistant. " * 20
AGENT = {
    "model": "claude-sonnet-4-6",
    "tools": [{"type": "agent_toolset_20260401"}],
    "metadata": {"team": "platform"},
}
ENVIRONMENT = {"name": "sandbox", "config": {"type": "cloud"}}

OURS_IN_PYTHON = """
import json, pathlib
import pulumi_managed_agents as ma

for name, (kind, args) in json.loads(pathlib.Path("things.json").read_text()).items():
    getattr(ma, kind)(name, **args)
"""
FLOOR_IN_PYTHON = f"""
import json, pathlib, time, uuid
import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, ResourceProvider, UpdateResult, dynamic

class Echo(ResourceProvider):
    def diff(self, id, olds, news):
        return DiffResult(changes=any(olds.get(key) != value for key, value in news.items()))

    def create(self, props):
        time.sleep({LATENCY_SECONDS})
        return CreateResult(uuid.uuid4().hex, props)

    def update(self, id, olds, news):
        return UpdateResult(news)

class Thing(Resource, name="Thing"):
    pass

if len(json.loads(pathlib.Path("things.json").read_text())) > 300:
    # The SDK itself ends at about 320 of such: it wraps pickle's function anew for each.
    once = dynamic.serialize_provider(Echo())
    dynamic.serialize_provider = lambda provider: once

for name, (kind, args) in json.loads(pathlib.Path("things.json").read_text()).items():
    Thing(Echo(), name, args)
"""


@dataclass(frozen=True)
class Project:
    """A stack in a folder of its own: `ours`, or the floor below it."""

    folder: Path
    language: str
    is_ours: bool
    settings: dict[str, str] = field(default_factory=dict)
    agents: int = AGENTS
    sessions: int = 0
    """Each of an agent, in the environment; in YAML only."""

    def set_up(self) -> None:
        """Makes the project and its stack."""
        self.folder.mkdir()
        self.declare("")
        self.pulumi("stack", "init", self.folder.name)
        for name, value in self.settings.items():
            self.pulumi("config", "set", name, value)

    def declare(self, more: str) -> None:
        """Writes the program; `more` changes one of its agents."""
        things: dict[str, tuple[str, dict[str, Any]]] = {
            f"r{number}": ("Agent", {**AGENT, "system": SYSTEM + (more if number == 0 else "")})
            for number in range(self.agents)
        }
        things["sandbox"] = ("Environment", ENVIRONMENT)
        for number in range(self.sessions):
            things[f"s{number}"] = ("Session", {"agent": f"${{r{number}.id}}", "environmentId": "${sandbox.id}"})
        (self._in_yaml if self.language == "YAML" else self._in_python)(things)

    def pulumi(self, *arguments: str) -> None:
        """Runs the engine; what it says is shown where it fails.

        Raises:
            RuntimeError: it failed.
        """
        command = ["pulumi", *arguments, "--non-interactive"]
        done = subprocess.run(  # noqa: S603 - the engine
            command, cwd=self.folder, env=self._environment, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")

    def timed(self, command: str) -> float:
        """Seconds of one of the `COMMANDS`."""
        began = time.perf_counter()
        self.pulumi(*COMMANDS[command], "--parallel", str(PARALLEL))
        return time.perf_counter() - began

    def cycle(self, number: int) -> dict[str, float]:
        """The seconds of each command, in their order."""
        took: dict[str, float] = {}
        for command in COMMANDS:
            self.declare(f"Changed {number} times." if command == "change one" else "")
            took[command] = self.timed(command)
        return took

    def _in_yaml(self, things: dict[str, tuple[str, dict[str, Any]]]) -> None:
        package = "managed-agents" if self.is_ours else "echo"
        module = "pulumi_managed_agents" if self.is_ours else "benchmarks.echo"
        plugin(self.folder / "plugin", package, module)
        program = {
            "name": "benchmark",
            "runtime": "yaml",
            "plugins": {"providers": [{"name": package, "path": "plugin"}]},
            "resources": {
                name: {"type": f"{package}:{kind if self.is_ours else 'Thing'}", "properties": args}
                for name, (kind, args) in things.items()
            },
        }
        (self.folder / "Pulumi.yaml").write_text(json.dumps(program))

    def _in_python(self, things: dict[str, tuple[str, dict[str, Any]]]) -> None:
        (self.folder / "Pulumi.yaml").write_text("name: benchmark\nruntime: python\n")
        (self.folder / "__main__.py").write_text(OURS_IN_PYTHON if self.is_ours else FLOOR_IN_PYTHON)
        (self.folder / "things.json").write_text(json.dumps(things))

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **surroundings(self.folder.parent),
            **({} if self.is_ours else {"PYTHONPATH": str(ROOT)}),
            # The engine writes the whole state after every step: of a thousand, that is all that would be seen.
            **({"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"} if self.agents > AGENTS else {}),
        }


def stacks() -> Iterator[Row]:
    """Both languages, each command in turns with its floor."""
    for language in ("YAML", "Python"):
        with tempfile.TemporaryDirectory() as name, Served(Path(name), {"every": 1}) as url:
            ours = Project(Path(name) / "ours", language, is_ours=True, settings={"managed-agents:baseUrl": url})
            floor = Project(Path(name) / "floor", language, is_ours=False)
            ours.set_up()
            floor.set_up()
            cycles = [(ours.cycle(number), floor.cycle(number)) for number in range(REPETITIONS)]
        for command in COMMANDS:
            mine, theirs = (statistics.median(cycle[side][command] for cycle in cycles) for side in (0, 1))
            title = f"{language}, {AGENTS} agents: {command}, against the floor"
            yield Row(title, mine, theirs, None, f"{mine - theirs:+.2f} s")

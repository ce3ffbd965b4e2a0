"""Whole commands on the stack of 50 agents and an environment, against the same stack with a Terraform provider.

Only where it is asked for: neither Terraform nor a provider for it is among what a developer needs.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import REPETITIONS, Row
from benchmarks.served import Served
from benchmarks.stacks import AGENT, AGENTS, ENVIRONMENT, PARALLEL, SYSTEM, Project

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPE = "anthropic-claude-managed-agents"
SOURCE = f"modus-agendi/{TYPE}"
VARIABLE = "MANAGED_AGENTS_PEER"
EXECUTABLE = f"terraform-provider-{TYPE}"
CONFIGURATION = "cli.tfrc"

APPLY = ("apply", "-auto-approve")
COMMANDS = {
    "create": APPLY,
    "no-op preview": ("plan",),
    "refresh": (*APPLY, "-refresh-only"),
    "change one": APPLY,
    "destroy": ("destroy", "-auto-approve"),
}


@dataclass(frozen=True)
class Peer:
    """The same stack, of the peer."""

    folder: Path
    terraform: str
    url: str

    def set_up(self, provider: Path) -> None:
        """Makes the folder; the provider is taken from where it is, and nothing is asked of a registry."""
        self.folder.mkdir()
        (self.folder / EXECUTABLE).symlink_to(provider)
        (self.folder / CONFIGURATION).write_text(
            f'provider_installation {{\n  dev_overrides {{\n    "{SOURCE}" = {json.dumps(str(self.folder))}\n  }}\n}}\n'
        )

    def declare(self, more: str) -> None:
        """Writes the program; `more` changes one of its agents."""
        words = {"type": "unrestricted"}
        sandbox = {**ENVIRONMENT, "config": {"type": "cloud", "networking": words}}
        agents = {
            f"r{number}": {**AGENT, "name": f"r{number}", "system": SYSTEM + (more if number == 0 else "")}
            for number in range(AGENTS)
        }
        program = {
            "terraform": {"required_providers": {"claude-managed-agents": {"source": SOURCE}}},
            "provider": {"claude-managed-agents": {"base_url": self.url, "api_key": "made-up"}},
            "resource": {
                "claude-managed-agents_agent": agents,
                "claude-managed-agents_environment": {"sandbox": sandbox},
            },
        }
        (self.folder / "main.tf.json").write_text(json.dumps(program))

    def timed(self, command: str) -> float:
        """Seconds of one of the `COMMANDS`.

        Raises:
            RuntimeError: it failed.
        """
        words = [self.terraform, *COMMANDS[command], f"-parallelism={PARALLEL}", "-input=false", "-no-color"]
        own = {"TF_CLI_CONFIG_FILE": str(self.folder / CONFIGURATION), "CHECKPOINT_DISABLE": "1"}
        began = time.perf_counter()
        done = subprocess.run(  # noqa: S603 - the user's own Terraform
            words, cwd=self.folder, env={**os.environ, **own}, check=False, capture_output=True, text=True
        )
        took = time.perf_counter() - began
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}\n{done.stdout}\n{done.stderr}")
        return took

    def cycle(self, number: int) -> dict[str, float]:
        """The seconds of each command, in their order."""
        took: dict[str, float] = {}
        for command in COMMANDS:
            self.declare(f"Changed {number} times." if command == "change one" else "")
            took[command] = self.timed(command)
        return took


def found() -> tuple[str, Path]:
    """Terraform, or OpenTofu, and the provider.

    Raises:
        SystemExit: something is missing; its text says what.
    """
    terraform = shutil.which("terraform") or shutil.which("tofu")
    if not terraform:
        sys.exit("there is no `terraform` and no `tofu` on PATH")
    provider = os.environ.get(VARIABLE) or shutil.which(EXECUTABLE)
    if not provider:
        sys.exit(f"there is no `{EXECUTABLE}` on PATH; {VARIABLE} may say where it is")
    if not os.access(provider, os.X_OK):
        sys.exit(f"{VARIABLE} names no executable: {provider}")
    return terraform, Path(provider).resolve()


def peer() -> Iterator[Row]:
    """Each command, ours against the peer's, taken in turns."""
    terraform, provider = found()
    with tempfile.TemporaryDirectory() as name, Served(Path(name), {"every": 1}) as url:
        ours = Project(Path(name) / "ours", "YAML", is_ours=True, settings={"managed-agents:baseUrl": url})
        theirs = Peer(Path(name) / "peer", terraform, url)
        ours.set_up()
        theirs.set_up(provider)
        cycles = [(ours.cycle(number), theirs.cycle(number)) for number in range(REPETITIONS)]
    for command in COMMANDS:
        mine, bare = (statistics.median(cycle[side][command] for cycle in cycles) for side in (0, 1))
        yield Row(f"YAML, {AGENTS} agents: {command}, against a Terraform provider", mine, bare, None)

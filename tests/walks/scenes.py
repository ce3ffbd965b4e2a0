"""Where a walk begins: a stack beside which the reader opens the document."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import yaml
from walks.document import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from examples.example_stack import ExampleStack

WORLD = "world.emulator"
LAST_WEEK, THIS_WEEK = "token-of-last-week", "token-of-this-week"
PRELUDE = """
import pulumi
import pulumi_managed_agents as ma

config = pulumi.Config()
sandbox = ma.Environment("sandbox", config={"type": "cloud"})
"""
"""What a fragment of a Python program takes for granted."""


def begin(stack: ExampleStack, program: str, *secrets: str) -> None:
    """Makes a YAML program the stack's own, with a value for each secret."""
    (stack.folder / "Pulumi.yaml").write_text(program)
    stack.initialise()
    stack.configure("managed-agents:emulator", WORLD)
    stack.emulator_path = stack.folder / WORLD
    configure(stack, *secrets)


def configure(stack: ExampleStack, *secrets: str) -> None:
    """Gives each secret of the program a value."""
    for name in secrets:
        stack.configure(name, LAST_WEEK, secret=True)


def with_resources(stack: ExampleStack, fragment: str) -> None:
    """Puts resources into the stack's YAML program; one that is there already is replaced."""
    path = stack.folder / "Pulumi.yaml"
    program = yaml.safe_load(path.read_text())
    program["resources"] |= yaml.safe_load(fragment)["resources"]
    path.write_text(yaml.safe_dump(program, sort_keys=False))


def with_properties(stack: ExampleStack, name: str, properties: dict[str, object]) -> None:
    """Puts properties into a resource of the YAML program."""
    path = stack.folder / "Pulumi.yaml"
    program = yaml.safe_load(path.read_text())
    program["resources"][name]["properties"] |= properties
    path.write_text(yaml.safe_dump(program, sort_keys=False))


def checkout(folder: Path) -> Path:
    """A copy of what is under version control, with the environment that runs the tests."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True, timeout=240).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
            # Older than the environment, which is complete.
            os.utime(folder / name, (0, 0))
    (folder / ".venv").symlink_to(sys.prefix)
    return folder

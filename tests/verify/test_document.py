"""The page about fidelity is followed: its commands are run against a served emulator, and what it shows is seen."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from verify.stories import MODULES
from walks.document import ROOT, blocks_of, missing_from

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/fidelity.md"


def test_its_commands_do_what_it_says(tmp_path: Path) -> None:
    with Emulator(tmp_path / "other.emulator") as emulator, emulator.serve() as server:
        surroundings = os.environ | {"URL": server.url, "ANTHROPIC_API_KEY": "key-of-a-reader"}
        for command in [command for block in blocks_of(ROOT / PAGE) for command in block.commands]:
            output = followed(command.line, surroundings)
            assert missing_from(output, command.shown) == [], command.line

        assert emulator.control.objects("environments") == []


def followed(line: str, surroundings: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "--norc", "-euo", "pipefail", "-c", line],
        cwd=ROOT,
        env=surroundings,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_every_story_is_told() -> None:
    files = {path.stem for path in (ROOT / "tests/verify/stories").glob("*.py")} - {"__init__"}

    assert files == set(MODULES)

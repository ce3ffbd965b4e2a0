"""What an example installs: this project at its version, and what is generated from it from where that lies."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from examples.prepared import EXAMPLES, ROOT

from pulumi_managed_agents.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(EXAMPLES.rglob("requirements.txt"))
NAME = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["name"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.parent.relative_to(EXAMPLES)))
def test_this_project_comes_at_its_version(path: Path) -> None:
    lines = [line.strip() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    for line in lines:
        if re.match(re.escape(NAME) + r"\b", line, re.IGNORECASE):
            assert re.fullmatch(rf"{re.escape(NAME)}(\[policy\])?=={re.escape(__version__)}", line)
        elif line.startswith("."):
            assert (path.parent / line).resolve() == ROOT / "sdks" / "python"
        else:
            assert re.match(r"pulumi>=", line)

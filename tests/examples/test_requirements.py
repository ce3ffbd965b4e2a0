"""What an example installs: this project from where it lies, or at its version. Nobody has its name elsewhere yet."""

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
COPIED = EXAMPLES / "gitops"
"""Is copied into a repository of its own: nothing of the checkout lies beside it."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.parent.relative_to(EXAMPLES)))
def test_this_project_comes_from_the_checkout_or_at_its_version(path: Path) -> None:
    lines = [line.strip() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    for line in lines:
        if re.match(re.escape(NAME) + r"\b", line, re.IGNORECASE):
            assert re.fullmatch(rf"{re.escape(NAME)}(\[policy\])?=={re.escape(__version__)}", line)
            assert path.is_relative_to(COPIED)
        elif line.startswith("."):
            place = (path.parent / line.partition("[")[0]).resolve()
            assert place == ROOT or place == ROOT / "sdks" / "python"
        else:
            assert re.match(r"pulumi>=", line)

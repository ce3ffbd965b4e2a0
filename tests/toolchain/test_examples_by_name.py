"""How `make` understands the name of an example, and what it says comes next. Nothing is run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

NAMES = {
    "": "examples/quickstart-python",
    "yaml": "examples/quickstart-yaml",
    "python-sdk": "examples/quickstart-python-sdk",
    "quickstart-go": "examples/quickstart-go",
    "two-accounts": "examples/two-accounts",
    "examples/qoder-yaml": "examples/qoder-yaml",
}


def recipe(target: str, name: str = "") -> str:
    """What make would run."""
    words = ["make", "--dry-run", target, *([f"EXAMPLE={name}"] if name else [])]
    return subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60).stdout


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("target", ["up", "shell", "page", "rotate", "destroy"])
def test_an_example_has_a_long_name_and_short_ones(target: str, name: str) -> None:
    assert f'cd "{NAMES[name]}"' in recipe(target, name)


def test_what_comes_next_is_said_for_the_same_example() -> None:
    assert "make shell EXAMPLE=quickstart-yaml " in recipe("up", "yaml")
    assert "make shell " in recipe("up")
    assert "make shell EXAMPLE" not in recipe("up")


def test_an_example_that_there_is_not_is_told_with_those_that_there_are() -> None:
    assert "there is no example nothing: " in recipe("up", "nothing")

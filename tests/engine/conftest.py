"""Stacks on the real Pulumi engine, each in a folder of its own with an emulator in a file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from engine.stack import Stack

if TYPE_CHECKING:
    from pathlib import Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder runs the engine."""
    for item in items:
        if "tests/engine" in item.path.as_posix():
            item.add_marker(pytest.mark.engine)


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    """A new stack; after each of its commands the output and the state are searched for its secrets."""
    assert shutil.which("pulumi"), "no engine on PATH: run the tests with `make test`"
    return Stack(tmp_path)

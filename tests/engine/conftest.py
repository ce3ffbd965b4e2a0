"""Stacks on the real Pulumi engine, each in a folder of its own with an emulator in a file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from engine.stack import Stack
from engine.yaml_stack import YamlStack

if TYPE_CHECKING:
    from pathlib import Path


DYNAMIC, PLUGIN = "dynamic", "plugin"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder runs the engine."""
    for item in items:
        if "tests/engine" in item.path.as_posix():
            item.add_marker(pytest.mark.engine)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of a stack runs through both front ends, unless it is about one of them."""
    if "stack" in metafunc.fixturenames and metafunc.definition.path.parent.name == "engine":
        only = metafunc.definition.get_closest_marker("front_end")
        metafunc.parametrize("stack", only.args if only else (DYNAMIC, PLUGIN), indirect=True)


@pytest.fixture
def stack(request: pytest.FixtureRequest, tmp_path: Path) -> Stack:
    """A new stack; after each of its commands the output and the state are searched for its secrets."""
    assert shutil.which("pulumi"), "no engine on PATH: run the tests with `make test`"
    return YamlStack(tmp_path) if request.param == PLUGIN else Stack(tmp_path)

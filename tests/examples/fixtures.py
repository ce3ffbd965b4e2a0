"""Stacks of the examples, for every test that starts from one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from examples.example_stack import ExampleStack
from examples.prepared import EXAMPLES, Prepared, language_of, missing_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def prepared() -> Prepared:
    """The SDKs and what they need, shared by all tests and workers."""
    return Prepared()


@pytest.fixture
def example(tmp_path: Path, prepared: Prepared) -> Callable[..., ExampleStack]:
    """Makes a stack of an example; its language has to be on this machine."""
    assert shutil.which("pulumi"), "no engine on PATH: run the tests with `make test`"

    def made(name: str, stack: str = "dev") -> ExampleStack:
        language = language_of(EXAMPLES / name)
        missing = missing_for(language) if language else []
        if missing:
            pytest.skip(f"{name} needs {', '.join(missing)}")
        folder = tmp_path / name
        folder.mkdir()
        return ExampleStack(name, folder, prepared, stack=stack)

    return made

"""The examples on the real engine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from examples.example_stack import ExampleStack
from examples.prepared import EXAMPLES, Prepared, language_of, missing_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


TWINS = (
    "both-platforms-python-claude",
    "credentials-yaml",
    "memory-and-files-yaml",
    "scheduled-review-yaml",
    "pull-request-task-yaml",
    "qoder-yaml",
)
"""Examples that say in YAML what another one says in Python: run with `make test-all`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder runs the engine."""
    for item in items:
        if "tests/examples" in item.path.as_posix():
            item.add_marker(pytest.mark.engine)
        if any(item.name.endswith(f"[{twin}]") for twin in TWINS):
            item.add_marker(pytest.mark.nightly)


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
        return ExampleStack(name, tmp_path, prepared, stack=stack)

    return made

"""The examples on the real engine."""

from __future__ import annotations

import pytest

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

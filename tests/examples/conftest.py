"""The examples on the real engine."""

from __future__ import annotations

import pytest

TWINS = (
    "quickstart-typescript",
    "quickstart-go",
    "quickstart-python-sdk",
    "both-platforms-python-claude",
    "both-platforms-python-qoder",
    "credentials-python",
    "credentials-yaml",
    "import-walkthrough",
    "memory-and-files-yaml",
    "scheduled-review-yaml",
    "pull-request-task-yaml",
    "qoder-python",
    "qoder-yaml",
    "two-accounts",
)
"""Examples whose like is walked through in the documents, or said in another language: run with `make test-all`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder runs the engine."""
    for item in items:
        if "tests/examples" in item.path.as_posix():
            item.add_marker(pytest.mark.engine)
        if item.path.stem == "test_migration" or any(item.name.endswith(f"[{twin}]") for twin in TWINS):
            item.add_marker(pytest.mark.nightly)

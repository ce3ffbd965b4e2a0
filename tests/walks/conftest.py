"""The documents, walked through on the real engine."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything that walks runs the engine."""
    for item in items:
        if "tests/walks" in item.path.as_posix():
            item.add_marker(pytest.mark.engine)

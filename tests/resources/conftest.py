"""Fixtures of the tests that need no engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from core import profiles
from core.platform import Platform, fixture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

profiles.load()


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    yield from fixture(tmp_path / "world.emulator")

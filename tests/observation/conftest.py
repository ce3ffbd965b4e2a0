"""A stack to look at, on each platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from core.crashed import Crashed
from observation.standing import Standing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["claude", "qoder"])
def stack(request: pytest.FixtureRequest, tmp_path: Path) -> Standing:
    return Standing(Crashed(tmp_path / "world.emulator", request.param))


@pytest.fixture
def claude(tmp_path: Path) -> Standing:
    return Standing(Crashed(tmp_path / "world.emulator"))

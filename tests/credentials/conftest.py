"""An emulated platform on a port, and a cache of tokens for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where tokens are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "pulumi-managed-agents" / "tokens"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Emulator]:
    """The emulator."""
    with Emulator(tmp_path / "world.emulator") as emulator:
        yield emulator


@pytest.fixture
def address(world: Emulator) -> Iterator[str]:
    """Where it answers."""
    with world.serve() as server:
        yield server.url

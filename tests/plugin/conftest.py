"""The plugin's server in this process, asked over gRPC as the engine asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugin.client import Client

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Emulator]:
    """The emulator that the plugin runs against."""
    with Emulator(tmp_path / "world.emulator") as emulator:
        yield emulator


@pytest.fixture
def plugin(tmp_path: Path, world: Emulator) -> Iterator[Client]:
    """A configured plugin."""
    with Client() as client:
        client.configure(emulator=str(tmp_path / "world.emulator"))
        yield client
    assert world.control.objects("agents") is not None

"""The file belongs to who runs the emulator: names, prompts and events stand in it."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest
from emulator.wire import creation, statuses

from pulumi_managed_agents.emulator import Emulator, EmulatorError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRIVATE, OPEN = 0o600, 0o644


@pytest.fixture(autouse=True)
def _careless() -> Iterator[None]:
    """Files are made for everybody, unless somebody takes care."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


def test_all_files_of_a_new_world_are_private(tmp_path: Path) -> None:
    with Emulator(tmp_path / "w") as emulator, emulator.serve() as server:
        assert statuses(server, creation()) == [200]

        assert modes(tmp_path) == dict.fromkeys(("w", "w-wal", "w-shm"), PRIVATE)


def test_a_world_that_was_open_is_closed_to_others(tmp_path: Path) -> None:
    Emulator(tmp_path / "w").close()
    (tmp_path / "w").chmod(OPEN)
    with Emulator(tmp_path / "w") as first:
        for path in tmp_path.iterdir():
            path.chmod(OPEN)

        with Emulator(tmp_path / "w") as second:
            assert second.control.counters() == first.control.counters()
            assert set(modes(tmp_path).values()) == {PRIVATE}


def test_the_file_of_another_program_keeps_its_mode(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "songs")
    db.execute("CREATE TABLE songs (name TEXT)")
    db.close()
    (tmp_path / "text").write_text("no database at all" * 100)

    for path in sorted(tmp_path.iterdir()):
        path.chmod(OPEN)
        with pytest.raises(EmulatorError):
            Emulator(path)
        assert path.stat().st_mode & 0o777 == OPEN


def test_a_place_where_nothing_can_be_made_is_said(tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match="cannot use"):
        Emulator(tmp_path / ("x" * 300))

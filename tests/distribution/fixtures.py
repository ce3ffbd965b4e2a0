"""What `make dist` makes for this platform, made once for all tests."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Release:
    """The files of a release."""

    folder: Path

    @property
    def wheel(self) -> Path:
        (found,) = self.folder.glob("*.whl")
        return found

    @property
    def archive(self) -> Path:
        (found,) = self.folder.glob("*.tar.gz")
        return found


@pytest.fixture(scope="session")
def release() -> Callable[[Path], Release]:
    """Fills a folder as `make dist` fills `dist`; the libraries come from the user's cache after the first time."""

    def made(folder: Path) -> Release:
        tool = [sys.executable, str(ROOT / "tools" / "distribution"), "release", "--output", str(folder)]
        done = subprocess.run(tool, check=False, capture_output=True, text=True, timeout=900)
        assert done.returncode == 0, done.stdout + done.stderr
        return Release(folder)

    return made


@pytest.fixture(scope="session")
def released(release: Callable[[Path], Release], tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the checkout for this platform: of several workers one makes it and the others wait."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, begun = shared / "release", shared / "release-begun"
    with (shared / "release.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        if not folder.exists():
            release(begun).folder.rename(folder)
    return Release(folder)

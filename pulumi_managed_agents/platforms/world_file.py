"""Where the embedded emulator keeps its world: known to be usable before it is made there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def check_place(path: Path, origin: str) -> None:
    """Whether a world can be in a file, as far as can be told without making one.

    Raises:
        ConfigError: it cannot; `origin` says which setting named it.
    """
    folder = path.parent
    if not folder.is_dir():
        raise ConfigError(f"{origin}: there is no folder {str(folder)!r} for the emulator's file")
    if path.exists() and not path.is_file():
        raise ConfigError(f"{origin}: {str(path)!r} is no file, and the emulator needs one")
    # SQLite makes files beside its own.
    closed = [place for place in (folder, path) if place.exists() and not os.access(place, os.R_OK | os.W_OK)]
    if closed:
        raise ConfigError(f"{origin}: {str(closed[0])!r} cannot be written to, and the emulator keeps its world there")

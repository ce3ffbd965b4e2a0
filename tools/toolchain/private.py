"""This project's folder in the user's cache: what lies there is run, so nobody else may write it."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

MODE = 0o700


def cache(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the folder is, whether it exists or not."""
    base = environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base).absolute() / "pulumi-managed-agents"


def close(environ: Mapping[str, str]) -> None:
    """Take the folder, if it is there, from everybody else: an older version made it for all."""
    with suppress(FileNotFoundError):
        if cache(environ).stat().st_mode & ~MODE & 0o777:
            cache(environ).chmod(MODE)


def make(folder: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """Make a folder in the cache, and all above it up to the project's own, for the user alone."""
    top = cache(environ)
    top.parent.mkdir(parents=True, exist_ok=True)
    for place in (*reversed([each for each in folder.parents if each.is_relative_to(top)]), folder):
        place.mkdir(mode=MODE, exist_ok=True)
        place.chmod(MODE)
    return folder

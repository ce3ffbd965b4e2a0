"""What the plugin needs at run time, for one platform and every Python: a folder of pinned packages, in the cache.

Compiled modules carry their Python's name, so that those of all Pythons stand side by side in one folder.
"""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from toolchain import private

from distribution.failure import Failure
from distribution.platforms import PYTHONS, Platform
from distribution.wheel import ROOT, pip

RECIPE = "1"
"""Raise it when the way of gathering changes: it is part of the cache key."""

REQUIREMENTS = ROOT / "requirements" / "plugin.txt"

SDK = ("pulumi/__init__.py", "pulumi/runtime/__init__.py", "pulumi/runtime/proto/")
"""What is kept of the SDK: the protobuf stubs, and the two files by which they are found."""

NOTES = ("RECORD", "WHEEL", "INSTALLER", "REQUESTED", "sboms")
"""What a *.dist-info folder says about one build of the package; the licence stays."""


def gathered(platform: Platform) -> Path:
    """The folder of libraries, from the cache or made now."""
    kept = _cache() / f"{platform.name}-{_key(platform)}"
    if not kept.exists():
        private.make(kept.parent)
        with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
            made = Path(scratch) / "lib"
            _gather(platform, made, Path(scratch))
            # Whoever comes second finds the folder taken by the same files.
            made.rename(kept) if not kept.exists() else None
    return kept


def _gather(platform: Platform, made: Path, scratch: Path) -> None:
    for python in PYTHONS:
        print(f"{platform.name}: libraries for Python {python}", file=sys.stderr)
        folder = scratch / python
        _install(platform, python, folder)
        for file in _wanted(folder):
            _move(folder / file, made / file)


def _install(platform: Platform, python: str, folder: Path) -> None:
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    exactly = ("--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile")
    target = ("--target", str(folder), "--python-version", python, "--implementation", "cp", *tags)
    pip("install", *exactly, *target, "--requirement", str(REQUIREMENTS))


def _wanted(folder: Path) -> Iterator[Path]:
    """The files to keep, as paths within the folder."""
    files = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return (file for file in files if not _unwanted(file))


def _unwanted(file: Path) -> bool:
    match file.parts:
        case ("bin", *_):
            return True
        case ("pulumi", *_):
            return not file.as_posix().startswith(SDK) or file.suffix == ".pyi"
        case (package, name, *_) if package.endswith(".dist-info"):
            return name in NOTES
    return False


def _move(source: Path, target: Path) -> None:
    if target.exists():
        if source.read_bytes() != target.read_bytes():
            raise Failure(f"two Pythons need different files called {target.name}: they cannot share a folder")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)


def _key(platform: Platform) -> str:
    parts = (RECIPE, *PYTHONS, *platform.tags, *SDK, *NOTES, REQUIREMENTS.read_text())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _cache() -> Path:
    return private.cache() / "libraries"

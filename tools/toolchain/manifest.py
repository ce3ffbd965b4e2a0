"""The list of files a finished engine consists of, and whether they are still as they were."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

NAME = "manifest.json"
BLOCK = 1 << 20


def write(folder: Path) -> None:
    """Record every file of `folder`/bin; a folder without this record counts as half built."""
    files = {path.name: _describe(path) for path in sorted((folder / "bin").iterdir())}
    (folder / NAME).write_text(json.dumps({"files": files}, indent=2) + "\n")


def faults(folder: Path) -> dict[str, str]:
    """Per file what is wrong with it; empty when the engine is whole. Takes milliseconds: sizes and times only."""
    try:
        recorded: dict[str, Any] = json.loads((folder / NAME).read_text())["files"]
        found = {name: _fault(folder / "bin" / name, entry) for name, entry in recorded.items()}
    except OSError:
        return {NAME: "is missing"}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {NAME: "cannot be read"}
    return {name: fault for name, fault in found.items() if fault}


def intact(folder: Path) -> list[Path]:
    """Files of a broken engine that are still good and need not be made again."""
    broken = faults(folder)
    if NAME in broken:
        return []
    recorded = json.loads((folder / NAME).read_text())["files"]
    return [folder / "bin" / name for name in recorded if name not in broken]


def _describe(path: Path) -> dict[str, Any]:
    status = path.stat()
    return {"size": status.st_size, "mtime_ns": status.st_mtime_ns, "sha256": _digest(path)}


def _fault(path: Path, entry: dict[str, Any]) -> str:
    if not path.is_file():
        return "is missing"
    status = path.stat()
    if status.st_size != entry["size"]:
        return f"has {status.st_size} bytes instead of {entry['size']}"
    # A copied or restored cache has new times; only then the content is read.
    if status.st_mtime_ns != entry["mtime_ns"] and _digest(path) != entry["sha256"]:
        return "has a different content"
    return "" if os.access(path, os.X_OK) else "is not executable"


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()

"""The release archive of a platform: the launcher, the plugin from its wheel, and its libraries."""

import gzip
import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

from distribution import libraries
from distribution.platforms import Platform
from distribution.wheel import ROOT, version

EXECUTABLE = "pulumi-resource-managed-agents"
LAUNCHER = Path(__file__).resolve().parent / "plugin"
EPOCH = 315532800
"""1980: the same input makes the same bytes."""

Files = dict[str, bytes]


def build(platform: Platform, wheel: Path, folder: Path) -> Path:
    """The path of the platform's archive in the folder."""
    lib = f"lib/{platform.folder}"
    files: Files = {
        EXECUTABLE: (LAUNCHER / EXECUTABLE).read_bytes(),
        "main.py": (LAUNCHER / "main.py").read_bytes(),
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
        **{f"{lib}/{name}": data for name, data in {**_tree(libraries.gathered(platform)), **_package(wheel)}.items()},
    }
    archive = folder / f"{EXECUTABLE}-v{version()}-{platform.name}.tar.gz"
    _write(archive, files)
    return archive


def digest(archive: Path) -> str:
    """The SHA-256 that `pulumi plugin install --checksum` compares."""
    return hashlib.sha256(archive.read_bytes()).hexdigest()


def _package(wheel: Path) -> Files:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist() if name.startswith("pulumi_managed_agents/")}


def _tree(root: Path) -> Files:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _write(archive: Path, files: Files) -> None:
    partial = archive.with_name(archive.name + ".partial")
    with (
        partial.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, data in sorted(files.items()):
            _add(tar, name, data)
    partial.rename(archive)


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = len(data), EPOCH, 0o755 if name == EXECUTABLE else 0o644
    tar.addfile(entry, io.BytesIO(data))

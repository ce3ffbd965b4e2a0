"""What a skill consists of: files with a SKILL.md, sent one by one or as a zip, kept as a zip (section 2.9)."""

import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import yaml

from ..platform.multipart import Part
from .errors import invalid

MAX_BYTES = 50 * 1024 * 1024
_ENTRY = "SKILL.md"
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(\r?\n|\Z)", re.DOTALL)
_MAX_PATH = 1024
# What the decompressors raise; an encrypted archive is a RuntimeError.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, OSError, ValueError)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """One version of a skill."""

    name: str
    description: str
    directory: str
    archive: bytes


def read(parts: list[Part]) -> Bundle:
    """The bundle of an upload. The front matter of its SKILL.md names it."""
    files = _files(parts)
    entry = _entry(files)
    name, description = _front_matter(files[entry])
    return Bundle(name, description, entry.parent.name or name, _zip(files))


def _files(parts: list[Part]) -> dict[PurePosixPath, bytes]:
    if sum(part.size for part in parts) > MAX_BYTES:
        raise invalid("The request body is too large.")
    if len(parts) == 1 and zipfile.is_zipfile(io.BytesIO(parts[0].content)):
        return _unzip(parts[0].content)
    return {_path(part.filename or ""): part.content for part in parts}


def _unzip(content: bytes) -> dict[PurePosixPath, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > MAX_BYTES:
                raise invalid("files: the archive is too large", "files")
            return {_path(entry.filename): archive.read(entry) for entry in entries}
    except _UNREADABLE:
        raise invalid("files: the archive cannot be read", "files") from None


def _path(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if not path.name or len(name) > _MAX_PATH or path.is_absolute() or ".." in path.parts:
        raise invalid("files: every file has a relative path", "files")
    return path


def _entry(files: dict[PurePosixPath, bytes]) -> PurePosixPath:
    """The SKILL.md at the top, or one directory below it."""
    entries = sorted((path for path in files if path.name == _ENTRY), key=lambda path: len(path.parts))
    if not entries or len(entries[0].parts) > len(("directory", _ENTRY)):
        raise invalid(f"files: there must be a {_ENTRY} at the top or one directory below", "files")
    return entries[0]


def _front_matter(content: bytes) -> tuple[str, str]:
    refusal = invalid(f"files: {_ENTRY} must begin with front matter that has a name and a description", "files")
    try:
        block = _FRONT_MATTER.match(content.decode())
        matter: Any = yaml.safe_load(block[1]) if block else None
    except (ValueError, RecursionError, yaml.YAMLError):
        raise refusal from None
    name, description = (matter.get("name"), matter.get("description")) if isinstance(matter, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(description, str) or not name.strip() or not description.strip():
        raise refusal
    return name, description


def _zip(files: dict[PurePosixPath, bytes]) -> bytes:
    """The same files make the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(str(path), _EPOCH), files[path], zipfile.ZIP_DEFLATED)
    return target.getvalue()

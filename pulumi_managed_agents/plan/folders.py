"""The files of a folder: counted and measured before anything is read, and no link is followed."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..declaration.content import Changed, Content
from ..declaration.private import left_by_tools_in, secret_in
from ..errors import FileProblem
from .places import opened, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

IGNORED: Final = frozenset({".git", ".DS_Store", "__pycache__"})
"""What tools leave in folders and nobody means to upload."""

MOST_ENTRIES: Final = 5000
"""Files and folders that are looked at; no platform takes as many."""

DEEPEST: Final = 50
"""Folders one in the other."""


class Tally:
    """What may be in a folder, counted while it is looked at."""

    def __init__(self, most: int, including: Sequence[str]) -> None:
        self._most = most
        self._including = including
        self._size = 0
        self._entries = 0

    def add(self, name: str, size: int = 0) -> None:
        """Counts a file or a folder, by its path in the folder.

        Raises:
            FileProblem: it is one too much, or one that is not to be carried.
        """
        self._entries += 1
        self._size += size
        if self._entries > MOST_ENTRIES:
            raise FileProblem(f"names a folder with more than {MOST_ENTRIES:,} entries")
        parts = name.split("/")
        if len(parts) > DEEPEST + 1:
            raise FileProblem(f"names a folder with more than {DEEPEST} folders one in the other")
        if any(part in ("", ".", "..") for part in parts) or "\\" in name or not name.isprintable():
            raise FileProblem(f"names a folder with a file whose name cannot be used: {name!r}")
        self._refuse_private(name)
        if self._size > self._most:
            raise FileProblem(f"names a folder with more than {self._most:,} bytes in its files")

    def _refuse_private(self, name: str) -> None:
        for what, place in (
            ("something that usually holds secrets", secret_in(name, self._including)),
            ("what tools leave behind", left_by_tools_in(name, self._including)),
        ):
            if place:
                raise FileProblem(f"names a folder with {what}, {place!r}: take it out, or name it in `including`")


def files_of(folder: Path, most: int, including: Sequence[str]) -> dict[str, Content]:
    """The files of a folder by their path in it, with no more than `most` bytes in all.

    Raises:
        FileProblem: something in there cannot be read, is no file, is not to be carried, or there is too much of it.
        NotADirectoryError: it is none.
    """
    if not folder.is_dir():
        raise NotADirectoryError
    tally = Tally(most, including)
    found = {name: (place, size) for place, name, size in _measured(folder, "", tally)}
    return {name: _content_of(place, name, size) for name, (place, size) in sorted(found.items())}


def _measured(folder: Path, above: str, tally: Tally) -> Iterator[tuple[Path, str, int]]:
    """The files below a folder with their sizes; nothing of them is read."""
    folders: list[str] = []
    for entry in _entries(folder):
        name, status = above + entry.name, _status(entry)
        if stat.S_ISREG(status.st_mode):
            tally.add(name, status.st_size)
            yield Path(entry.path), name, status.st_size
        elif stat.S_ISDIR(status.st_mode):
            tally.add(name)
            folders.append(entry.name)
        else:
            kind = "symbolic link" if stat.S_ISLNK(status.st_mode) else "special file"
            raise FileProblem(f"names a folder with a {kind}, which is not followed: {name!r}")
    for name in folders:
        yield from _measured(folder / name, f"{above}{name}/", tally)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, in the order of its names; of very much, as much as tells that it is too much."""
    found: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name not in IGNORED:
                    found.append(entry)
                if len(found) > MOST_ENTRIES:
                    break
    except OSError as error:
        raise FileProblem(f"names a folder that cannot be read: {reason(error)}") from None
    return sorted(found, key=lambda entry: entry.name)


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    try:
        return entry.stat(follow_symlinks=False)
    except OSError as error:
        raise FileProblem(f"names a folder that cannot be read: {reason(error)}") from None


def _content_of(place: Path, name: str, size: int) -> Content:
    try:
        return Content.at(lambda: opened(place), size)
    except OSError as error:
        raise FileProblem(f"names a folder with a file that cannot be read: {name!r} ({reason(error)})") from None
    except Changed:
        raise FileProblem(f"names a folder with a file that changed while it was read: {name!r}") from None

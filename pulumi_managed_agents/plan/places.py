"""Where a file or folder lies that a path names, when it is what it seems to be: no link, and nothing of the system's.

A link in the last part of a path is never followed. Links above it are the user's own affair where the path says where
it starts (`/tmp` is a link on some systems); a relative path has to stay in the folder in which it seems to stay.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from ..errors import FileProblem

SYSTEMS_OWN: Final = ("/proc", "/sys", "/dev")
"""What looks like files there tells about the machine and its processes, or never ends."""

_MEMORY: Final = "/dev/shm"  # noqa: S108 - ordinary files, in memory

_UNFOLLOWED: Final = getattr(os, "O_NOFOLLOW", 0)
_UNHELD: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def place_of(directory: Path, path: str, wanted: str) -> Path:
    """The place that a path means, which starts in the directory. `wanted` is a file or a folder.

    Raises:
        FileProblem: it is not what it seems to be.
        OSError, ValueError, RuntimeError: nothing is there, or it is no path.
    """
    base, written = os.path.realpath(directory), Path(path).expanduser()
    seeming = os.path.normpath(os.path.join(base, written))  # noqa: PTH118 - what the text says, not what links make of it
    folder, name = os.path.split(seeming)
    place = os.path.join(os.path.realpath(folder, strict=True), name)  # noqa: PTH118
    if any(_is_systems_own(each) for each in (seeming, place)):
        raise FileProblem(f"names something of the system's own, which is no {wanted}")
    if not written.is_absolute() and not _is_in(place, os.path.commonpath([base, seeming])):
        raise FileProblem(f"names something below a link that leads elsewhere: name where it lies, {place!r}")
    if stat.S_ISLNK(os.lstat(place).st_mode):
        end = os.path.realpath(place)
        raise FileProblem(f"names a symbolic link, which is not followed: name what it leads to, {end!r}")
    return Path(place)


def _is_systems_own(place: str) -> bool:
    return any(_is_in(place, root) for root in SYSTEMS_OWN) and not _is_in(place, _MEMORY)


def _is_in(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)


class NoFile(FileProblem):
    """Something else than a file is there: a pipe, a socket, a device."""

    def __init__(self) -> None:
        super().__init__("names something that is no file")


def opened(place: Path, *, follows: bool = False) -> BinaryIO:
    """The file at a place, opened to be read, and nothing that makes a reader wait. A link only where it `follows`.

    Raises:
        NoFile: it is none.
        OSError: it cannot be opened.
    """
    _refuse_other_than_file(place.stat(follow_symlinks=follows))  # a device would do something as it is opened
    descriptor = os.open(place, os.O_RDONLY | (_UNHELD if follows else _UNHELD | _UNFOLLOWED))
    try:
        _refuse_other_than_file(os.fstat(descriptor))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _refuse_other_than_file(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise NoFile


def reason(error: Exception) -> str:
    """Why something cannot be read, in the system's words; nobody knows what other texts hold."""
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__

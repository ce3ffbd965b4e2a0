"""Files with credentials, or about them: read within bounds, without waiting, and only where they are files."""

from __future__ import annotations

import errno
import json
import os
import stat
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST: Final = 1 << 20
"""Bytes of a file that are read; no file with a credential is larger."""


def content(path: Path, *, follow: bool = True) -> tuple[bytes, os.stat_result]:
    """What a file holds, and what the system says of that very file.

    A pipe would keep whoever opens it waiting, and could not be read again.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
    try:
        descriptor = os.open(path, flags)
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error)) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(LARGEST), found
    finally:
        os.close(descriptor)


def document(text: bytes) -> Mapping[str, Any] | None:
    """The JSON object in a text; None if it holds none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def is_mine(found: os.stat_result) -> bool:
    """Whether a file is the user's own; where there are no users, it is."""
    return os.name == "nt" or found.st_uid == os.getuid()

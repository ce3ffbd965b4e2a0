"""Files that are given to a command. Whoever names one means what a link leads to; that it ends is looked at."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..errors import FileProblem
from .places import NoFile, opened, reason

if TYPE_CHECKING:
    from pathlib import Path


def given_bytes(path: Path, most: int) -> bytes:
    """The bytes of a file that has at most so many.

    Raises:
        FileProblem: it is no file, cannot be read, or is larger.
    """
    try:
        with opened(path, follows=True) as file:
            is_larger = os.fstat(file.fileno()).st_size > most
            content = b"" if is_larger else file.read(most + 1)
    except NoFile:
        raise FileProblem(f"{path} is no file") from None
    except (OSError, ValueError) as error:
        raise FileProblem(f"{path} cannot be read: {reason(error)}") from None
    if is_larger or len(content) > most:
        raise FileProblem(f"{path} has more than {most:,} bytes")
    return content


def given_text(path: Path, most: int) -> str:
    """The text of a file of at most so many bytes.

    Raises:
        FileProblem: it is no file, no text, cannot be read, or is larger.
    """
    try:
        return given_bytes(path, most).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblem(f"{path} is no text in UTF-8") from None

"""Content: bytes of a known size and digest that are read piece by piece, as often as they are wanted."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Final

from ..errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

PIECE: Final = 65_536
"""Bytes of a file that are held at a time."""


class Changed(FileProblem):
    """Content is another than when it was looked at."""

    def __init__(self) -> None:
        super().__init__("names a file that changed while it was read")


@dataclass(frozen=True)
class Content:
    """Bytes as they were when somebody looked at them. They may lie in a file, which others write to meanwhile."""

    size: int
    sha256: str
    opened: Callable[[], BinaryIO] = field(repr=False, compare=False)

    @classmethod
    def of(cls, content: bytes) -> Content:
        """Bytes that are at hand."""
        return cls(len(content), sha256(content).hexdigest(), lambda: io.BytesIO(content))

    @classmethod
    def at(cls, opened: Callable[[], BinaryIO], size: int) -> Content:
        """What can be opened, and has that size.

        Raises:
            Changed: it has another one.
        """
        with opened() as file:
            return cls(size, _digest(file, size), opened)

    def pieces(self) -> Generator[bytes, None, None]:
        """The bytes. The last ones come only when they all are as they were, so that nobody gets something else whole.

        Raises:
            Changed: they are others now.
        """
        digest, size, held = sha256(), 0, b""
        try:
            with self.opened() as file:
                while size <= self.size and (piece := file.read(PIECE)):
                    if held:
                        yield held
                    digest.update(piece)
                    size, held = size + len(piece), piece
        except (OSError, FileProblem):  # gone, or something else in its place
            raise Changed from None
        if (size, digest.hexdigest()) != (self.size, self.sha256):
            raise Changed
        if held:
            yield held

    def read(self) -> bytes:
        """All of the bytes.

        Raises:
            Changed: they are others now.
        """
        return b"".join(self.pieces())


def _digest(file: BinaryIO, size: int) -> str:
    """The digest of exactly so many bytes. What the system only shows as a file has other ones than it says."""
    digest, left = sha256(), size
    while left >= 0 and (piece := file.read(PIECE)):
        digest.update(piece)
        left -= len(piece)
    if left:
        raise Changed
    return digest.hexdigest()

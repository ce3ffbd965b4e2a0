"""What an answer's bytes say when they are unpacked, piece by piece: whatever they unpack to, no piece is large."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

ACCEPTED = "gzip"
"""How answers may be packed. The client's own unpacking has no bound, and takes packed packages too."""

PIECE_BYTES = 2**20
"""As much is unpacked at a time."""

_PLAIN = ("", "identity")
_GZIP = ("gzip", "x-gzip")
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Unpackable(Exception):
    """The bytes are not packed as we asked; the text says what they are."""


def pieces(response: httpx.Response) -> Iterator[bytes]:
    """The content, piece by piece.

    Raises:
        Unpackable: it is packed otherwise than it may be, or not at all.
    """
    if response.is_stream_consumed:
        # Somebody has read it: it was never on a wire.
        yield response.content
        return
    packed = response.headers.get("content-encoding", "").strip().lower()
    if packed in _PLAIN:
        yield from response.iter_raw()
    elif packed in _GZIP:
        yield from _unpacked(response.iter_raw())
    else:
        raise Unpackable(f"packed in a way that nobody asked for ({packed[:40]!r})")


def _unpacked(packed: Iterator[bytes]) -> Iterator[bytes]:
    unpacking, begun = zlib.decompressobj(_GZIP_WINDOW), False
    try:
        for arrived in packed:
            left, begun = arrived, True
            while left and not unpacking.eof:
                yield unpacking.decompress(left, PIECE_BYTES)
                left = unpacking.unconsumed_tail
            if unpacking.eof:
                return
    except zlib.error:
        raise Unpackable("not packed as it says") from None
    if begun:
        raise Unpackable("packed, and breaks off")

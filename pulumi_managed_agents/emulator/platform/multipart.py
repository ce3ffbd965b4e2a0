"""Uploads: the parts of a multipart/form-data body, in the order in which they were sent."""

import base64
import codecs
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

HELD_BYTES = 50 * 1024 * 1024
"""Bytes of a part that are held: no platform looks into larger ones."""
KEPT_BYTES = 64 * 1024
"""Contents up to this size are kept in the world, so that a test can download what it uploaded."""
NOT_KEPT = f"The emulator keeps the content of files up to {KEPT_BYTES} bytes."


@dataclass(frozen=True)
class Part:
    """One part: a form field without, a file with a file name, which may be a relative path."""

    name: str
    filename: str | None
    content_type: str
    size: int
    sha256: str
    content: bytes
    """The bytes; of a part that has too many, none."""

    @property
    def kept(self) -> dict[str, str]:
        """What a record keeps of it."""
        return {"content": base64.b64encode(self.content).decode()} if self.size <= KEPT_BYTES else {}

    @property
    def is_text(self) -> bool:
        """Whether the bytes are text in UTF-8; looked at piece by piece."""
        decoder, view = codecs.getincrementaldecoder("utf-8")(), memoryview(self.content)
        try:
            for start in range(0, len(view), KEPT_BYTES):
                decoder.decode(view[start : start + KEPT_BYTES])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True


@dataclass(frozen=True)
class Form:
    """The files of an upload, and its text fields by name."""

    files: list[Part]
    fields: dict[str, str]


def is_multipart(headers: Headers) -> bool:
    """Whether a request carries an upload."""
    return parse_options_header(headers.get("content-type", ""))[0] == "multipart/form-data"


def parts(headers: Headers, pieces: Iterable[bytes]) -> list[Part]:
    """The parts of an upload, which is taken apart as it comes: a large one is never held.

    Raises:
        ValueError: the body is no multipart/form-data.
    """
    kind, options = parse_options_header(headers.get("content-type", ""))
    if kind != "multipart/form-data" or "boundary" not in options:
        raise ValueError("the request is no multipart/form-data with a boundary")
    decoder = MultipartDecoder(options["boundary"].encode("latin-1"))
    sent: list[Part] = []
    begun: _Begun | None = None
    for event in _events(decoder, pieces):
        if isinstance(event, Field | File):
            begun = _Begun(event)
        elif isinstance(event, Data) and begun is not None:
            begun.add(event.data)
            if not event.more_data:
                sent.append(begun.ended())
                begun = None
    if begun is not None:
        raise ValueError("the upload ends in the middle of a part")
    return sent


def _events(decoder: MultipartDecoder, pieces: Iterable[bytes]) -> Iterator[Event]:
    for piece in chain(pieces, [None]):
        decoder.receive_data(piece)
        while not isinstance(event := decoder.next_event(), NeedData | Epilogue):
            yield event


class _Begun:
    """A part of which more may come."""

    def __init__(self, head: Field | File) -> None:
        self._head = head
        self._digest, self._size, self._held = hashlib.sha256(), 0, io.BytesIO()

    def add(self, data: bytes) -> None:
        """More of it."""
        self._digest.update(data)
        self._size += len(data)
        if self._size <= HELD_BYTES:
            self._held.write(data)
        else:
            self._held = io.BytesIO()

    def ended(self) -> Part:
        """The part as a whole."""
        head = self._head
        filename = head.filename if isinstance(head, File) else None
        kind = head.headers.get("content-type", "")
        return Part(head.name or "", filename, kind, self._size, self._digest.hexdigest(), self._held.getvalue())

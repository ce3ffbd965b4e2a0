"""Uploads: the parts of a multipart/form-data body, in the order in which they were sent."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData


@dataclass(frozen=True)
class Part:
    """One part: a form field without, a file with a file name, which may be a relative path."""

    name: str
    filename: str | None
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """The files of an upload, and its text fields by name."""

    files: list[Part]
    fields: dict[str, str]


def is_multipart(headers: Headers) -> bool:
    """Whether a request carries an upload."""
    return parse_options_header(headers.get("content-type", ""))[0] == "multipart/form-data"


def parts(headers: Headers, body: bytes) -> list[Part]:
    """The parts of an upload.

    Raises:
        ValueError: the body is no multipart/form-data.
    """
    kind, options = parse_options_header(headers.get("content-type", ""))
    if kind != "multipart/form-data" or "boundary" not in options:
        raise ValueError("the request is no multipart/form-data with a boundary")
    decoder = MultipartDecoder(options["boundary"].encode("latin-1"))
    sent: list[Part] = []
    begun: Field | File | None = None
    content = io.BytesIO()
    for event in _events(decoder, body):
        if isinstance(event, Field | File):
            begun, content = event, io.BytesIO()
        elif isinstance(event, Data):
            content.write(event.data)
            if begun is not None and not event.more_data:
                sent.append(_part(begun, content.getvalue()))
                begun = None
    if begun is not None:
        raise ValueError("the upload ends in the middle of a part")
    return sent


def _events(decoder: MultipartDecoder, body: bytes) -> Iterator[Event]:
    """What the body holds, taken apart piece by piece: a large upload is not held several times."""
    view = memoryview(body)
    for start in range(0, len(body), _PIECE):
        decoder.receive_data(bytes(view[start : start + _PIECE]))
        while not isinstance(event := decoder.next_event(), NeedData | Epilogue):
            yield event
        if isinstance(event, Epilogue):
            return
    decoder.receive_data(None)
    while not isinstance(event := decoder.next_event(), NeedData | Epilogue):
        yield event


_PIECE = 1024 * 1024


def _part(event: Field | File, content: bytes) -> Part:
    filename = event.filename if isinstance(event, File) else None
    return Part(event.name or "", filename, event.headers.get("content-type", ""), content)

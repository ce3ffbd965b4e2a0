"""Uploads: the parts of a multipart/form-data body, in the order in which they were sent."""

import io
from dataclasses import dataclass

from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData


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
    decoder.receive_data(body)
    decoder.receive_data(None)
    sent: list[Part] = []
    while True:
        event = decoder.next_event()
        if isinstance(event, Field | File):
            sent.append(_part(event, _content(decoder)))
        elif isinstance(event, Epilogue | NeedData):
            return sent


def _part(event: Field | File, content: bytes) -> Part:
    filename = event.filename if isinstance(event, File) else None
    return Part(event.name or "", filename, event.headers.get("content-type", ""), content)


def _content(decoder: MultipartDecoder) -> bytes:
    content = io.BytesIO()
    while True:
        event = decoder.next_event()
        if not isinstance(event, Data):
            raise ValueError("the upload ends in the middle of a part")  # noqa: TRY004 - the body is wrong, not a type
        content.write(event.data)
        if not event.more_data:
            return content.getvalue()

"""Reads the body of a request, to its end and within a bound."""

from collections.abc import Iterator

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request
from werkzeug.wsgi import get_content_length, get_input_stream

_PIECE = 1024 * 1024


def pieces(request: Request, most: int) -> Iterator[bytes]:
    """The body, as it comes.

    `Request.get_data` cuts a body off at the bound where no length was said before.

    Raises:
        RequestEntityTooLarge: it has more than `most` bytes.
    """
    if (get_content_length(request.environ) or 0) > most:
        raise RequestEntityTooLarge
    stream, read = get_input_stream(request.environ), 0
    while piece := stream.read(_PIECE):
        read += len(piece)
        if read > most:
            raise RequestEntityTooLarge
        yield piece


def whole_body(request: Request, most: int) -> bytes:
    """The body at once.

    Raises:
        RequestEntityTooLarge: it has more than `most` bytes.
    """
    return b"".join(pieces(request, most))

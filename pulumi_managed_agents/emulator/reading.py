"""Reads the body of a request, to its end and within a bound."""

import io

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request
from werkzeug.wsgi import get_content_length, get_input_stream

_PIECE = 1024 * 1024


def whole_body(request: Request, most: int) -> bytes:
    """The body.

    `Request.get_data` cuts a body off at the bound where no length was said before.

    Raises:
        RequestEntityTooLarge: it has more than `most` bytes.
    """
    if (get_content_length(request.environ) or 0) > most:
        raise RequestEntityTooLarge
    stream, read = get_input_stream(request.environ), io.BytesIO()
    while piece := stream.read(_PIECE):
        read.write(piece)
        if read.tell() > most:
            raise RequestEntityTooLarge
    return read.getvalue()

"""Sends an answer, or what a fault makes of it. Nothing is written to the world any more."""

import json
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Response

from .faults import Fault
from .platform import Answer
from .world import JSON

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_GARBAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
_NO_ROUTE = b'{"message": "no Route matched with those values"}'
_DRIP_SECONDS = 0.1


def send(
    answer: Answer, fault: Fault | None, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    """Sends the answer, bent as the fault says."""
    if fault is None:
        return _response(answer)(environ, start_response)
    time.sleep(fault.latency_seconds or 0)
    if fault.drop is not None:
        _reset(environ)
    response = _response(answer)
    if fault.slow_headers_seconds:
        _drip(environ, fault.slow_headers_seconds)
    if fault.body == "garbage":
        response = Response(_GARBAGE, answer.status, content_type="text/html")
    if fault.is_foreign:
        response = _foreign(answer.status, fault.body)
    if fault.body == "truncated":
        return _truncated(response, environ, start_response)
    return response(environ, start_response)


def _response(answer: Answer) -> Response:
    if answer.events is not None:
        return Response(_sse(answer.events), answer.status, answer.headers, content_type="text/event-stream")
    if answer.content is not None:
        return Response(answer.content, answer.status, answer.headers)
    return Response(json.dumps(answer.document), answer.status, answer.headers, content_type="application/json")


def _foreign(status: int, form: str | None) -> Response:
    """What an ingress, a gateway or a load balancer says of itself; it knows no header of the platform."""
    if form == "gateway":
        return Response(_NO_ROUTE, status, content_type="application/json")
    said = f"{status} {HTTP_STATUS_CODES.get(status, 'Unknown')}"
    page = "" if form == "empty" else f"<html><head><title>{said}</title></head><body><h1>{said}</h1></body></html>"
    return Response(page, status, content_type="text/html")


def _sse(events: Iterator[JSON]) -> Iterator[bytes]:
    for event in events:
        name = f"id: {event['id']}\n" if "id" in event else ""
        yield f"{name}event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()


def _truncated(response: Response, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Half of the body under the length of the whole; on a real connection the rest never comes."""
    whole = response.get_data()
    half = whole[: len(whole) // 2]
    start_response(response.status, response.headers.to_wsgi_list())
    return _cut(half) if "emulator.socket" in environ else [half]


def _cut(half: bytes) -> Iterator[bytes]:
    yield half
    raise ConnectionAbortedError("truncated by a fault rule")


def _reset(environ: "WSGIEnvironment") -> None:
    connection: socket.socket | None = environ.get("emulator.socket")
    if connection is not None:
        # Lingering for zero seconds makes the close a reset, as a broken network does.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    raise ConnectionResetError("dropped by a fault rule")


def _drip(environ: "WSGIEnvironment", seconds: float) -> None:
    """Sends interim answers that say nothing, then leaves the real one to the server."""
    deadline = time.monotonic() + seconds
    connection: socket.socket | None = environ.get("emulator.socket")
    while (rest := deadline - time.monotonic()) > 0:
        if connection is not None:
            connection.sendall(b"HTTP/1.1 102 Processing\r\n\r\n")
        time.sleep(min(rest, _DRIP_SECONDS))

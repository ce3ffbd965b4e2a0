"""The WSGI application: finds the platform, strikes faults, commits, writes the log, sends the answer.

One request is one transaction. Whatever takes time (latency, slow headers, a stream) happens after its end.
"""

import json
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import get_input_stream

from . import faults, ids, journal
from .faults import Fault
from .platform import Answer, Call, Refusal, Service, multipart
from .services import Services
from .world import JSON, Transaction, World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_BODY = 32 * 1024 * 1024
"""Documented cap of JSON endpoints; beyond it the answer is 413."""
MAX_UPLOAD = 501 * 1024 * 1024
"""The same for an upload: 500 MB of content and what multipart adds around it."""
_CHUNK = 1024 * 1024
_GARBAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
_DRIP_SECONDS = 0.1


@dataclass(frozen=True)
class _Outcome:
    """What a finished transaction leaves to be sent."""

    answer: Answer
    fault: Fault | None


class Application:
    """Routes requests to the control plane and to the platforms. Safe to call from many threads."""

    def __init__(self, world: World, services: Services, control: "WSGIApplication") -> None:
        self._world = world
        self._services = services
        self._control = control

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answers one request."""
        request = Request(environ)
        if request.path == "/" or request.path.startswith("/_emulator/"):
            return self._control(environ, start_response)
        service = self._services.at(request.path)
        if service is None:
            return Response("Nothing here: the APIs answer under /v1/ and /api/v1/cloud/.\n", 404)(
                environ, start_response
            )
        outcome = self._answer(service, request)
        return _send(outcome, environ, start_response)

    def _answer(self, service: Service, request: Request) -> _Outcome:
        body, oversized = _read(request)
        operation, path_ids = service.match(request.method, request.path)
        with self._world.transaction(writes=request.method != "GET") as tx:
            call = Call(
                request.method,
                request.path,
                operation,
                path_ids,
                request.args,
                request.headers,
                body,
                ids.new(tx, "req_"),
                self._world,
            )
            fault = faults.strike(tx, call.method, call.path, operation)
            lost = fault is not None and fault.drop == "before"
            answer = Answer() if lost else self._decide(service, tx, call, fault, oversized=oversized)
            status = None if lost else answer.status
            name = fault.name() if fault else None
            group = service.classify(operation)
            journal.note(tx, journal.Entry(call.method, call.path, operation, status, name, group))
        return _Outcome(answer, fault)

    def _decide(self, service: Service, tx: Transaction, call: Call, fault: Fault | None, *, oversized: bool) -> Answer:
        injected = _injected(fault)
        try:
            _check_size(oversized=oversized)
            answer = self._carry_out(service, tx, call, fault, injected)
        except Refusal as refusal:
            answer = service.refuse(call, refusal)
        return replace(answer, headers=service.identify(tx, call) | answer.headers)

    def _carry_out(
        self, service: Service, tx: Transaction, call: Call, fault: Fault | None, injected: Refusal | None
    ) -> Answer:
        if injected is not None and not (fault and fault.after_commit):
            raise injected
        _limit(service, tx, call)
        tx.stale = fault is not None and fault.stale
        try:
            answer = self._perform(service, tx, call)
        finally:
            tx.stale = False
        if injected is not None:
            raise injected
        return answer

    def _perform(self, service: Service, tx: Transaction, call: Call) -> Answer:
        with tx.undone_on_error():
            return service.perform(tx, call)


def _read(request: Request) -> tuple[bytes, bool]:
    request.max_content_length = MAX_UPLOAD if multipart.is_multipart(request.headers) else MAX_BODY
    try:
        return request.get_data(), False
    except RequestEntityTooLarge:
        # What is not read would be taken for the next request of the connection.
        rest = get_input_stream(request.environ)
        while rest.read(_CHUNK):
            pass
        return b"", True


def _check_size(*, oversized: bool) -> None:
    if oversized:
        raise Refusal(413, "The request body is too large.")


def _limit(service: Service, tx: Transaction, call: Call) -> None:
    wait = journal.excess(tx, service.classify(call.operation))
    if wait is not None:
        raise Refusal(429, "This request would exceed the rate limit.", retry_after=str(wait))


def _injected(fault: Fault | None) -> Refusal | None:
    if fault is None or fault.status is None:
        return None
    headers = {} if fault.retry_after is None else {"retry_after": f"{fault.retry_after:g}"}
    return Refusal(fault.status, fault.message or "Injected by a fault rule.", fault.error_type, **headers)


def _send(outcome: _Outcome, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    fault = outcome.fault
    if fault is None:
        return _response(outcome.answer)(environ, start_response)
    time.sleep(fault.latency_seconds or 0)
    if fault.drop is not None:
        _reset(environ)
    response = _response(outcome.answer)
    if fault.slow_headers_seconds:
        _drip(environ, fault.slow_headers_seconds)
    if fault.body == "garbage":
        response = Response(_GARBAGE, outcome.answer.status, content_type="text/html")
    if fault.body == "truncated":
        return _truncated(response, environ, start_response)
    return response(environ, start_response)


def _response(answer: Answer) -> Response:
    if answer.events is not None:
        return Response(_sse(answer.events), answer.status, answer.headers, content_type="text/event-stream")
    if answer.content is not None:
        return Response(answer.content, answer.status, answer.headers)
    return Response(json.dumps(answer.document), answer.status, answer.headers, content_type="application/json")


def _sse(events: Iterator[JSON]) -> Iterator[bytes]:
    for event in events:
        name = f"id: {event['id']}\n" if "id" in event else ""
        yield f"{name}event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()


def _truncated(response: Response, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Half of the body under the length of the whole; on a real connection the rest never comes."""
    whole = response.get_data()
    half = whole[: len(whole) // 2]
    start_response(response.status, response.headers.to_wsgi_list())
    return _cut(half) if "werkzeug.socket" in environ else [half]


def _cut(half: bytes) -> Iterator[bytes]:
    yield half
    raise ConnectionAbortedError("truncated by a fault rule")


def _reset(environ: "WSGIEnvironment") -> None:
    connection: socket.socket | None = environ.get("werkzeug.socket")
    if connection is not None:
        # Lingering for zero seconds makes the close a reset, as a broken network does.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    raise ConnectionResetError("dropped by a fault rule")


def _drip(environ: "WSGIEnvironment", seconds: float) -> None:
    """Sends interim answers that say nothing, then leaves the real one to the server."""
    deadline = time.monotonic() + seconds
    connection: socket.socket | None = environ.get("werkzeug.socket")
    while (rest := deadline - time.monotonic()) > 0:
        if connection is not None:
            connection.sendall(b"HTTP/1.1 102 Processing\r\n\r\n")
        time.sleep(min(rest, _DRIP_SECONDS))

"""The WSGI application: finds the platform, strikes faults, commits, writes the log, sends the answer.

One request is one transaction. Whatever takes time (latency, slow headers, a stream) happens after its end.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

from . import faults, ids, journal
from .faults import Fault
from .platform import Answer, Call, Refusal, Service, multipart
from .platform.multipart import Part
from .reading import pieces, whole_body
from .sending import send
from .services import Services
from .world import Transaction, World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_BODY = 32 * 1024 * 1024
"""Documented cap of JSON endpoints; beyond it the answer is 413."""
MAX_UPLOAD = 501 * 1024 * 1024
"""The same for an upload: 500 MB of content and what multipart adds around it."""


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
        return send(outcome.answer, outcome.fault, environ, start_response)

    def _answer(self, service: Service, request: Request) -> _Outcome:
        body, parts, oversized = _read(request)
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
                parts,
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
        if call.method == "GET":
            answer = self._read(service, tx, call, stale=faults.lags(tx, fault))
        else:
            answer = self._perform(service, tx, call)
            faults.written(tx)
        if injected is not None:
            raise injected
        return answer

    def _read(self, service: Service, tx: Transaction, call: Call, *, stale: bool) -> Answer:
        """The answer to a read. A write is never made by what a lagging replica knows."""
        tx.stale = stale
        try:
            return self._perform(service, tx, call)
        finally:
            tx.stale = False

    def _perform(self, service: Service, tx: Transaction, call: Call) -> Answer:
        with tx.undone_on_error():
            return service.perform(tx, call)


def _read(request: Request) -> tuple[bytes, list[Part] | None, bool]:
    """The body, the parts of an upload, and whether there is too much of it."""
    try:
        if multipart.is_multipart(request.headers):
            return *_upload(request), False
        return whole_body(request, MAX_BODY), None, False
    except RequestEntityTooLarge:
        return b"", None, True


def _upload(request: Request) -> tuple[bytes, list[Part] | None]:
    """The beginning of an upload, and its parts."""
    coming = pieces(request, MAX_UPLOAD)
    first = next(coming, b"")
    try:
        return first, multipart.parts(request.headers, chain([first], coming))
    except ValueError:
        deque(coming, maxlen=0)
        return first, None


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

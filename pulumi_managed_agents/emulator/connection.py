"""One connection: requests in, answers out, each to its end. `h11` says where a request ends, or that it is none.

What is left of a body behind its answer is read and thrown away, within bounds; else the connection ends. Nothing that
came as a body is ever taken for a request.
"""

import io
import socket
import sys
import time
from collections.abc import Iterable
from email.utils import formatdate
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import h11

from .callers import refusal

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

IDLE_SECONDS = 120.0
"""How long the other side may say nothing, and hear nothing."""

_DRAIN_SECONDS = 10.0
_LONGEST_HEAD = 64 * 1024
_PIECE = 256 * 1024
_SAFE = (b"Cross-Origin-Resource-Policy", b"same-origin")
"""A browser that does not say whose page wants an answer gives it to no page of others."""


class Connection:
    """The server's end of a connection."""

    def __init__(self, application: "WSGIApplication", connection: socket.socket, port: int) -> None:
        self._application = application
        self._socket = connection
        self._port = port
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=_LONGEST_HEAD)
        connection.settimeout(IDLE_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def serve(self) -> None:
        """Answers requests until there are no more."""
        try:
            while self._serve_one():
                self._http.start_next_cycle()
            self._linger()
        except OSError:
            return

    def _serve_one(self) -> bool:
        """Answers a request; whether another one may follow."""
        try:
            event = self._next()
            if not isinstance(event, h11.Request):
                return False
            self._answer(event)
            return self._drained()
        except h11.RemoteProtocolError as error:
            self._refuse(error.error_status_hint, "This is no request that can be told from the next one.")
        except h11.LocalProtocolError:  # the answer was to be cut off, or was none
            pass
        return False

    def _answer(self, request: h11.Request) -> None:
        headers = _joined(request)
        path = request.target.partition(b"?")[0].decode("latin-1")
        if not path.startswith("/") or {"transfer-encoding", "content-length"} <= headers.keys():
            raise h11.RemoteProtocolError("another server's, or of two lengths")
        if request.http_version not in (b"1.0", b"1.1"):
            raise h11.RemoteProtocolError("another protocol", error_status_hint=505)
        problem = refusal(request.method.decode(), path, headers, self._port)
        if problem is not None:
            self._refuse(403, problem)
            return
        try:
            self._run(request, headers)
        except (OSError, h11.ProtocolError):
            raise
        except Exception as error:  # noqa: BLE001 - the connection ends in an answer, whatever went wrong
            _tell(error)
            self._refuse(500, "The emulator failed: what it was doing is undone.")

    def _run(self, request: h11.Request, headers: dict[str, str]) -> None:
        """Calls the application and writes its answer, head and first bytes in one packet."""
        head: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            head[:] = [status, headers]
            return self._socket.sendall

        body = self._application(self._environ(request, headers), start_response)
        try:
            status, named = head
            self._write(status, named, _without_empty(body, hidden=request.method == b"HEAD"))
        finally:
            if hasattr(body, "close"):
                body.close()

    def _write(self, status: str, headers: list[tuple[str, str]], body: Iterable[bytes]) -> None:
        code, _, reason = status.partition(" ")
        named = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        named += [(b"Date", formatdate(usegmt=True).encode()), _SAFE]
        pending = self._http.send(h11.Response(status_code=int(code), headers=named, reason=reason.encode("latin-1")))
        for piece in body:
            self._socket.sendall((pending or b"") + (self._http.send(h11.Data(piece)) or b""))
            pending = b""
        self._socket.sendall((pending or b"") + (self._http.send(h11.EndOfMessage()) or b""))

    def _refuse(self, status: int, reason: str) -> None:
        """Says why not, where nothing was said yet; the last answer of a connection."""
        if self._http.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            return
        body = b'{"error": "%b"}' % reason.encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("Connection", "close")]
        self._write(f"{status} Refused", headers, [body])

    def _environ(self, request: h11.Request, headers: dict[str, str]) -> "WSGIEnvironment":
        target, _, query = request.target.partition(b"#")[0].partition(b"?")
        named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        known = {key: named.pop(f"HTTP_{key}", "") for key in ("CONTENT_TYPE", "CONTENT_LENGTH")}
        return {
            **named,
            **{key: value for key, value in known.items() if value},
            "REQUEST_METHOD": request.method.decode(),
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(target).decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self._port),
            "SERVER_PROTOCOL": f"HTTP/{request.http_version.decode()}",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": _Body(self),
            "wsgi.input_terminated": True,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            "emulator.socket": self._socket,
        }

    def piece(self) -> bytes:
        """More of the body of the request; empty behind its end.

        Raises:
            h11.RemoteProtocolError: the body does not come to its end.
        """
        if self._http.their_state is not h11.SEND_BODY:
            return b""
        if self._http.they_are_waiting_for_100_continue:
            go_on = self._http.send(h11.InformationalResponse(status_code=100, headers=[], reason="Continue"))
            self._socket.sendall(go_on or b"")
        event = self._next()
        return bytes(event.data) if isinstance(event, h11.Data) else b""

    def _next(self) -> h11.Event | None:
        """What comes next; None where nothing does before the answer is sent."""
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(self._socket.recv(_PIECE))
        return event if isinstance(event, h11.Event) else None

    def _drained(self) -> bool:
        """Reads what is left of a body that nobody wanted; whether its end was found."""
        deadline = time.monotonic() + _DRAIN_SECONDS
        while self._http.their_state is h11.SEND_BODY:
            if self._http.they_are_waiting_for_100_continue or time.monotonic() > deadline:
                return False
            self._next()
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    def _linger(self) -> None:
        """Lets the other side hear the last answer: a connection that is closed before all is read is a broken one."""
        deadline = time.monotonic() + _DRAIN_SECONDS
        self._socket.shutdown(socket.SHUT_WR)
        self._socket.settimeout(_DRAIN_SECONDS)
        while time.monotonic() < deadline and self._socket.recv(_PIECE):
            pass


class _Body(io.RawIOBase):
    """The body of a request, as the application reads it."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        self._left = self._left or self._connection.piece()
        taken, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


def _joined(request: h11.Request) -> dict[str, str]:
    """Headers by name. One with an underscore could be taken for another."""
    found: dict[str, str] = {}
    for raw, content in request.headers:
        name, value = raw.decode("latin-1"), content.decode("latin-1")
        if "_" not in name:
            found[name] = f"{found[name]},{value}" if name in found else value
    return found


def _without_empty(body: Iterable[bytes], *, hidden: bool) -> Iterable[bytes]:
    return () if hidden else (piece for piece in body if piece)


def _tell(error: Exception) -> None:
    """Says where it went wrong, and nothing that a request may have held."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "nowhere"
    sys.stderr.write(f"The emulator failed: {type(error).__name__} at {place}\n")

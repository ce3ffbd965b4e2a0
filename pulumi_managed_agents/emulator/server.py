"""The emulator on a loopback port: threads, kept connections, a clean end."""

import io
import socket
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .errors import EmulatorError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST = "127.0.0.1"
_BACKLOG = 128
_END_SECONDS = 2.0


class _Connections:
    """The open connections, so that the server's end is theirs too."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    def enter(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)

    def leave(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def end(self) -> None:
        """Closes what is open and waits until its threads have seen it."""
        deadline = time.monotonic() + _END_SECONDS
        while self._open and time.monotonic() < deadline:
            with self._lock:
                for connection in self._open:
                    _shut(connection)
            time.sleep(0.005)


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Handler(WSGIRequestHandler):
    """Answers requests on a connection that stays open.

    The handler of werkzeug closes each connection after one answer. Ours reads every body to its end, so the
    connection can be kept, as the real service keeps it.
    """

    connections: _Connections
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.connections.enter(self.connection)

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.connections.leave(self.connection)

    def run_wsgi(self) -> None:
        """Calls the application and writes its answer, head and first bytes in one packet."""
        environ = self.make_environ()
        head: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            head[:] = [status, headers]
            return self.wfile.write

        try:
            body = self.server.app(environ, start_response)
            self._write(head, body)
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def _write(self, head: list[Any], body: Any) -> None:
        status, headers = head
        names = {name.lower() for name, _ in headers}
        # An answer without content has no end to mark either.
        chunked = "content-length" not in names and not status.startswith("204")
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        lines += [f"Date: {self.date_time_string()}", *(["Transfer-Encoding: chunked"] if chunked else [])]
        pending = io.BytesIO()
        pending.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        try:
            for data in body:
                pending.write(b"%x\r\n%b\r\n" % (len(data), data) if chunked and data else data)
                self.wfile.write(pending.getvalue())
                pending = io.BytesIO()
            pending.write(b"0\r\n\r\n" if chunked else b"")
            self.wfile.write(pending.getvalue())
        finally:
            if hasattr(body, "close"):
                body.close()

    def log(self, type: str, message: str, *args: Any) -> None:
        """Writes nothing: the request log is in the file."""


class Server:
    """A served emulator; a context manager that ends the serving."""

    def __init__(self, application: "WSGIApplication", port: int) -> None:
        try:
            listener = socket.create_server((HOST, port), backlog=_BACKLOG)
        except OSError as error:
            raise EmulatorError(f"The emulator cannot listen on port {port}: {error.strerror}.") from error
        self._connections = _Connections()
        handler = type("Handler", (_Handler,), {"connections": self._connections})
        with listener:
            self._server: BaseWSGIServer = make_server(
                HOST, port, application, threaded=True, request_handler=handler, fd=listener.fileno()
            )
        self.port: int = self._server.port
        self.url = f"http://{HOST}:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Stays until the server is closed."""
        self._thread.join()

    def close(self) -> None:
        """Ends the serving and every open connection; a second call does nothing."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._connections.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""The emulator on a loopback port: threads, kept connections, a clean end."""

import socket
import socketserver
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from .connection import Connection
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


class _Handler(socketserver.BaseRequestHandler):
    """Serves one connection in a thread."""

    connections: _Connections
    application: "WSGIApplication"
    port: int

    def handle(self) -> None:
        self.connections.enter(self.request)
        try:
            Connection(self.application, self.request, self.port).serve()
        finally:
            self.connections.leave(self.request)


class _Listener(socketserver.ThreadingTCPServer):
    """Takes connections from a socket that listens already."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, listener: socket.socket, handler: type[_Handler]) -> None:
        super().__init__(listener.getsockname(), handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener


class Server:
    """A served emulator; a context manager that ends the serving."""

    def __init__(self, application: "WSGIApplication", port: int) -> None:
        try:
            listener = socket.create_server((HOST, port), backlog=_BACKLOG)
        except OSError as error:
            raise EmulatorError(f"The server cannot listen on port {port}: {error.strerror}.") from error
        self._connections = _Connections()
        self.port: int = listener.getsockname()[1]
        known = {"connections": self._connections, "application": staticmethod(application), "port": self.port}
        self._server = _Listener(listener, type("Handler", (_Handler,), known))
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

"""A local Managed Agents server that fits in one SQLite file.

It stands alone: nothing of the rest of the package is imported here. It can be mounted in process (`Emulator.wsgi`)
or served on a loopback port (`Emulator.serve`); several processes may share the file.

    server, connection, callers             a port: where a request ends, and who may ask
    application, reading, sending, journal, faults
                                            a request comes in, is struck, noted and answered
    assembly                                all of that, put together for a world
    services, accounts                      who answers at a path, and for whom
    claude/, qoder/                         the platforms: their rules, one module per kind, the same names in both
    platform/                               what both are made of
    github_api/, github, github_access      GitHub: its API, its repositories, what a token may do
    world/, clock, ids, settings            the file, and what is drawn from it
    control, control_http, page/            what a test may know and change, and what a reader sees
"""

import os
import threading
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Self

from .errors import EmulatorError
from .world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from .assembly import Assembly
    from .control import Control
    from .server import Server

__all__ = ["Control", "Emulator", "EmulatorError", "Server"]

_LATE = {"Control": ".control", "Server": ".server"}
"""What is loaded when it is first asked for: the provider serves nothing, and a port is there before what answers."""


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(name)
    return getattr(import_module(_LATE[name], __name__), name)


class Emulator:
    """One emulated world, kept in the file at `path`, which is created when it is not there.

    With `place` it plays the platform in that place, whatever the setting says.
    """

    def __init__(self, path: str | os.PathLike[str], *, place: str | None = None) -> None:
        self._world = World(path, {"place": place} if place else {})
        self._lock = threading.Lock()
        self._assembled: Assembly | None = None

    @property
    def control(self) -> "Control":
        """What a test may know and change."""
        return self.load().control

    @property
    def wsgi(self) -> "WSGIApplication":
        """What answers requests, in this process."""
        return self.load().application

    def load(self) -> "Assembly":
        """Loads what answers; otherwise the first request waits for it."""
        from .assembly import Assembly  # noqa: PLC0415 - a port is there before

        with self._lock:
            if self._assembled is None:
                self._assembled = Assembly(self._world)
            return self._assembled

    def serve(self, port: int = 0) -> "Server":
        """Answers on 127.0.0.1 from a thread until the server is closed; port 0 takes a free one."""
        from .server import Server  # noqa: PLC0415 - the provider serves nothing

        return Server(self._answer, port)

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        return self.wsgi(environ, start_response)

    def close(self) -> None:
        """Closes the file."""
        self._world.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

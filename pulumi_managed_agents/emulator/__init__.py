"""A local Managed Agents server that fits in one SQLite file.

It stands alone: nothing of the rest of the package is imported here. It can be mounted in process (`Emulator.wsgi`)
or served on a loopback port (`Emulator.serve`); several processes may share the file.

    server, connection, callers             a port: where a request ends, and who may ask
    application, reading, sending, journal, faults
                                            a request comes in, is struck, noted and answered
    services, accounts                      who answers at a path, and for whom
    claude/, qoder/                         the platforms: their rules, one module per kind, the same names in both
    platform/                               what both are made of
    github_api/, github, github_access      GitHub: its API, its repositories, what a token may do
    world/, clock, ids, settings            the file, and what is drawn from it
    control, control_http, page/            what a test may know and change, and what a reader sees
"""

import os
from types import TracebackType
from typing import TYPE_CHECKING, Self

from .application import Application
from .control import Control
from .control_http import ControlPages
from .errors import EmulatorError
from .services import Platforms, Services
from .world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from .server import Server

__all__ = ["Control", "Emulator", "EmulatorError", "Server"]


def __getattr__(name: str) -> object:
    """`Server`, loaded late: the provider serves nothing."""
    if name != "Server":
        raise AttributeError(name)
    from .server import Server  # noqa: PLC0415 - as it says

    return Server


class Emulator:
    """One emulated world, kept in the file at `path`, which is created when it is not there."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._world = World(path)
        platforms = Platforms()
        self.control = Control(self._world, platforms, "claude")
        self.wsgi: WSGIApplication = Application(self._world, Services(platforms), ControlPages(self.control))

    def serve(self, port: int = 0) -> "Server":
        """Answers on 127.0.0.1 from a thread until the server is closed; port 0 takes a free one."""
        from .server import Server  # noqa: PLC0415 - the provider serves nothing

        return Server(self.wsgi, port)

    def close(self) -> None:
        """Closes the file."""
        self._world.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""A local Managed Agents server that fits in one SQLite file.

It stands alone: nothing of the rest of the package is imported here. It can be mounted in process (`Emulator.wsgi`)
or served on a loopback port (`Emulator.serve`); several processes may share the file.
"""

import os
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from pulumi_managed_agents.emulator.application import Application
from pulumi_managed_agents.emulator.claude import Claude
from pulumi_managed_agents.emulator.control import Control
from pulumi_managed_agents.emulator.control_http import ControlPages
from pulumi_managed_agents.emulator.errors import EmulatorError
from pulumi_managed_agents.emulator.github_api import GitHub
from pulumi_managed_agents.emulator.platform import Platform
from pulumi_managed_agents.emulator.qoder import Qoder
from pulumi_managed_agents.emulator.server import Server
from pulumi_managed_agents.emulator.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["Control", "Emulator", "EmulatorError", "Server"]


class Emulator:
    """One emulated world, kept in the file at `path`, which is created when it is not there."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._world = World(path)
        platforms: dict[str, Platform] = {"claude": Claude(), "qoder": Qoder()}
        self.control = Control(self._world, platforms, "claude")
        # Of a service that only answers requests the application asks no more than that.
        services = [*platforms.values(), cast("Platform", GitHub())]
        self.wsgi: WSGIApplication = Application(self._world, services, ControlPages(self.control))

    def serve(self, port: int = 0) -> Server:
        """Answers on 127.0.0.1 from a thread until the server is closed; port 0 takes a free one."""
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

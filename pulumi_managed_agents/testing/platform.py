"""The emulated platform of a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..emulator import Emulator

if TYPE_CHECKING:
    from pathlib import Path

    from ..emulator import Control, Server

READS = frozenset({"GET", "HEAD"})


class EmulatedPlatform:
    """One emulated world in a file: mounted by every stack that is told the file, or served at a loopback address."""

    def __init__(self, path: Path, key: str) -> None:
        """`key` is the platform's: `claude` or `qoder`."""
        self.path = path
        self.key = key
        self._emulator = Emulator(path)
        self._server: Server | None = None
        self._noted = 0

    @property
    def control(self) -> Control:
        """What a test may know and change: time, faults, settings, objects, GitHub's repositories and tokens."""
        return self._emulator.control.on(self.key)

    @property
    def url(self) -> str:
        """Where it answers, served from the first time that this is asked for until the test ends."""
        if self._server is None:
            self._server = self._emulator.serve()
        return self._server.url if self.key == "claude" else f"{self._server.url}/api/v1/cloud"

    def objects(self, collection: str) -> list[dict[str, Any]]:
        """What it has of a collection such as `sessions`, oldest first, archived ones too."""
        return [dict(item) for item in self.control.objects(collection)]

    def requests(self, *, reads: bool = False) -> tuple[str, ...]:
        """The requests since this was last asked, such as `POST /v1/agents`; those that only read where wanted."""
        rows = self.control.requests(self._noted)
        self._noted = max((row["n"] for row in rows), default=self._noted)
        return tuple(f"{row['method']} {row['path']}" for row in rows if reads or row["method"] not in READS)

    def close(self) -> None:
        """Ends serving, and closes the file."""
        if self._server is not None:
            self._server.close()
        self._emulator.close()

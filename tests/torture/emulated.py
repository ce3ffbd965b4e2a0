"""One emulated world with the real core in front of it: backend, transport, time that does not pass."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import httpx
from core.bags import Shelf
from torture.app import describe_app
from torture.clock import START, Clock
from torture.weather import Weather
from torture.wire import Wire

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.platforms.github import GitHub
from pulumi_managed_agents.platforms.qoder import Qoder
from pulumi_managed_agents.platforms.rest import RestBackend, RestService
from pulumi_managed_agents.transport.pace import Pace
from pulumi_managed_agents.transport.transport import Transport

if TYPE_CHECKING:
    from pathlib import Path

    from torture.weather import Climate

    from pulumi_managed_agents.declaration.platform import PlatformKey

ADDRESSES = {"claude": "http://localhost", "qoder": "http://localhost/api/v1/cloud"}
GITHUB = "http://localhost/github"
KEY = "made-up-key"


class Emulated:
    """A world in a file, and the ways to it."""

    def __init__(self, path: Path, platform: PlatformKey, climate: Climate, seed: str) -> None:
        self.path = path
        self.platform = platform
        self.clock = Clock()
        self.weather = Weather(climate, Random(f"{seed} weather"), self.clock)
        self.warnings: list[str] = []
        self._random = Random(f"{seed} stamps")
        self._emulator = Emulator(path)
        self.control = self._emulator.control.on(platform)
        self._begin(seed)
        self.wire = Wire(self._emulator, self.clock, self.weather, Random(f"{seed} wire"))
        service = {"claude": Claude, "qoder": Qoder}[platform]()
        self._transport = self._sender(ADDRESSES[platform], service.credential(KEY), climate.retries)
        self._backend = RestBackend(service, self._transport)
        self._to_github = self._sender(GITHUB, {}, min(climate.retries, 2))
        self._github = RestService(GitHub(None, None), self._to_github)

    def context(self) -> apply.Context:
        """What one run of the engine works with."""
        return apply.Context(
            self._backend,
            self.warnings.append,
            self.clock.sleep,
            Shelf(),
            github=self._github,
            clock=self.clock.now,
        )

    def check_context(self, name: str) -> plan.CheckContext:
        """What the check of a resource may know."""
        return plan.CheckContext(self._backend.capabilities, name, self._digits, files=Shelf())

    def close(self) -> None:
        """Closes the world."""
        self._transport.close()
        self._to_github.close()
        self._emulator.close()

    def _digits(self, count: int) -> str:
        return f"{self._random.getrandbits(4 * count):0{count}x}"

    def _sender(self, address: str, headers: dict[str, str], retries: int) -> Transport:
        client = httpx.Client(base_url=address, headers=headers, transport=self.wire)
        pace = Pace(clock=self.clock.now)
        return Transport(client, retries=retries, pace=pace, sleep=self.clock.sleep)

    def _begin(self, seed: str) -> None:
        control = self._emulator.control
        control.seed(Random(seed).getrandbits(32))
        control.clock(now=datetime.fromtimestamp(START, UTC).isoformat())
        control.settings(github_jwt_clock="emulator")
        describe_app(control)

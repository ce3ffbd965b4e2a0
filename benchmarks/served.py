"""The emulator in a process of its own, with latency on its answers."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx

from pulumi_managed_agents.platforms.claude import API_VERSION, BETA

if TYPE_CHECKING:
    from pathlib import Path

LATENCY_SECONDS = 0.05
SLOW_CREATES = {"operation": "agents.create", "every": 1}
HEADERS = {"x-api-key": "made-up", "anthropic-version": API_VERSION, "anthropic-beta": BETA}
FILES_HEADERS = {name: text for name, text in HEADERS.items() if name != "anthropic-beta"}


class Served:
    """Serves a new world as long as the context lasts; `slow` chooses the requests that take their time."""

    def __init__(self, folder: Path, slow: dict[str, Any] | None = None) -> None:
        self._slow = slow
        world = str(folder / "world.emulator")
        command = [sys.executable, "-m", "pulumi_managed_agents.cli", "emulator", "--file", world]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module

    def __enter__(self) -> str:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        url = self._process.stdout.readline().strip()
        if self._slow:
            rule = {**self._slow, "latency_seconds": LATENCY_SECONDS}
            httpx.post(f"{url}/_emulator/faults", json=[rule]).raise_for_status()
        return url

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()

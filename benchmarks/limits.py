"""As many creates as a platform takes in two minutes, against the minute that its limit leaves for them."""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from benchmarks.creates import OBJECTS
from benchmarks.measure import Row
from benchmarks.served import SLOW_CREATES, Served
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.settings import configure

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_MINUTE = 300
MINUTE = 60.0


def limits() -> Iterator[Row]:
    """With the limit as a setting, and without."""
    for setting in (str(PER_MINUTE), None):
        with (
            tempfile.TemporaryDirectory() as name,
            Served(Path(name), SLOW_CREATES) as url,
        ):
            httpx.post(f"{url}/_emulator/settings", json={"rate_limit_per_minute": {"create": PER_MINUTE}})
            took = _creates(url, setting)
            requests = httpx.get(f"{url}/_emulator/requests").json()
        refused = sum(request["status"] == httpx.codes.TOO_MANY_REQUESTS for request in requests)
        title = f"{2 * PER_MINUTE} creates at {PER_MINUTE} a minute, {OBJECTS} at a time{', set' if setting else ''}"
        yield Row(title, took, MINUTE, 1.05, f"{refused} refused")


def _creates(url: str, per_minute: str | None) -> float:
    platform = connect(configure({"baseUrl": url, "apiKey": "made-up", "requestsPerMinute": per_minute}, {}))

    def create(number: int) -> None:
        body = {"name": f"r{number}", "model": "claude-sonnet-4-6"}
        platform.send(Call(Operation("agents", "create"), body=body))

    began = time.perf_counter()
    with ThreadPoolExecutor(OBJECTS) as pool:
        list(pool.map(create, range(2 * PER_MINUTE)))
    platform.close()
    return time.perf_counter() - began

"""Many creates at once through the engine, against the same requests from a bare pool."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from benchmarks.environment import plugin, surroundings
from benchmarks.measure import REPETITIONS, Row, median
from benchmarks.served import HEADERS, SLOW_CREATES, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

OBJECTS = 64

YAML = {
    "agents": {"type": "managed-agents:Agent", "properties": {"model": "claude-sonnet-4-6"}},
    "nothing": {"type": "managed-agents:RepositoryResource", "properties": {"url": "https://github.com/org/app"}},
}
PYTHON = {
    "agents": 'ma.Agent(f"r{n}", model="claude-sonnet-4-6")',
    "nothing": 'ma.RepositoryResource(f"r{n}", url="https://github.com/org/app")',
}


def creates() -> Iterator[Row]:
    """Both front ends; the engine's own time, for as many resources without a request, is taken off."""
    with tempfile.TemporaryDirectory() as name, Served(Path(name), SLOW_CREATES) as url:
        bare = median(lambda: _pool(url), REPETITIONS)
        for front_end, write, target in (("plugin, YAML", _yaml, 1.3), ("dynamic, Python", _python, None)):
            busy, idle = (_up(Path(name), front_end, write, kind, url) for kind in ("agents", "nothing"))
            note = f"up {busy:.2f} s, of which the engine alone {idle:.2f} s"
            title = f"{OBJECTS} creates at --parallel {OBJECTS}, {front_end}, against a pool"
            yield Row(title, max(busy - idle, 0.0), bare, target, note)


def _pool(url: str) -> None:
    limits = httpx.Limits(max_connections=OBJECTS, max_keepalive_connections=OBJECTS)
    with httpx.Client(base_url=url, headers=HEADERS, limits=limits) as client, ThreadPoolExecutor(OBJECTS) as pool:

        def create(number: int) -> None:
            body = {"name": f"r{number}", "model": "claude-sonnet-4-6"}
            client.post("/v1/agents", json=body).raise_for_status()

        list(pool.map(create, range(OBJECTS)))


def _up(folder: Path, front_end: str, write: Any, kind: str, url: str) -> float:
    project = folder / f"{front_end}-{kind}".replace(", ", "-")
    project.mkdir()
    write(project, kind)
    environment = surroundings(folder)

    def pulumi(*arguments: str) -> None:
        command = ["pulumi", *arguments, "--non-interactive"]
        subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)  # noqa: S603 - the engine

    pulumi("stack", "init", project.name)
    pulumi("config", "set", "managed-agents:baseUrl", url)

    def once() -> float:
        began = time.perf_counter()
        pulumi("up", "--yes", "--skip-preview", "--parallel", str(OBJECTS))
        took = time.perf_counter() - began
        pulumi("destroy", "--yes", "--skip-preview", "--parallel", str(OBJECTS))
        return took

    return median(once, 3)


def _yaml(project: Path, kind: str) -> None:
    plugin(project / "plugin", "managed-agents", "pulumi_managed_agents")
    program = {
        "name": "benchmark",
        "runtime": "yaml",
        "plugins": {"providers": [{"name": "managed-agents", "path": "plugin"}]},
        "resources": {f"r{number}": YAML[kind] for number in range(OBJECTS)},
    }
    (project / "Pulumi.yaml").write_text(json.dumps(program))


def _python(project: Path, kind: str) -> None:
    (project / "Pulumi.yaml").write_text("name: benchmark\nruntime: python\n")
    program = f"import pulumi_managed_agents as ma\n\nfor n in range({OBJECTS}):\n    {PYTHON[kind]}\n"
    (project / "__main__.py").write_text(program)

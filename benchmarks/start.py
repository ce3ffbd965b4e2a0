"""How soon each way in is there."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import grpc
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc

from benchmarks.environment import interpreter
from benchmarks.measure import Row, interleaved
from benchmarks.plugin import URN
from pulumi_managed_agents.plugin.codec import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGE: Final = "pulumi_managed_agents"

_CONFIGURED: Final = (
    f"from pulumi.dynamic import Config, ConfigureRequest; from {PACKAGE}.dynamic import KindProvider; "
    "KindProvider('Agent').configure(ConfigureRequest(Config({}, 'benchmark')))"
)


def starts() -> Iterator[Row]:
    """Every way in, against the bare imports of what it cannot do without."""
    with tempfile.TemporaryDirectory() as name:
        run = _Runs(Path(name))
        world = str(Path(name) / "world.emulator")
        port = partial(run.until_told, "-m", PACKAGE, "127.0.0.1:1")
        emulator = partial(run.until_told, "-m", f"{PACKAGE}.cli", "emulator", world)
        help_of = partial(run.whole, "-m", f"{PACKAGE}.cli")
        program = partial(run.whole, "-c", f"import {PACKAGE} as ma; ma.Agent")
        imports = partial(run.imports, "grpc, pydantic, httpx")
        yield _row("Plugin: spawn to port", "grpc, pydantic, httpx", *interleaved(port, imports), 1.0)
        imports = partial(run.imports, "grpc, pydantic")
        yield _row("Plugin: spawn to first Check", "grpc, pydantic", *interleaved(partial(port, then=_check), imports))
        imports = partial(run.imports, "pulumi")
        yield _row("Python program: first class", "pulumi", *interleaved(program, imports))
        imports = partial(run.imports, "pulumi.dynamic")
        configured = partial(run.whole, "-c", _CONFIGURED)
        yield _row("Dynamic provider: configured", "pulumi.dynamic", *interleaved(configured, imports))
        bare = partial(run.imports, "sys")
        yield _row("managed-agents --help", "sys", *interleaved(partial(help_of, "--help"), bare))
        yield _row("managed-agents doctor --help", "sys", *interleaved(partial(help_of, "doctor", "--help"), bare))
        yield _row("managed-agents emulator: ready", "sys", *interleaved(emulator, bare))


def _row(name: str, bare: str, ours: float, theirs: float, target: float | None = None) -> Row:
    over = f"{(ours - theirs) * 1000:.0f} ms over the bare imports"
    return Row(f"{name}, against `import {bare}`", ours, theirs, target, over)


class _Runs:
    """Programs in an environment as users have it."""

    def __init__(self, folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self._python = interpreter()
        self._surroundings = {"cwd": folder, "env": kept, "stdout": subprocess.PIPE}

    def imports(self, names: str) -> None:
        """Only imports."""
        self.whole("-c", f"import {names}")

    def whole(self, *words: str) -> None:
        """Runs to the end."""
        subprocess.run([self._python, *words], check=True, **self._surroundings)  # type: ignore[call-overload]  # noqa: S603 - our own modules

    def until_told(self, *words: str, then: Callable[[str], None] = lambda told: None) -> float:  # noqa: ARG005 - nothing
        """The seconds after which the first line is written, and something is done with it."""
        began = time.perf_counter()
        command = [self._python, *words]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, **self._surroundings) as process:  # type: ignore[call-overload]  # noqa: S603 - our own modules
            then(process.stdout.readline().decode().strip())
            took = time.perf_counter() - began
            process.kill()
        return took


def _check(port: str) -> None:
    """Configures a plugin and asks it to check an agent."""
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        stub.Configure(pb.ConfigureRequest(acceptSecrets=True))
        stub.Check(pb.CheckRequest(urn=URN, name="reviewer", news=encode({"model": "claude-sonnet-4-6"})))

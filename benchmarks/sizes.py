"""What people have in numbers: many resources, many files of a session, a large file, and the memory for it."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import httpx
from pulumi.runtime.proto import provider_pb2 as pb

from benchmarks.environment import interpreter
from benchmarks.measure import Row, interleaved
from benchmarks.plugin import AGENT, URN, served
from benchmarks.served import FILES_HEADERS, Served
from benchmarks.stacks import Project
from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.plugin.codec import encode
from pulumi_managed_agents.provider.configured import ConfiguredProvider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State

MANY = 1000
FEW_FILES, FILES = 50, 500
"""The second is the platform's limit for a session."""

MEGABYTES = 200


def sizes() -> Iterator[Row]:
    """Numbers first, then bytes."""
    for language in ("YAML", "Python"):
        yield from _many(language)
    yield from _session_files()
    yield _upload()
    yield _memory()


def _many(language: str) -> Iterator[Row]:
    """A thousand agents: each command once, and the requests of a refresh."""
    with tempfile.TemporaryDirectory() as name, Served(Path(name)) as url:
        settings = {"managed-agents:baseUrl": url}
        ours = Project(Path(name) / "ours", language, is_ours=True, settings=settings, agents=MANY)
        floor = Project(Path(name) / "floor", language, is_ours=False, settings={}, agents=MANY)
        for project in (ours, floor):
            project.set_up()
        for title in ("create", "no-op preview", "refresh"):
            before = _requests(url)
            mine, theirs = ours.timed(title), floor.timed(title)
            note = f"{_requests(url) - before} requests"
            yield Row(f"{language}, {MANY} agents: {title}, against the floor", mine, theirs, None, note)


def _requests(url: str) -> int:
    return len(httpx.get(f"{url}/_emulator/requests", timeout=60).json())


def _session_files() -> Iterator[Row]:
    """A refresh and a quiet preview of a session with as many files as it may have, against a tenth as often."""
    with tempfile.TemporaryDirectory() as name, Served(Path(name)) as url, _provider(url) as provider:
        many, few = (_Session(provider, number) for number in (FILES, FEW_FILES))
        for title in ("refresh", "preview"):
            mine, theirs = interleaved(partial(many.often, title, 1), partial(few.often, title, FILES // FEW_FILES))
            yield Row(f"A session's {FILES} files: {title}, against {FEW_FILES} at a time", mine, theirs, 1.2)


class _Session:
    """A session with files in it."""

    def __init__(self, provider: ConfiguredProvider, files: int) -> None:
        self.provider, self.kind = provider, provider.kind("Session")
        agent = _made(provider, "Agent", {"model": "claude-sonnet-4-6"})
        environment = _made(provider, "Environment", {"config": {"type": "cloud"}})
        file = _made(provider, "File", {"text": "a", "filename": "a.txt"})
        mounted = [{"type": "file", "fileId": file.id, "mountPath": f"/data/{number}.txt"} for number in range(files)]
        words = {"agent": agent.id, "environmentId": environment.id, "resources": mounted}
        self.inputs = _checked(provider, "Session", words)
        self.state = apply.create(self.kind, self.inputs, provider.context)

    def often(self, title: str, times: int) -> None:
        """Reads it, or compares it with what is declared, that many times."""
        for _ in range(times):
            if title == "refresh":
                apply.read(self.kind, self.state.id, self.state.outputs, self.provider.context)
            else:
                self.provider.diff(self.kind, self.state.id, self.state.outputs, self.inputs)


def _upload() -> Row:
    """A large file, against the HTTP library's own upload of it."""
    with tempfile.TemporaryDirectory() as name, Served(Path(name)) as url, _provider(url) as provider:
        path = Path(name) / "large.bin"
        path.write_bytes(b"0123456789abcde\n" * (MEGABYTES << 16))

        def bare() -> None:
            with path.open("rb") as file:
                sent = httpx.post(f"{url}/v1/files", headers=FILES_HEADERS, files={"file": file}, timeout=300)
                sent.raise_for_status()

        mine, theirs = interleaved(lambda: _made(provider, "File", {"path": str(path)}) and None, bare)
    return Row(f"A file of {MEGABYTES} MB, looked at and sent, against sending it", mine, theirs, 1.5)


def _memory() -> Row:
    """What the plugin has held at most when it has checked and compared, against its imports alone."""
    with served("pulumi_managed_agents") as (ours, process):
        inputs = ours.Check(pb.CheckRequest(urn=URN, name="reviewer", news=encode(AGENT), randomSeed=b"x")).inputs
        ours.Diff(pb.DiffRequest(id="agent_1", urn=URN, olds=inputs, news=inputs, old_inputs=inputs))
        mine = _held(process.pid)
    program = f"import grpc, pydantic, httpx\n{_SAY_WHAT_IS_HELD}"
    bare = subprocess.run([interpreter(), "-c", program], check=True, capture_output=True, text=True)  # noqa: S603
    return Row("Memory of the plugin, against its imports", mine, _peak(bare.stdout), 1.5, unit="MB")


_SAY_WHAT_IS_HELD = "import pathlib; print(pathlib.Path('/proc/self/status').read_text())"


def _held(pid: int) -> float:
    return _peak(Path(f"/proc/{pid}/status").read_text())


def _peak(status: str) -> float:
    """Megabytes, in Linux's words about a process."""
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


@contextmanager
def _provider(url: str) -> Iterator[ConfiguredProvider]:
    provider = ConfiguredProvider(configure({"baseUrl": url, "apiKey": "made-up"}, {}), print)
    yield provider
    provider.close()


def _checked(provider: ConfiguredProvider, kind: str, words: Bag) -> Bag:
    naming = plan.CheckContext(provider.capabilities, f"a-{kind.lower()}", lambda digits: token_hex(digits)[:digits])
    inputs, failures = provider.check(provider.kind(kind), {}, words, naming)
    assert not failures, failures  # noqa: S101 - the benchmark's own words
    return inputs


def _made(provider: ConfiguredProvider, kind: str, words: Bag) -> State:
    return apply.create(provider.kind(kind), _checked(provider, kind, words), provider.context)

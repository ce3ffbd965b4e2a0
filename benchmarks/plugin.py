"""The plugin by itself: what a Check and a Diff cost."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import grpc
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc

from benchmarks.environment import ROOT, interpreter
from benchmarks.measure import Row, interleaved
from pulumi_managed_agents.plugin.codec import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = "pulumi_managed_agents"
URN = "urn:pulumi:dev::benchmark::managed-agents:index:Agent::reviewer"
AGENT: dict[str, Any] = {
    "model": "claude-sonnet-4-6",
    "system": "You are a code review assistant. " * 20,
    "tools": [{"type": "agent_toolset_20260401"}, {"type": "mcp_toolset", "mcpServerName": "github"}],
    "mcpServers": [{"type": "url", "name": "github", "url": "https://api.githubcopilot.com/mcp/"}],
    "metadata": {"team": "platform", "stage": "production"},
}
SCHEMA = {
    "type": "object",
    "properties": {f"p{number}": {"type": "string", "description": "What is looked for."} for number in range(6)},
    "required": ["p0"],
}
TOOLS = [
    {"type": "custom", "name": f"tool_{number}", "description": "What it does. " * 10, "inputSchema": SCHEMA}
    for number in range(20)
]
BIG = {**AGENT, "system": "Look twice. " * 5_400, "tools": [*AGENT["tools"], *TOOLS]}


@contextmanager
def served(module: str) -> Iterator[tuple[Any, subprocess.Popen[str]]]:
    """A stub of the servicer that the module serves in a process of its own, and the process."""
    command = [interpreter(), "-m", module, "127.0.0.1:1"]
    environment = {**os.environ, "PYTHONPATH": "" if module == OURS else str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd="/") as process:  # noqa: S603 - our own modules
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            with grpc.insecure_channel(f"127.0.0.1:{process.stdout.readline().strip()}") as channel:
                yield provider_pb2_grpc.ResourceProviderStub(channel), process
        finally:
            process.kill()


def check_and_diff() -> Iterator[Row]:
    """A Check and a Diff of an unchanged agent, as the engine asks for each resource of a quiet preview."""
    for title, agent, pairs, target in (("an agent", AGENT, 300, 1.3), ("20 tools and a long prompt", BIG, 60, 1.8)):
        with served(OURS) as (ours, _), served("benchmarks.echo") as (bare, _):
            inputs = ours.Check(pb.CheckRequest(urn=URN, name="reviewer", news=encode(agent), randomSeed=b"x")).inputs
            mine, theirs = interleaved(partial(_pairs, ours, inputs, pairs), partial(_pairs, bare, inputs, pairs))
        yield Row(f"Check + Diff of {title}, against an echo", mine / pairs, theirs / pairs, target)


def _pairs(stub: Any, inputs: Any, pairs: int) -> None:
    for _ in range(pairs):
        stub.Check(pb.CheckRequest(urn=URN, name="reviewer", olds=inputs, news=inputs))
        stub.Diff(pb.DiffRequest(id="agent_1", urn=URN, olds=inputs, news=inputs, old_inputs=inputs))

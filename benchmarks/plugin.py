"""The plugin by itself: what a Check and a Diff cost."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import grpc
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc

from benchmarks.measure import Row, interleaved
from pulumi_managed_agents.plugin.codec import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = 300
URN = "urn:pulumi:dev::benchmark::managed-agents:index:Agent::reviewer"
AGENT = {
    "model": "claude-sonnet-4-6",
    "system": "You are a code review assistant. " * 20,
    "tools": [{"type": "agent_toolset_20260401"}, {"type": "mcp_toolset", "mcpServerName": "github"}],
    "mcpServers": [{"type": "url", "name": "github", "url": "https://api.githubcopilot.com/mcp/"}],
    "metadata": {"team": "platform", "stage": "production"},
}


@contextmanager
def served(module: str) -> Iterator[Any]:
    """A stub of the servicer that the module serves in a process of its own."""
    command = [sys.executable, "-m", module, "127.0.0.1:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own modules
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            with grpc.insecure_channel(f"127.0.0.1:{process.stdout.readline().strip()}") as channel:
                yield provider_pb2_grpc.ResourceProviderStub(channel)
        finally:
            process.kill()


def check_and_diff() -> Row:
    """A Check and a Diff of an unchanged agent, as the engine asks for each resource of a quiet preview."""
    with served("pulumi_managed_agents") as ours, served("benchmarks.echo") as bare:
        inputs = ours.Check(pb.CheckRequest(urn=URN, name="reviewer", news=encode(AGENT), randomSeed=b"x")).inputs
        mine, theirs = interleaved(lambda: _pairs(ours, inputs), lambda: _pairs(bare, inputs))
    return Row("Check + Diff of an agent, against an echoing servicer", mine / PAIRS, theirs / PAIRS, 1.5)


def _pairs(stub: Any, inputs: Any) -> None:
    for _ in range(PAIRS):
        stub.Check(pb.CheckRequest(urn=URN, name="reviewer", olds=inputs, news=inputs))
        stub.Diff(pb.DiffRequest(id="agent_1", urn=URN, olds=inputs, news=inputs, old_inputs=inputs))

"""Values nested as deeply as a tool's input schema may be, through both front ends' own processes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from plugin.client import Client

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag

NESTED = 40
"""Objects one in the other: each is two levels of the schema, and six of the engine's messages."""


def schema(depth: int) -> Bag:
    found: Bag = {"type": "object", "properties": {"end": {"type": "string"}}}
    for _ in range(depth):
        found = {"type": "object", "properties": {"inner": found}}
    return found


def agent(depth: int, **words: Any) -> Bag:
    tool = {"type": "custom", "name": "order", "description": "d", "inputSchema": schema(depth)}
    return {"name": "a", "model": "claude-opus-5-5", "tools": [tool], **words}


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Client]:
    """The plugin as the engine starts it: in a process that never loads the whole SDK."""
    with Emulator(tmp_path / "world.emulator"):
        command = [sys.executable, "-m", "pulumi_managed_agents"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            with Client(int(process.stdout.readline())) as client:
                client.configure(emulator=str(tmp_path / "world.emulator"))
                yield client
            process.kill()


def test_deep_schemas_go_through_every_call_of_the_plugin(started: Client) -> None:
    inputs = started.check("Agent", agent(NESTED))
    id_, outputs = started.create("Agent", inputs)
    read = started.read("Agent", id_, outputs, inputs)
    difference = started.diff("Agent", outputs, agent(NESTED, system="another"))
    updated = started.update("Agent", id_, outputs, started.check("Agent", agent(NESTED, system="b"), inputs))
    started.delete("Agent", id_, updated)

    assert started.failures == {}
    assert outputs["tools"][0]["inputSchema"] == schema(NESTED)
    assert read.id == id_
    assert list(difference.diffs) == ["system"]
    assert updated["tools"] == outputs["tools"]


def test_what_is_nested_without_end_is_told_in_a_sentence(started: Client) -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        with pytest.raises(grpc.RpcError) as caught:
            started.check("Agent", agent(1000))
    finally:
        sys.setrecursionlimit(limit)

    assert caught.value.details().startswith("Something here is nested too deeply to be worked with")

"""Answers that are not what the platform answers, on the real engine: no id is lost, and nothing is read for a mark."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from core.bending import Bent
from engine.declare import agent

from pulumi_managed_agents.emulator.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.stack import Stack

    from pulumi_managed_agents.declaration.values import Bag

MARK = "4dabf18193072939515e22adb298388d"
ASSET = {MARK: "c44067f5952c0a294b673a41bacd8c17", "path": "/etc/hostname"}
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
TOOL = {"type": "custom", "name": "ask", "description": "Asks.", "input_schema": {"type": "object"}}


@contextmanager
def bending(stack: Stack, request: str, bend: Callable[[Bag], Any]) -> Iterator[Bent]:
    """The stack's world behind a server that bends what it answers."""
    with stack.emulator() as emulator, Server(bent := Bent(emulator, request=request, bend=bend), 0) as server:
        for key, value in {"baseUrl": server.url, "apiKey": "a-made-up-key", "maxRetries": "0"}.items():
            stack.configure(f"managed-agents:{key}", value)
        stack.forget("managed-agents:emulator")
        yield bent


def odd(found: Bag) -> Bag:
    """An answer that no platform gives."""
    schema = {"type": "object", "properties": {"a": ASSET, "b": UNKNOWN_TEXT}}
    tools = [{**tool, "input_schema": schema} for tool in found["tools"]]
    said = {"name": "a\ud800b", "description": ASSET, "version": 10**400, "system": UNKNOWN_TEXT, "tools": tools}
    return {
        **found,
        **said,
        "metadata": {**found["metadata"], MARK: ASSET[MARK], "path": "/etc/hostname", "noise": "\x1b[2J"},
    }


def test_an_odd_answer_loses_no_id_and_is_read_for_no_mark(stack: Stack) -> None:
    stack.declare(agent(tools=[TOOL], metadata={"team": "review"}, description="Reads.", system="Be brief."))

    with bending(stack, "/v1/agents", odd) as bent:
        made = stack.up()
        assert stack.up().operations == {"reviewer": ["update"]}
        refreshed = stack.refresh()

        state = stack.state()["reviewer"]
        assert [item["id"] for item in bent.emulator.control.objects("agents")] == [state["id"]]
        assert [word for word in ("hostname", UNKNOWN_TEXT, MARK) if word in json.dumps(state)] == []
        assert all("`name` (half of a character)" in run.output for run in (made, refreshed))

        bent.request = ""
        stack.refresh()
        stack.up()
        stack.quiet()

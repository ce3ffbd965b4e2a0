"""The provider's process is killed in mid-create: the engine keeps nothing, and the next `up` settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine.crash import kill_provider
from engine.declare import agent, environment, session
from waiting import until

if TYPE_CHECKING:
    from engine.stack import Stack


def living(stack: Stack, kind: str) -> list[str]:
    """The ids of the objects that are not archived."""
    with stack.emulator() as emulator:
        return [item["id"] for item in emulator.control.objects(kind) if not item.get("archived_at")]


@pytest.mark.parametrize("kind", ["agents", "sessions"])
def test_what_a_killed_provider_was_making_is_there_once_after_the_next_up(stack: Stack, kind: str) -> None:
    stack.declare(agent(), environment(), session())
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": f"{kind}.create", "nth": 1, "latency_seconds": 20}])
    with stack.served():
        running = stack.start("up", "--yes", "--skip-preview")
        until(lambda: living(stack, kind))
        kill_provider(running.pid)
        running.wait(timeout=90)
        (left,) = living(stack, kind)
        assert left not in stack.succeed("stack", "export").output

        run = stack.up()

        names = {"agents": "reviewer", "sessions": "review"}
        assert living(stack, kind) == [stack.id(names[kind])]
        assert "which a create that was cut off had made, was removed" in run.output
        stack.quiet()
        stack.destroy()
        assert living(stack, kind) == []

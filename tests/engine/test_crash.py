"""The command is killed while an object is being made: the state says which object it was."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from engine.declare import agent
from waiting import until

from pulumi_managed_agents.declaration.stamp import STAMP

if TYPE_CHECKING:
    from engine.stack import Stack


def test_a_create_that_was_cut_off_is_pending_in_the_state_with_the_stamp_of_its_object(stack: Stack) -> None:
    stack.declare(agent())
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "agents.create", "latency_seconds": 60}])
        running = stack.start("up", "--yes", "--skip-preview")
        try:
            until(lambda: emulator.control.objects("agents") or running.poll() is not None)
            assert running.poll() is None
        finally:
            kill(running.pid)
            running.wait(timeout=60)
        (made,) = emulator.control.objects("agents")

    stack.succeed("cancel", "--yes")
    assert "reviewer" not in stack.state()
    (pending,) = stack.deployment["pending_operations"]

    assert pending["type"] == "creating"
    assert pending["resource"]["inputs"]["name"] == made["name"]
    assert pending["resource"]["inputs"]["creationId"] == made["metadata"][STAMP]


def kill(pid: int) -> None:
    """Kills a process and everything that it started, at once."""
    family = list(descendants(pid))
    for member in family:
        try:
            os.kill(member, signal.SIGKILL)
        except ProcessLookupError:
            continue


def descendants(pid: int) -> list[int]:
    """The process first, then what it started."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            found.extend(int(child) for child in children.read_text().split())
    return found

"""The language host is killed while the provider makes something: the same command again goes on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.declare import agent, environment, session
from torture.killing.victims import strike
from waiting import until

if TYPE_CHECKING:
    from engine.stack import Stack


def test_what_was_being_made_is_there_once_after_the_next_up(stack: Stack) -> None:
    stack.declare(agent(), environment(), session())
    with stack.served():
        with stack.emulator() as emulator:
            emulator.control.faults([{"operation": "sessions.create", "latency_seconds": 2, "times": 1}])
        running = stack.start("up", "--yes", "--skip-preview")
        until(lambda: stack.objects("sessions"))
        strike("language host", running.pid)
        assert running.wait(timeout=90) != 0

        stack.up()

        (made,) = stack.objects("sessions")
        assert made["id"] == stack.id("review")
        stack.quiet()

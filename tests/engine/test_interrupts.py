"""Ctrl-C, SIGTERM and a killed engine: no wait goes on, and nothing is made that nobody would know of."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest
from engine.crash import descendants
from engine.declare import agent
from engine.yaml_stack import YamlStack
from waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from engine.stack import Stack

SOON = 5.0
"""Seconds in which a command ends that waits for nothing; the waits here are of minutes."""


def refused_for(stack: Stack, seconds: float) -> None:
    """Lets the platform answer the first create with 429 and such a wait."""
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "agents.create", "nth": 1, "status": 429, "retry_after": seconds}])


def creates(stack: Stack) -> int:
    """How many creates were sent."""
    return sum(row["operation"] == "agents.create" for row in stack.log())


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_wait_for_the_platform_ends_when_the_user_cancels(tmp_path: Path, sign: signal.Signals) -> None:
    stack = YamlStack(tmp_path)
    refused_for(stack, 120)
    stack.declare(agent())
    running = stack.start("up", "--yes", "--skip-preview")
    until(lambda: creates(stack) == 1)
    began = time.monotonic()

    running.send_signal(sign)
    running.wait(timeout=60)

    assert time.monotonic() - began < SOON
    assert running.returncode != 0
    assert creates(stack) == 1
    assert "reviewer" not in stack.state()


def test_a_provider_whose_engine_was_killed_makes_nothing_more(stack: Stack) -> None:
    refused_for(stack, 6)
    stack.declare(agent())
    running = stack.start("up", "--yes", "--skip-preview")
    until(lambda: creates(stack) == 1)
    family = [pid for pid in descendants(running.pid) if pid != running.pid]

    os.kill(running.pid, signal.SIGKILL)
    running.wait(timeout=60)

    time.sleep(8)
    assert creates(stack) == 1
    with stack.emulator() as emulator:
        assert emulator.control.objects("agents") == []
    end(family)


def end(family: list[int]) -> None:
    """Ends what is left of what the engine started."""
    for pid in family:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def test_an_answer_that_does_not_come_is_not_waited_for_after_a_cancel(tmp_path: Path) -> None:
    stack = YamlStack(tmp_path)
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "agents.create", "nth": 1, "latency_seconds": 50}])
    stack.declare(agent())
    with stack.served():
        running = stack.start("up", "--yes", "--skip-preview")
        until(lambda: creates(stack) == 1)
        began = time.monotonic()

        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)

        assert time.monotonic() - began < SOON
        assert "reviewer" not in stack.state()

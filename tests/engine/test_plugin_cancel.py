"""Ctrl-C while a session is waited for: what exists is kept, and the next update goes on from there."""

from __future__ import annotations

import signal
import subprocess
import time
from typing import TYPE_CHECKING

from engine.declare import agent, environment, session
from engine.yaml_stack import YamlStack

if TYPE_CHECKING:
    from pathlib import Path

GO = {"type": "user.message", "content": [{"type": "text", "text": "Go."}]}


def test_a_session_that_was_waited_for_is_kept_and_finished_by_the_next_update(tmp_path: Path) -> None:
    stack = YamlStack(tmp_path)
    with stack.emulator() as emulator:
        emulator.control.settings(run_ends="never")
    stack.declare(agent(), environment(), session(initial_events=[GO], wait_for_ready=True))
    engine = subprocess.Popen(
        ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive"],
        cwd=stack.folder,
        env=stack.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    deadline = time.monotonic() + 60
    while ("POST", "/v1/sessions") not in stack.requests() and time.monotonic() < deadline:
        time.sleep(0.1)

    engine.send_signal(signal.SIGINT)
    printed, _ = engine.communicate(timeout=20)

    assert engine.returncode != 0
    kept = stack.state()["review"]
    assert "cancelled" in str(kept["initErrors"]), printed
    with stack.emulator() as emulator:
        emulator.control.settings(run_ends="at once")
        emulator.control.set_status(kept["id"], "idle")
    assert stack.up().operations == {"review": ["update"]}
    assert stack.state()["review"]["id"] == kept["id"]
    assert "initErrors" not in stack.state()["review"]
    stack.quiet()

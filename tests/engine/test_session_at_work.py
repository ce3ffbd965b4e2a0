"""A session that is replaced while it is at work: the preview tells, and the deadline loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.declare import agent, environment, session

if TYPE_CHECKING:
    from engine.stack import Stack


def declare(stack: Stack, task: str) -> None:
    hello = {"type": "user.message", "content": [{"type": "text", "text": task}]}
    stack.declare(agent(), environment(), session(initial_events=[hello], delete_timeout_seconds=1))


def test_a_replacement_past_its_deadline_keeps_both_until_the_old_one_rests(stack: Stack) -> None:
    with stack.emulator() as emulator:
        emulator.control.settings(run_ends="never")
    declare(stack, "Look.")
    stack.up()
    old = stack.state()["review"]["id"]
    declare(stack, "Look again.")

    preview = stack.preview()
    failed = stack.fail("up", "--yes", "--skip-preview")

    assert f"Session {old} is running. It is to be replaced: this one gets" in preview.output
    assert "up to 1 seconds to come to rest" in preview.output
    assert "still running after 1 seconds" in failed.output
    assert "the next `pulumi up` tries again" in failed.output
    with stack.emulator() as emulator:
        sessions = {item["id"]: item for item in emulator.control.objects("sessions")}
        assert len(sessions) == 2
        assert all(item["archived_at"] is None for item in sessions.values())
        emulator.control.set_status(old, "idle")
    stack.up()
    with stack.emulator() as emulator:
        left = [item["id"] for item in emulator.control.objects("sessions") if item["archived_at"] is None]
    assert left == [stack.state()["review"]["id"]] != [old]

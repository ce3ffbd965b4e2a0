"""How a session goes: archived or deleted, and what happens while it still runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.declare import agent, environment, session

if TYPE_CHECKING:
    from engine.stack import Stack

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}


def declare_running(stack: Stack, **more: Any) -> None:
    with stack.emulator() as emulator:
        emulator.control.settings(run_ends="never")
    stack.declare(agent(), environment(), session(initial_events=[HELLO], **more))


def test_a_session_is_archived_and_deleted_only_where_that_is_wanted(stack: Stack) -> None:
    stack.declare(agent(), environment(), session("kept"), session("deleted", on_delete="delete"))
    stack.up()
    kept = stack.id("kept")
    stack.declare(agent(), environment())

    assert stack.up().operations == {"kept": ["delete"], "deleted": ["delete"]}

    with stack.emulator() as emulator:
        left = emulator.control.objects("sessions")
    assert [(item["id"], item["archived_at"] is None) for item in left] == [(kept, False)]


def test_a_running_session_is_waited_for_and_then_left_with_what_to_do(stack: Stack) -> None:
    declare_running(stack, delete_timeout_seconds=1)
    stack.up()

    refused = stack.fail("destroy", "--yes", "--skip-preview")

    assert stack.words("set `interruptOnDelete` to end its work") in refused.output
    assert "review" in stack.state()
    with stack.emulator() as emulator:
        emulator.control.set_status(stack.id("review"), "idle")
    stack.destroy()


def test_a_running_session_is_interrupted_where_that_is_wanted(stack: Stack) -> None:
    declare_running(stack, interrupt_on_delete=True)
    stack.up()
    mark = stack.mark()

    stack.destroy()

    about = [row["operation"] for row in stack.log(mark) if (row["operation"] or "").startswith("sessions.")]
    assert about == ["sessions.archive", "sessions.retrieve", "sessions.events.send", "sessions.archive"]

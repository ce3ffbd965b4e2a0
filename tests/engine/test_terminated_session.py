"""A session that has terminated is left: the preview shows a replacement, and `up` makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.declare import agent, environment, session

if TYPE_CHECKING:
    from engine.stack import Stack


def test_a_terminated_session_is_replaced_as_the_preview_says(stack: Stack) -> None:
    stack.declare(agent(), environment(), session(title="as it was"))
    stack.up()
    old = stack.id("review")
    with stack.emulator() as emulator:
        emulator.control.set_status(old, "terminated")
    assert "The next `pulumi up` replaces it" in stack.succeed("refresh", "--yes").output

    assert "replace" in stack.preview().operations["review"]
    assert "replace" in stack.up().operations["review"]

    assert stack.id("review") != old
    stack.quiet()
    with stack.emulator() as emulator:
        living = [item["id"] for item in emulator.control.objects("sessions") if not item["archived_at"]]
    assert living == [stack.id("review")]

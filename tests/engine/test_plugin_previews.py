"""The plugin's previews: every change at its path and of its kind, and what is kept when half of an update fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine.declare import agent, environment, ref, repository, session

if TYPE_CHECKING:
    from engine.stack import Stack

pytestmark = pytest.mark.front_end("plugin")


def test_a_second_request_that_fails_keeps_what_the_first_did_and_the_next_update_does_the_rest(stack: Stack) -> None:
    def declare(title: str, token: str) -> None:
        stack.declare(
            agent(),
            environment(),
            repository("app", authorization_token=token),
            session(title=title, resources=[ref("app")]),
        )

    declare("before", "token-of-last-week")
    stack.up()
    kept = stack.id("review")
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "sessions.resources.update", "every": 1, "status": 400}])
    declare("after", "token-of-this-week")

    failed = stack.fail("up", "--yes", "--skip-preview")

    assert "request id req_" in failed.output
    assert stack.id("review") == kept
    with stack.emulator() as emulator:
        emulator.control.clear_faults()
    mark = stack.mark()
    assert stack.up().operations["review"] == ["update"]
    assert [row["operation"] for row in stack.log(mark)] == ["sessions.resources.update"]
    stack.quiet()

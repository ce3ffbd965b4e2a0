"""The guide about crashes: a command is killed while the platform makes a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.crash import killed
from walks.scenes import configure
from walks.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack

GUIDE = "docs/guides/after-a-crash.md"


def test_after_a_crash(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-yaml")
    (stack.emulator_path,) = stack.emulators
    configure(stack, "githubToken")
    with Walk(GUIDE, stack) as reader:
        killed(stack, "sessions.create")
        (session,) = stack.objects("sessions")
        reader.run()
        assert stack.id("review") == session["id"]
        assert len(stack.objects("sessions")) == 1
        stack.quiet()
        assert reader.run() == ""

"""Run with `pytest`: what this stack creates, and that a rotated token never ends the session at work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_managed_agents.testing.platform import EmulatedPlatform
    from pulumi_managed_agents.testing.plugin import MakeStack, Rotate

PROGRAM = Path(__file__).parent


def test_a_rotated_token_reaches_the_running_session(
    managed_agents_stack: MakeStack, managed_agents_emulator: EmulatedPlatform, rotate: Rotate
) -> None:
    stack = managed_agents_stack(PROGRAM, secrets=("githubToken",))

    first = stack.up()
    assert first.created == {"sandbox", "code-reviewer", "app", "review"}

    rotated = rotate(stack, "githubToken")
    assert rotated.updated == {"app", "review"}
    assert rotated.replaced == frozenset()
    assert rotated.outputs == first.outputs
    # One request, to the mount on the running session.
    (request,) = rotated.requests
    assert request.startswith(f"POST /v1/sessions/{first.outputs['session']}/resources/")

    (session,) = managed_agents_emulator.objects("sessions")
    assert session["archived_at"] is None


def test_another_mount_path_is_a_new_session_and_the_preview_says_so(managed_agents_stack: MakeStack) -> None:
    stack = managed_agents_stack(PROGRAM, secrets=("githubToken",))
    stack.up()

    program = (PROGRAM / "__main__.py").read_text()
    stack.write("__main__.py", program.replace('mount_path="/workspace/app"', 'mount_path="/workspace/other"'))

    preview = stack.preview()
    assert preview.replaced == {"app", "review"}
    assert preview.requests == ()

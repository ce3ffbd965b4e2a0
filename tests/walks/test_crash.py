"""The guide about crashes: a command is killed while the platform makes a session, and a vault is in no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import outside
from engine.crash import exported, killed
from walks.scenes import configure
from walks.walk import Walk

from pulumi_managed_agents.declaration.stamp import STACK_ID, STAMP, Origin

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

        stack.environment["ID"] = lost(stack)
        reader.run(refused=True)
        reader.run()
        (vault,) = stack.objects("vaults")
        assert vault["archived_at"]


def lost(stack: ExampleStack) -> str:
    """The id of a vault with the stack's stamp, and in nobody's state."""
    resources = exported(stack)["resources"]
    (provider,) = (entry for entry in resources if entry["type"] == "pulumi:providers:managed-agents")
    stamp = Origin(resources[0]["urn"], provider["inputs"][STACK_ID]).stamp("0" * 24)
    with stack.emulator() as emulator:
        made = outside.post(emulator, "/v1/vaults", display_name="spare keys", metadata={STAMP: stamp})
    return str(made["id"])

"""The guide about the two platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.rows import PLATFORMS
from walks.scenes import LAST_WEEK, configure, with_properties
from walks.walk import Walk

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from examples.example_stack import ExampleStack

SPEED = {"id": "claude-sonnet-4-6", "speed": "fast"}
ALONE = {"type": "agent_toolset_20260401", "defaultConfig": {"permissionPolicy": {"type": "auto"}}}


def test_two_platforms(example: Callable[..., ExampleStack]) -> None:
    stack, both = example("quickstart-yaml"), example("both-platforms-python", "claude")
    for each in (stack, both):
        configure(each, "githubToken")
    both.up()
    with Walk("docs/guides/two-platforms.md", stack) as reader:
        reader.run(LAST_WEEK)
        with_properties(stack, "code-reviewer", {"model": SPEED, "tools": [ALONE], "mcpServers": []})
        reader.run(refused=True)

        stack.configure("managed-agents:platform", "claude")
        with_properties(stack, "sandbox", {"config": {"type": "cloud", "setupScript": "make"}})
        reader.see(stack.fail("preview").output)

        reader.go_on(both)
        reader.run(LAST_WEEK)
    assert living(both.emulators[0]) == {"claude": 0, "qoder": 3}


def living(world: Path) -> dict[str, int]:
    """How many objects each platform has."""
    with Emulator(world) as emulator:
        return {
            platform: sum(
                not item["archived_at"]
                for kind in ("agents", "environments", "sessions")
                for item in emulator.control.on(platform).objects(kind)
            )
            for platform in PLATFORMS
        }

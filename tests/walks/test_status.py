"""The guide about seeing what runs: a stack is looked at in a terminal, in a file, and as a page."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING

from walks.scenes import WORLD, configure
from walks.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack

GUIDE = "docs/guides/status.md"


def test_what_runs_is_seen(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-yaml")
    stack.emulator_path = stack.folder / WORLD
    configure(stack, "githubToken")
    stack.configure("managed-agents:emulator", WORLD)
    stack.up()
    stack.environment["ID"] = stack.id("review")
    with Walk(GUIDE, stack) as reader:
        assert "review" in reader.run()
        reader.run()
        told = json.loads((stack.folder / "status.json").read_text())
        assert {thing["kind"] for thing in told["things"]} >= {"Agent", "Environment", "Session"}
        with reader.start() as address, urllib.request.urlopen(address) as page:  # noqa: S310 - loopback, as printed
            assert "review" in page.read().decode()
        reader.run()

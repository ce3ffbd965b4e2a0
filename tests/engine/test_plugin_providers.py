"""Provider instances: their own accounts, keys that are made or rotated, and what is left when the engine dies."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from engine.declare import agent
from engine.yaml_stack import YamlStack, provider

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE, OTHER = "key-of-one-account", "key-of-the-other-account"


pytestmark = pytest.mark.front_end("plugin")


@pytest.fixture
def platforms(tmp_path: Path) -> Iterator[tuple[Emulator, Emulator]]:
    """Two accounts, each on an emulator of its own."""
    with Emulator(tmp_path / "one.emulator") as one, Emulator(tmp_path / "other.emulator") as other:
        yield one, other


def through(name: str) -> dict[str, object]:
    return {"provider": {"$ref": name, "whole": True}}


def secret(text: str) -> dict[str, str]:
    return {"$secret": text}


def test_two_instances_reach_two_accounts(stack: YamlStack, platforms: tuple[Emulator, Emulator]) -> None:
    stack.secrets |= {ONE, OTHER}
    one, other = platforms
    with one.serve() as first, other.serve() as second:
        stack.declare(
            provider("one", api_key=secret(ONE), base_url=first.url, emulator=""),
            provider("other", api_key=secret(OTHER), base_url=second.url, emulator=""),
            agent("here", options=through("one")),
            agent("there", options=through("other")),
        )
        stack.up()

        assert [item["name"] for item in one.control.objects("agents")] == ["here"]
        assert [item["name"] for item in other.control.objects("agents")] == ["there"]

        stack.declare(
            provider("one", api_key=secret("a-rotated-key"), base_url=first.url, emulator=""),
            provider("other", api_key=secret(OTHER), base_url=second.url, emulator=""),
            agent("here", options=through("one")),
            agent("there", options=through("other")),
        )
        rotated = stack.up()
        assert set(rotated.operations) <= {"one"}
        stack.destroy()

    stack.search_files()
    assert all(item["archived_at"] for item in [*one.control.objects("agents"), *other.control.objects("agents")])


def test_a_key_that_another_resource_makes_is_unknown_in_the_first_preview(
    stack: YamlStack, platforms: tuple[Emulator, Emulator]
) -> None:
    one, _ = platforms
    with one.serve() as server:
        stack.declare(
            provider("seed", emulator="seed.emulator"),
            agent("maker", options=through("seed")),
            provider("made", api_key={"$ref": "maker.id"}, base_url=server.url, emulator=""),
            agent("there", options=through("made")),
        )
        stack.preview()
        stack.up()

        assert [item["name"] for item in one.control.objects("agents")] == ["there"]
        stack.quiet()
        stack.destroy()


def test_a_killed_engine_leaves_no_plugin_behind(stack: YamlStack) -> None:
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "agents.create", "every": 1, "latency_seconds": 3.0}])
    stack.declare(agent())
    engine = subprocess.Popen(
        ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive"],
        cwd=stack.folder,
        env=stack.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    while not plugins_of(stack) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert plugins_of(stack)

    engine.send_signal(signal.SIGKILL)
    engine.wait(timeout=60)

    deadline = time.monotonic() + 10
    while plugins_of(stack) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert plugins_of(stack) == []


def plugins_of(stack: YamlStack) -> list[int]:
    """The plugin processes that work in the stack's folder."""
    found = []
    for process in (path for path in Path("/proc").iterdir() if path.name.isdigit()):
        try:
            here, line = (process / "cwd").readlink() == stack.folder, (process / "cmdline").read_bytes()
        except OSError:
            continue
        if here and b"pulumi_managed_agents" in line:
            found.append(int(process.name))
    return found

"""A provider is killed and its disk is gone: what it made is in no state, and is found by the stack's own stamps."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from engine.crash import kill_provider, pulumi
from engine.declare import agent, environment, row, session
from waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from engine.stack import Stack


def orphans(stack: Stack, *options: str, state: bytes | None = None) -> tuple[int, Any, str]:
    """The command on the stack's state: its code, what it lists, and what it tells."""
    exported = pulumi(stack, "stack", "export") if state is None else state
    command = [sys.executable, "-m", "pulumi_managed_agents.cli", "orphans", "--json", *options]
    done = subprocess.run(
        [*command, "--emulator", stack.emulator_path.name, "--platform", stack.platform],
        cwd=stack.folder,
        env=stack.environment,
        input=exported,
        check=False,
        capture_output=True,
        timeout=120,
    )
    return done.returncode, json.loads(done.stdout or b"null"), done.stderr.decode()


def living(stack: Stack, collection: str) -> set[str]:
    """The ids of the objects that are not archived."""
    return {item["id"] for item in stack.objects(collection) if not item.get("archived_at")}


def lose(stack: Stack, collection: str, operation: str, disk: Path) -> str:
    """The id of what a create made whose provider was killed, and whose journal nobody has any more."""
    stack.environment["XDG_STATE_HOME"] = str(disk / "lost")
    before = living(stack, collection)
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": operation, "latency_seconds": 20, "times": 1}])
    with stack.served():
        running = stack.start("up", "--yes", "--skip-preview")
        until(lambda: living(stack, collection) - before)
        kill_provider(running.pid)
        running.wait(timeout=90)
    stack.configure("managed-agents:emulator", stack.emulator_path.name)
    stack.forget("managed-agents:baseUrl")
    stack.forget("managed-agents:apiKey")
    stack.environment["XDG_STATE_HOME"] = str(disk / "new")
    (lost,) = living(stack, collection) - before
    return lost


@pytest.mark.front_end("plugin")
def test_what_no_state_knows_of_is_found_and_removed_by_its_id(stack: Stack, tmp_path: Path) -> None:
    stack.declare(agent(), environment())
    stack.up()
    assert orphans(stack) == (0, [], "")
    stack.declare(agent(), environment(), session())
    lost = lose(stack, "sessions", "sessions.create", tmp_path)
    stack.up()
    (kept,) = living(stack, "sessions") - {lost}

    code, (found,), _ = orphans(stack)
    assert (code, found["kind"], found["id"], found["removable"]) == (3, "Session", lost, True)
    assert orphans(stack, "--remove", kept)[0] == 1
    assert living(stack, "sessions") == {lost, kept}
    assert orphans(stack, "--remove", lost)[0] == 0

    assert orphans(stack) == (0, [], "")
    assert living(stack, "sessions") == {kept}
    stack.quiet()


@pytest.mark.front_end("plugin")
def test_a_renamed_stack_and_a_copy_lose_nothing(stack: Stack, tmp_path: Path) -> None:
    stack.declare(row("Vault")("keys"))
    stack.up()
    (kept,) = living(stack, "vaults")
    stack.succeed("stack", "rename", "prod")
    stack.stack = "prod"
    assert orphans(stack) == (0, [], "")
    stack.declare(row("Vault")("keys"), row("Vault")("more"))
    lost = lose(stack, "vaults", "vaults.create", tmp_path)
    stack.up()

    code, (found,), _ = orphans(stack)

    assert (code, found["id"]) == (3, lost)
    copied = pulumi(stack, "stack", "export").replace(b"urn:pulumi:prod::", b"urn:pulumi:copy::")
    assert orphans(stack, state=copied) == (0, [], "")
    assert orphans(stack, "--remove", lost)[0] == 0
    assert living(stack, "vaults") == {kept, stack.id("more")}


@pytest.mark.front_end("dynamic")
def test_what_the_python_classes_lost_is_listed_and_stays(stack: Stack, tmp_path: Path) -> None:
    stack.declare(row("Vault")("keys"))
    lost = lose(stack, "vaults", "vaults.create", tmp_path)
    stack.up()

    code, (found,), _ = orphans(stack)
    assert (code, found["id"], found["removable"]) == (3, lost, False)
    code, _, told = orphans(stack, "--remove", lost)

    assert code == 1
    assert "know no id of their stack" in told
    assert lost in living(stack, "vaults")

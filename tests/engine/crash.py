"""The engine is killed while a request is under way, and what a user does then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waiting import until

if TYPE_CHECKING:
    from engine.stack import Stack

LONG = 60


def kill(pid: int) -> None:
    """Kills a process and everything that it started, at once."""
    family = list(descendants(pid))
    for member in family:
        try:
            os.kill(member, signal.SIGKILL)
        except ProcessLookupError:
            continue


def descendants(pid: int) -> list[int]:
    """The process first, then what it started."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            found.extend(int(child) for child in children.read_text().split())
    return found


def cut_off(stack: Stack, *operations: str, command: str = "up") -> None:
    """Kills a command as `killed` does, and takes its lock away."""
    killed(stack, *operations, command=command)
    stack.succeed("cancel", "--yes")


def killed(stack: Stack, *operations: str, command: str = "up") -> None:
    """Kills a command as soon as the platform has done one of each of the operations, and before it says so."""
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": name, "latency_seconds": LONG} for name in operations])
        mark = stack.mark()

        def done() -> bool:
            seen = {row["operation"] for row in emulator.control.requests(mark)}
            return seen.issuperset(operations)

        running = stack.start(command, "--yes", "--skip-preview")
        try:
            until(lambda: done() or running.poll() is not None)
            assert running.poll() is None
        finally:
            kill(running.pid)
            running.wait(timeout=60)
        emulator.control.clear_faults()


PROVIDERS = ("-m pulumi_managed_agents", "-m pulumi.dynamic")
"""What the command line of a provider's process says."""


def kill_provider(engine: int) -> None:
    """Kills the processes of our provider that the engine started."""
    for pid in descendants(engine):
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if any(name in line for name in PROVIDERS):
                os.kill(pid, signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            continue


def recover(stack: Stack, *options: str, code: int = 0, shown: bool = False) -> str:
    """`pulumi stack export | managed-agents recover | pulumi stack import`; what it told."""
    exported = pulumi(stack, "stack", "export", *(["--show-secrets"] if shown else []))
    done = subprocess.run(
        [sys.executable, "-m", "pulumi_managed_agents.cli", "recover", *(options or target(stack))],
        cwd=stack.folder,
        env=stack.environment,
        input=exported,
        check=False,
        capture_output=True,
        timeout=120,
    )
    told = done.stderr.decode()
    assert done.returncode == code, told
    if done.stdout:
        pulumi(stack, "stack", "import", given=done.stdout)
    return told


def target(stack: Stack) -> list[str]:
    """The options that lead the command to the stack's platform."""
    return ["--emulator", stack.emulator_path.name, "--platform", stack.platform]


def pulumi(stack: Stack, *arguments: str, given: bytes = b"") -> bytes:
    """What a command that has to work prints."""
    done = subprocess.run(
        ["pulumi", *arguments, "--non-interactive"],
        cwd=stack.folder,
        env=stack.environment,
        input=given,
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def exported(stack: Stack) -> dict[str, Any]:
    """The deployment, as the engine itself exports it."""
    deployment: dict[str, Any] = json.loads(pulumi(stack, "stack", "export"))["deployment"]
    return deployment

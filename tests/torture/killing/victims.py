"""Who is killed, and how he is found among the processes of a command."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Final

from engine.crash import descendants

VICTIMS: Final = {
    "engine": "",
    "provider": "-m pulumi_managed_agents|-m pulumi.dynamic",
    "language host": "pulumi-language-",
}
"""What stands in the command line of each; the engine is the command itself."""


def strike(victim: str, command: int) -> dict[int, str]:
    """Kills the victim and nobody else; the processes of the command with what they are, as they were before."""
    family = {pid: words for pid in descendants(command) if (words := _words(pid))}
    struck = [command] if victim == "engine" else [pid for pid, words in family.items() if _is(victim, words)]
    assert struck, f"there is no {victim}"
    for pid in struck:
        os.kill(pid, signal.SIGKILL)
    return family


def end(family: dict[int, str]) -> None:
    """Ends those that are left: a Python provider outlives its engine, idle, until somebody comes."""
    for pid, words in family.items():
        if words == _words(pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _is(victim: str, words: str) -> bool:
    return any(part in words for part in VICTIMS[victim].split("|")) and "language-python-exec" not in words

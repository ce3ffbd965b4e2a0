"""Who is killed, and how he is found among the processes of a command."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final

from engine.crash import descendants

VICTIMS: Final = {
    "engine": "",
    "provider": "-m pulumi_managed_agents|-m pulumi.dynamic",
    "language host": "pulumi-language-",
}
"""What stands in the command line of each; the engine is the command itself."""


def strike(victim: str, command: int) -> int:
    """Kills the victim and nobody else; how many processes that were."""
    family = descendants(command)
    struck = [command] if victim == "engine" else [pid for pid in family[1:] if _is(victim, pid)]
    for pid in struck:
        os.kill(pid, signal.SIGKILL)
    return len(struck)


def _is(victim: str, pid: int) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return False
    return any(part in words for part in VICTIMS[victim].split("|")) and "language-python-exec" not in words

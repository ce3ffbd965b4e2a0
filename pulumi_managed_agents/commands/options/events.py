"""What `managed-agents events` takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .target import add_target

if TYPE_CHECKING:
    import argparse


def add(events: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    events.description = (
        "Prints what has happened in a session, a line for each event, the oldest first. With the configuration of "
        "the stack in whose folder it runs, if it is in one, and the environment. Exit code 0: all of it is told, and "
        "with --follow the session has ended; 1: it cannot be told, for the reason that is."
    )
    events.add_argument("session", metavar="SESSION", help="the session's id")
    events.add_argument(
        "--follow", action="store_true", help="go on with what happens, until the session has ended or an interrupt"
    )
    events.add_argument("--json", action="store_true", help="each event as the API has it, as JSON on one line")
    events.add_argument("--types", nargs="+", default=[], metavar="TYPE", help="only these, such as agent.message")
    events.add_argument(
        "--since", metavar="TIME", help="only from then on: RFC 3339, or a while ago as in 30m, 2h or 3d"
    )
    events.add_argument("--stack", help="the stack (default: the selected one)")
    events.add_argument("--cwd", type=Path, default=Path(), help="the folder of the program (default: this one)")
    add_target(events)

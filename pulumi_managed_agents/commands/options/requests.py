"""What `managed-agents requests` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .world import add_world

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.description = (
        "Prints the requests that the emulator in the file got, oldest first. Exit code 0: these are all; 1: there is "
        "no emulator in the file."
    )
    add_world(parser)
    parser.add_argument("--follow", action="store_true", help="go on with those that come, until it is interrupted")
    parser.add_argument("--json", action="store_true", help="as JSON; with --follow an object on each line")

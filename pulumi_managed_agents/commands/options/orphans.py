"""What `managed-agents orphans` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .target import add_target

if TYPE_CHECKING:
    import argparse


def add(orphans: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    orphans.description = (
        "Reads `pulumi stack export` from standard input and looks through all that the platform has. Exit code 0: "
        "there is nothing, or all of it was removed; 3: there is something; 1: not everything could be looked at or "
        "removed; 2: the input is no exported state."
    )
    orphans.add_argument("--json", action="store_true", help="as JSON")
    orphans.add_argument(
        "--remove", nargs="+", default=[], metavar="ID", help="remove these, of what is found; running sessions end"
    )
    add_target(orphans)

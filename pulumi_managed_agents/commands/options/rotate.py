"""What `managed-agents rotate` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add(rotate: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    rotate.description = (
        "Looks into the stack's state for tokens in the last third of their life, and updates them and what uses "
        "them. Exit code 0: nothing was due, or all of it was renewed; 1: something failed; with --detailed-exit-code "
        "also 3: something was renewed."
    )
    rotate.add_argument("--stack", help="the stack (default: the selected one)")
    rotate.add_argument("--cwd", default=".", help="the folder of the program")
    rotate.add_argument("--dry-run", action="store_true", help="say what is due, and change nothing")
    rotate.add_argument("--detailed-exit-code", action="store_true", help="end with 3 when something was renewed")
    rotate.add_argument("--json", action="store_true", help="what was due, and whether it was renewed, as JSON")

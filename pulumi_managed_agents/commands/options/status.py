"""What `managed-agents status` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .observed import add_observed, seconds

if TYPE_CHECKING:
    import argparse

WATCHED_SECONDS: Final = 15.0


def add(status: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    status.description = (
        "Looks at what runs: the objects of a stack, or of exported states, beside what the platform says now, with "
        "what needs somebody first. Nothing is changed. Exit code 0: all is well; 3: something needs attention; 1: "
        "not everything could be looked at; 2: the states cannot be used."
    )
    status.add_argument("--json", action="store_true", help="as JSON")
    status.add_argument("--all", action="store_true", help="every object, and not the first of each kind")
    status.add_argument(
        "--watch",
        nargs="?",
        type=seconds(1),
        const=WATCHED_SECONDS,
        metavar="SECONDS",
        help=f"look again and again, until it is interrupted (default: every {WATCHED_SECONDS:g} seconds)",
    )
    add_observed(status)

"""What `managed-agents recover` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .target import add_target

if TYPE_CHECKING:
    import argparse


def add(recover: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    recover.description = (
        "Reads `pulumi stack export` from standard input and writes the state for `pulumi stack import`; run `pulumi "
        "refresh` afterwards. The platform is the one of the environment, or the emulator's. Exit code 0: every create "
        "is settled; 1: some cannot be, and why: nothing is written; 2: the input cannot be used."
    )
    recover.add_argument(
        "--made",
        nargs=2,
        action="append",
        default=[],
        metavar=("URN", "ID"),
        help="what a create made, where you know better",
    )
    recover.add_argument(
        "--not-made", action="append", default=[], metavar="URN", help="a create that made nothing, as you know"
    )
    recover.add_argument(
        "--partly",
        action="store_true",
        help="write the state although some creates cannot be settled: for another `managed-agents recover`, since "
        "`pulumi stack import` drops them",
    )
    recover.add_argument(
        "--json",
        action="store_true",
        help="what became of each create as JSON, on standard error: the state is the result",
    )
    add_target(recover)

"""What `managed-agents import` takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...importing.kinds import CONFIGURATION, TUNNELS, USERS, WORK
from .target import add_target

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.description = (
        "Reads only: nothing is created or changed on the platform. No secret is written; those that the program needs "
        "become secrets of the configuration. Exit code 0: it is listed or written; 1: it cannot be, and why."
    )
    add_target(parser)
    parser.add_argument(
        "--kind", action="append", default=[], choices=(*CONFIGURATION, *WORK, *USERS, *TUNNELS), help="only this kind"
    )
    parser.add_argument(
        "--name",
        dest="pattern",
        action="append",
        default=[],
        metavar="PATTERN",
        help="only what is called so (`web-*`)",
    )
    parser.add_argument("--id", action="append", default=[], help="this object")
    parser.add_argument("--sessions", action="store_true", help="sessions too, but for those of deployments")
    parser.add_argument("--from-ant", type=Path, metavar="FOLDER", help="a checkout of `ant apply`, with its lock file")
    parser.add_argument("--language", choices=("yaml", "python"), default="yaml", help="the program's (default: yaml)")
    parser.add_argument("--prose", action="store_true", help="system prompts and memories as Markdown files")
    parser.add_argument("--force", action="store_true", help="overwrite files that are there")
    parser.add_argument("--json", action="store_true", help="with --list: as JSON")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, help="the folder for the project")
    what.add_argument("--list", action="store_true", help="only list what would be taken over")

"""The options that say which stacks are looked at."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .target import add_target

if TYPE_CHECKING:
    from collections.abc import Callable

STANDARD_INPUT: Final = "-"


def add_observed(parser: argparse.ArgumentParser) -> None:
    """Adds them."""
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="states that `pulumi stack export` wrote, `-` for standard input (default: the stack of this folder)",
    )
    parser.add_argument("--stack", help="the stack (default: the selected one)")
    parser.add_argument("--cwd", type=Path, default=Path(), help="the folder of the program (default: this one)")
    add_target(parser)


def seconds(least: float) -> Callable[[str], float]:
    """What takes a number of seconds from the command line."""

    def read(text: str) -> float:
        try:
            found = float(text)
        except ValueError:
            found = 0.0
        if not least <= found <= _DAY:
            raise argparse.ArgumentTypeError(f"must be a number of seconds from {least:g} to {_DAY}")
        return found

    return read


_DAY: Final = 86_400

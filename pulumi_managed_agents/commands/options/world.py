"""The options that name the file of an emulator's world."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_world(parser: argparse.ArgumentParser, *, default: str = "") -> None:
    """Adds the options that name a world: its file, alone or as every other command takes it."""
    text = f"the file of the emulator (default: {default})" if default else "the file of the emulator"
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=text)
    parser.add_argument("--emulator", "--file", type=Path, metavar="FILE", help="the same")
    parser.set_defaults(world=default)

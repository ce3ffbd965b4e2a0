"""What `managed-agents emulator` takes."""

from __future__ import annotations

import argparse
from typing import Final

from .world import add_world

HIGHEST_PORT: Final = 65535


def add(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.description = (
        "Serves the emulator in the file, which is made if it is not there, and prints its address. Exit code 0: it "
        "was ended, by an interrupt; 1: the file or the port cannot be used."
    )
    add_port(parser)
    add_world(parser, default="managed-agents.emulator")


def add_port(parser: argparse.ArgumentParser) -> None:
    """Adds the option that says where a page is served."""
    parser.add_argument("--port", type=_port, default=0, help="the port on this machine (default: a free one)")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"must be a number from 0 to {HIGHEST_PORT}")
    return int(text)

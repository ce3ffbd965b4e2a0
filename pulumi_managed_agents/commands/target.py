"""Which platform a command talks to: the environment's, or an emulator's file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .. import apply
from ..platforms.connect import connect, connect_github
from ..platforms.settings import Configuration, configure

if TYPE_CHECKING:
    import argparse


def add_target(parser: argparse.ArgumentParser) -> None:
    """Adds the options that choose a platform."""
    parser.add_argument("--platform", choices=("claude", "qoder"), help="the platform (default: claude)")
    parser.add_argument("--emulator", type=Path, help="the file of an emulator, in place of a platform")


def configuration(options: argparse.Namespace) -> Configuration:
    """The settings: what the options say, then the environment."""
    given = {"platform": options.platform, "emulator": str(options.emulator) if options.emulator else None}
    return configure(given, os.environ)


def context(options: argparse.Namespace) -> apply.Context:
    """The platform, ready to be asked."""
    settings = configuration(options)
    return apply.Context(connect(settings), say, beside=connect_github(settings))


def say(text: str) -> None:
    """Tells the user something that is no result."""
    print(text, file=sys.stderr)

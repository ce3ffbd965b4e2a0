"""The options that choose a platform."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

EMULATOR: Final = "--emulator"


def add_target(parser: argparse.ArgumentParser) -> None:
    """Adds the options that choose a platform."""
    parser.add_argument("--platform", choices=("claude", "qoder"), help="the platform (default: claude)")
    parser.add_argument(
        "--place",
        choices=("hosted", "self-hosted", "aws", "google-cloud", "global", "cn"),
        help="where it runs (default: hosted, or global for qoder)",
    )
    parser.add_argument(EMULATOR, type=Path, metavar="FILE", help="the file of an emulator, in place of a platform")

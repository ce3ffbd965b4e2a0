"""What `managed-agents ui` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .emulator import add_port
from .observed import add_observed, seconds

if TYPE_CHECKING:
    import argparse

PLATFORM_SECONDS: Final = 15.0
EMULATOR_SECONDS: Final = 1.0


def add(ui: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    ui.description = (
        "Serves a page on this machine that shows what `managed-agents status` does, and prints its address. It "
        "changes nothing, and asks the platform for as long as somebody has the page open. Exit code 0: it was ended, "
        "by an interrupt; 1: the port cannot be used; 2: the states cannot be used."
    )
    add_port(ui)
    ui.add_argument(
        "--every",
        type=seconds(1),
        metavar="SECONDS",
        help=f"how often to look (default: {PLATFORM_SECONDS:g}, with an emulator {EMULATOR_SECONDS:g})",
    )
    add_observed(ui)

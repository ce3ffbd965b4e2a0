"""What `managed-agents doctor` takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .target import add_target

if TYPE_CHECKING:
    import argparse


def add(doctor: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    doctor.description = (
        "Looks whether everything is in place, with the configuration of the stack in whose folder it runs, if it is "
        "in one, and the environment. Exit code 0: all is well; 1: something is not, with what to do about it."
    )
    doctor.add_argument("--stack", help="the stack (default: the selected one)")
    doctor.add_argument("--cwd", type=Path, default=Path(), help="the folder of the program (default: this one)")
    doctor.add_argument("--json", action="store_true", help="as JSON")
    add_target(doctor)

"""Colour for a person at a terminal, and for nobody else."""

from __future__ import annotations

import os
import sys
from typing import Final, Literal

from ..printable import printable

Tone = Literal["bad", "warn", "good", "dim", "strong"]

_CODES: Final[dict[Tone, str]] = {"bad": "31", "warn": "33", "good": "32", "dim": "2", "strong": "1"}


def is_coloured() -> bool:
    """Whether standard output takes colour: a terminal, unless its user wants none (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show_in(tone: Tone | None, text: str) -> None:
    """Writes a line of the result, in a tone where that is to be seen."""
    line = printable(text)
    coloured = f"\x1b[{_CODES[tone]}m{line}\x1b[0m" if tone and is_coloured() else line
    sys.stdout.write(f"{coloured}\n")


def clear() -> None:
    """Begins the screen anew, or sets what follows apart."""
    sys.stdout.write("\x1b[H\x1b[2J\x1b[3J" if sys.stdout.isatty() else "\n")

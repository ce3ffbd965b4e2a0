"""A table for a terminal, its columns one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..printable import printable
from .output import show

if TYPE_CHECKING:
    from collections.abc import Sequence


def print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Prints the rows, the first of which names the columns."""
    show(*lines_of(rows))


def lines_of(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The rows as lines that a terminal may show."""
    shown = [tuple(map(printable, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown]

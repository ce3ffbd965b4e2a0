"""Medians of repeated timings, and the table they are shown in."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

REPETITIONS = 5


@dataclass(frozen=True)
class Row:
    """One comparison of ours and the bare code, in seconds or another unit; the ratio is what counts."""

    name: str
    ours: float
    bare: float
    target: float | None
    note: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How many times the bare code's time ours takes."""
        return self.ours / self.bare

    def line(self) -> str:
        """The row as text."""
        target = f"<= {self.target}" if self.target else "-"
        figures = f"{self.ours:9.3f} {self.bare:9.3f} {self.unit:2} {self.ratio:6.2f}"
        return f"{self.name:60} {figures} {target:>7}  {self.note}"

    def markdown(self) -> str:
        """The row of a table."""
        target = f"≤ {self.target}" if self.target else ""
        figures = f"{self.ours:.3f} | {self.bare:.3f} | {self.unit} | {self.ratio:.2f}"
        return f"| {self.name} | {figures} | {target} | {self.note} |"


MARKDOWN_HEADER = """| what, against what | ours | bare | unit | ratio | wanted | |
| --- | --- | --- | --- | --- | --- | --- |"""

HEADER = f"{'':60} {'ours':>9} {'bare':>9}    {'ratio':>6} {'target':>7}"


def median(work: Callable[[], float | None], repetitions: int = REPETITIONS) -> float:
    """The median time of the work in seconds; work that returns a number has timed itself."""
    times = []
    for _ in range(repetitions):
        began = time.perf_counter()
        said = work()
        times.append(time.perf_counter() - began if said is None else said)
    return statistics.median(times)


def interleaved(ours: Callable[[], float | None], bare: Callable[[], float | None]) -> tuple[float, float]:
    """Medians of both, taken in turns, so that a slow moment of the machine meets both."""
    mine, theirs = [], []
    for _ in range(REPETITIONS):
        mine.append(median(ours, 1))
        theirs.append(median(bare, 1))
    return statistics.median(mine), statistics.median(theirs)

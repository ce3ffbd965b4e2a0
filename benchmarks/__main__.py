"""`python -m benchmarks [--json]`: one table of ratios."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from typing import TYPE_CHECKING

from benchmarks.creates import creates
from benchmarks.limits import limits
from benchmarks.measure import HEADER, REPETITIONS
from benchmarks.plugin import check_and_diff
from benchmarks.sizes import sizes
from benchmarks.stacks import stacks
from benchmarks.start import starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Row


def rows() -> Iterator[Row]:
    """Every comparison, quick ones first."""
    yield from check_and_diff()
    yield from starts()
    yield from stacks()
    yield from sizes()
    yield from creates()
    yield from limits()


def main(arguments: list[str]) -> None:
    """Prints each row as soon as it is measured, or all of them as JSON."""
    if "--json" in arguments:
        print(json.dumps([{**dataclasses.asdict(row), "ratio": row.ratio} for row in rows()], indent=2))
        return
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; medians of {REPETITIONS}, in turns")
    print(HEADER)
    for row in rows():
        print(row.line(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""`python -m benchmarks [--json | --markdown] [PART ...]`: one table of ratios."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
from typing import TYPE_CHECKING

from benchmarks.creates import creates
from benchmarks.limits import limits
from benchmarks.looks import looks
from benchmarks.measure import HEADER, MARKDOWN_HEADER, REPETITIONS
from benchmarks.peer import peer
from benchmarks.plugin import check_and_diff
from benchmarks.sessions import sessions
from benchmarks.sizes import sizes
from benchmarks.stacks import stacks
from benchmarks.start import starts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.measure import Row

PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    "plugin": check_and_diff,
    "start": starts,
    "stacks": stacks,
    "sizes": sizes,
    "creates": creates,
    "sessions": sessions,
    "limits": limits,
    "looks": looks,
    "peer": peer,
}
"""Quick ones first."""

USUAL = [part for part in PARTS if part != "peer"]
"""Those that need nothing which a developer has not."""


def rows(parts: Iterable[str]) -> Iterator[Row]:
    """Every comparison of the parts, each as soon as it is measured."""
    for part in parts:
        yield from PARTS[part]()


def main() -> None:
    """Prints each row as soon as it is measured, or all of them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="all rows as JSON, when the last one is measured")
    form.add_argument("--markdown", action="store_true", help="a table for docs/performance.md")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all but the last unless told")
    options = parser.parse_args()
    parts = options.parts or USUAL
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}: {', '.join(PARTS)}")
    if options.json:
        print(json.dumps([{**dataclasses.asdict(row), "ratio": row.ratio} for row in rows(parts)], indent=2))
        return
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; medians of {REPETITIONS}, in turns")
    print(f"\n{MARKDOWN_HEADER}" if options.markdown else HEADER)
    for row in rows(parts):
        print(row.markdown() if options.markdown else row.line(), flush=True)


if __name__ == "__main__":
    main()

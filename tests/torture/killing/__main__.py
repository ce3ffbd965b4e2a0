"""`make torture-kill`: engine, provider and language host are killed at every request of every operation.

Then the documented way out is gone, and the world compared with the one in which nobody died.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from torture.killing.cases import OPERATIONS, STAMPED, WITHOUT_STAMP, groups
from torture.killing.rows import LEFT, STACKS, Arena
from torture.killing.table import read, tables, write
from torture.killing.victims import VICTIMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torture.killing.rows import Outcome


def main() -> int:
    """Runs what is asked for; 1 where something came out wrong."""
    given = _arguments()
    outcomes = []
    began = time.monotonic()
    for outcome in _outcomes(given):
        outcomes.append(outcome)
        print(f"{time.monotonic() - began:6.0f} s  {outcome}", flush=True)  # noqa: T201
    found = read(given.rows, outcomes) if given.rows else [outcome.as_row() for outcome in outcomes]
    print(tables(found))  # noqa: T201
    if given.report:
        write(given.report, found)
    return int(any(outcome.result not in GOOD for outcome in outcomes))


GOOD = ("settled", "settled by a person", LEFT)


def _outcomes(given: argparse.Namespace) -> Iterator[Outcome]:
    cases = [case for case in (*STAMPED, *WITHOUT_STAMP) if not given.kind or case.kind in given.kind]
    parties = [
        party
        for stamped in (True, False)
        for party in groups([case for case in cases if case.stamped == stamped], given.party)
    ]
    with tempfile.TemporaryDirectory(prefix="killing-") as folder:
        for number, (front_end, party) in enumerate((end, party) for end in given.front_end for party in parties):
            arena = Arena(Path(folder) / str(number), front_end, party)
            try:
                for operation in given.operation:
                    for victim in given.victim:
                        yield from arena.outcomes(operation, victim)
            finally:
                arena.end()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make torture-kill ARGS=...", description=__doc__)
    parser.add_argument("--front-end", action="append", choices=tuple(STACKS), help="default: both")
    parser.add_argument("--victim", action="append", choices=tuple(VICTIMS), help="default: all")
    parser.add_argument("--operation", action="append", choices=OPERATIONS, help="default: all")
    parser.add_argument("--kind", action="append", help="default: all")
    parser.add_argument("--party", type=int, default=4, help="how many resources are under way at once (default: 4)")
    parser.add_argument("--rows", type=Path, metavar="FILE", help="keep the rows, beside those of earlier runs")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the tables into a document")
    given = parser.parse_args()
    given.front_end = given.front_end or list(STACKS)
    given.victim = given.victim or list(VICTIMS)
    given.operation = given.operation or list(OPERATIONS)
    return given


if __name__ == "__main__":
    sys.exit(main())

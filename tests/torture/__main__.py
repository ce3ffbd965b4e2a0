"""`make torture`: the provider under seeded operations in bad weather, and the world compared with the program."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from torture.life import Setting
from torture.report import table, write
from torture.run import Run, runs
from torture.weather import CLIMATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from torture.weather import Climate

OPERATIONS = {"4 retries": 10_000, "1 retry": 5_000, "outages": 5_000}
SHOWN = 10
"""Defects of a run that are printed in full."""


def main() -> int:
    """Runs what is asked for; 1 where something was wrong."""
    given = _arguments()
    climates = [CLIMATES[name] for name in given.climate]
    if given.only:
        return _replay(given, climates[0])
    wanted = {name: given.operations or count for name, count in OPERATIONS.items()}
    done = []
    for run in runs(given.platform, climates, given.seed, wanted, given.minutes):
        done.append(run)
        _show(run)
    print(table(done))  # noqa: T201
    if given.report:
        write(given.report, given.section, done)
    return int(any(run.defects for run in done))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make torture ARGS=...", description=__doc__)
    parser.add_argument("--platform", action="append", choices=("claude", "qoder"), help="default: both")
    parser.add_argument("--climate", action="append", choices=tuple(CLIMATES), help="default: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--operations", type=int, help="in each climate on each platform (default: 10,000, 5,000, 5,000)"
    )
    parser.add_argument("--minutes", type=float, default=20.0, help="for all of it (default: 20)")
    parser.add_argument("--only", metavar="LIFE.OPERATION", help="see one life again, every operation up to this one")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the table into a document")
    parser.add_argument("--section", default="torture", help="between the marks of this name (default: torture)")
    given = parser.parse_args()
    given.platform = given.platform or ["claude", "qoder"]
    given.climate = given.climate or list(CLIMATES)
    return given


def _show(run: Run) -> None:
    rate = run.operations / max(run.seconds, 0.001)
    print(f"{run.platform}, {run.climate.name}: {run.operations} operations, {rate:.0f} a second")  # noqa: T201
    for number, defect in run.defects[:SHOWN]:
        print(f"{defect}\n    again: {run.replay(number, defect)}")  # noqa: T201
    if len(run.defects) > SHOWN:
        print(f"and {len(run.defects) - SHOWN} more")  # noqa: T201


def _replay(given: argparse.Namespace, climate: Climate) -> int:
    life, _, operation = given.only.partition(".")
    run = Run(given.platform[0], climate, given.seed)
    run.live(Setting(run.platform, climate, given.seed, int(life)), tell=_printer(float(operation or "inf")))
    _show(run)
    return int(bool(run.defects))


def _printer(last: float) -> Callable[[int, str], None]:
    """Prints the operations of a life up to the one that is asked for."""

    def tell(number: int, account: str) -> None:
        if number <= last:
            print(f"{number} {account}")  # noqa: T201

    return tell


if __name__ == "__main__":
    sys.exit(main())

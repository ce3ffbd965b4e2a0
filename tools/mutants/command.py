"""The command: makes mutants, tries each and prints a table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from mutants.mutation import mutants
from mutants.trial import Copy

if TYPE_CHECKING:
    from mutants.mutation import Mutant
    from mutants.trial import Verdict

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """0 when every mutant was found."""
    given = _arguments()
    chosen = [mutant for mutant in mutants(given.tree, given.count, given.seed) if _wanted(mutant, given.only)]
    if given.list:
        print("\n".join(_place(mutant) for mutant in chosen))
        return 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(given.workers):
            copies.put(Copy(given.tree, Path(folder) / str(number)))
        with ThreadPoolExecutor(given.workers) as pool:
            verdicts = list(pool.map(lambda mutant: _judged(copies, mutant), chosen))
    survivors = [verdict for verdict in verdicts if verdict.killer is None]
    print("\n".join(_row(verdict) for verdict in verdicts))
    print(f"seed {given.seed}: {len(verdicts) - len(survivors)} of {len(verdicts)} killed, {len(survivors)} survived")
    return 1 if survivors else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="which mutants (default: %(default)s)")
    parser.add_argument("--count", type=int, default=64, help="how many (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="how many at once (default: %(default)s)")
    parser.add_argument("--only", default="", help="the numbers of some, separated by commas")
    parser.add_argument("--tree", type=Path, default=ROOT, help="another checkout, to compare its tests")
    parser.add_argument("--list", action="store_true", help="print the mutants and try none")
    return parser.parse_args()


def _wanted(mutant: Mutant, only: str) -> bool:
    return not only or str(mutant.number) in only.split(",")


def _judged(copies: SimpleQueue[Copy], mutant: Mutant) -> Verdict:
    copy = copies.get()
    try:
        verdict = copy.judge(mutant)
    finally:
        copies.put(copy)
    print(_row(verdict), file=sys.stderr, flush=True)
    return verdict


def _place(mutant: Mutant) -> str:
    return f"{mutant.number:3} {mutant.path.partition('/')[2]}:{mutant.line} {mutant.change[:110]}"


def _row(verdict: Verdict) -> str:
    fate = f"killed by {verdict.killer}" if verdict.killer else "SURVIVED"
    return f"{_place(verdict.mutant)}\n      {fate} ({verdict.seconds:.0f} s)"

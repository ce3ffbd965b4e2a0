"""What the runs came to, as a table of a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from torture.defects import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from torture.run import Run

PLATFORMS = {"claude": "Claude", "qoder": "Qoder"}

ROWS: Sequence[tuple[str, Callable[[Run], object]]] = (
    ("operations", lambda run: f"{run.operations:,}"),
    ("requests", lambda run: f"{run.requests:,}"),
    ("of these hit", lambda run: f"{run.hits / max(run.requests, 1):.0%}"),
    ("done", lambda run: _sum(run, "done", "gone")),
    ("not ready, kept", lambda run: _sum(run, "not ready")),
    ("failed", lambda run: _sum(run, "failed")),
    ("told that something may exist, and it did", lambda run: f"{run.tally['told']:,}"),
    ("events, runs, versions that came twice, as told", lambda run: f"{run.tally['repeated']:,}"),
)
"""What was done, and how it is counted."""


def table(runs: Sequence[Run]) -> str:
    """One column for each run: what was done first, then what was wrong."""
    heads = [f"{PLATFORMS[run.platform]}, {run.climate.name}" for run in runs]
    rows = [(name, [value(run) for run in runs]) for name, value in ROWS]
    rows += [(f"**{name}**: {meaning}", [run.counts[name] for run in runs]) for name, meaning in MEANINGS.items()]
    lines = [_line("", heads), _line("---", ["---:"] * len(heads)), *(_line(name, cells) for name, cells in rows)]
    return "\n".join(lines)


def write(document: Path, section: str, runs: Sequence[Run]) -> None:
    """Puts the table between the marks of a section, with the seed that repeats it."""
    begin, end = f"<!-- {section}:begin -->", f"<!-- {section}:end -->"
    text = document.read_text()
    seeds = ", ".join(map(str, dict.fromkeys(run.seed for run in runs)))
    part = f"{begin}\n\n{table(runs)}\n\nSeed {seeds}.\n\n{end}"
    found = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    if not found.search(text):
        raise SystemExit(f"{document} has no section between {begin} and {end}")
    document.write_text(found.sub(lambda _: part, text))


def _line(name: str, cells: Sequence[object]) -> str:
    return f"| {' | '.join([name, *map(str, cells)])} |"


def _sum(run: Run, *results: str) -> str:
    return f"{sum(count for name, count in run.tally.items() if name.endswith(results)):,}"

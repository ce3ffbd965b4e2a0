"""What the rows came to, as tables of a document."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from torture.killing.cases import OPERATIONS, STAMPED, WITHOUT_STAMP
from torture.killing.victims import VICTIMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from torture.killing.rows import Outcome

Row = dict[str, str]
FRONT_ENDS = {"plugin": "plugin", "dynamic": "Python classes"}
GOOD = ("settled", "settled by a person")


def read(path: Path, outcomes: Sequence[Outcome]) -> list[Row]:
    """The rows of this run and of earlier ones; a newer one stands for an older one of the same name."""
    known = {_name(row): row for row in map(json.loads, path.read_text().splitlines())} if path.exists() else {}
    known |= {_name(row): row for row in (outcome.as_row() for outcome in outcomes)}
    path.write_text("".join(json.dumps(row) + "\n" for row in known.values()))
    return list(known.values())


def tables(rows: Sequence[Row]) -> str:
    """One for the kinds with a stamp, one for the others."""
    stamped = [row for row in rows if row["case"] in {case.label for case in STAMPED}]
    heads = [f"{victim}, {FRONT_ENDS[end]}" for victim in VICTIMS for end in FRONT_ENDS]
    columns = [(victim, end) for victim in VICTIMS for end in FRONT_ENDS]
    lines = [_line("", heads), _line("---", ["---:"] * len(heads))]
    lines += [
        _line(operation, [_settled(_of(stamped, operation=operation, victim=v, front_end=e)) for v, e in columns])
        for operation in OPERATIONS
    ]
    lines += ["", _line("", heads), _line("---", ["---"] * len(heads))]
    lines += [
        _line(case.label, [_each(_of(rows, case=case.label, victim=v, front_end=e)) for v, e in columns])
        for case in WITHOUT_STAMP
    ]
    return "\n".join(lines)


def write(document: Path, rows: Sequence[Row]) -> None:
    """Puts the tables between the marks of their section."""
    begin, end = "<!-- kills:begin -->", "<!-- kills:end -->"
    text = document.read_text()
    found = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    if not found.search(text):
        raise SystemExit(f"{document} has no section between {begin} and {end}")
    document.write_text(found.sub(lambda _: f"{begin}\n\n{tables(rows)}\n\n{end}", text))


def _name(row: Row) -> tuple[str, ...]:
    return tuple(row[part] for part in ("case", "operation", "boundary", "moment", "victim", "front_end"))


def _of(rows: Sequence[Row], **wanted: str) -> list[Row]:
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def _settled(rows: list[Row]) -> str:
    return f"{sum(row['result'] in GOOD for row in rows)}/{len(rows)}" if rows else ""


def _each(rows: list[Row]) -> str:
    """How many of each result."""
    results = dict.fromkeys(row["result"] for row in rows)
    return ", ".join(f"{sum(row['result'] == each for row in rows)} {each}" for each in results)


def _line(name: str, cells: Sequence[str]) -> str:
    return f"| {' | '.join([name, *cells])} |"

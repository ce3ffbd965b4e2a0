"""Two runs of the same stories, step by step: what of one is not so in the other."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from .normal import ID, ORDER, REFUSED, Names, Path, facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .run import Run, Step

ABSENT: Final = {404, 405, 501}
"""How a server says that it does not have a thing, where another one makes it."""
NOTHING: Final = "(not there)"
STATUS: Final = ("status",)


@dataclass(frozen=True)
class Difference:
    """One fact of one step."""

    story: str
    step: str
    request: str
    where: str
    """The path of the fact; an item of a list stands in square brackets."""
    emulator: Any
    server: Any

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same difference in another run."""
        return self.story, self.step, self.where, str(self.emulator), str(self.server)

    def document(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


@dataclass(frozen=True)
class Verdict:
    """How one story went."""

    story: str
    steps: int
    same: int
    differ: int
    skipped: int
    absent: bool
    """The server has no such thing."""
    ended: str


@dataclass(frozen=True)
class Comparison:
    """All stories."""

    verdicts: list[Verdict]
    differences: list[Difference]


def compare(expected: Run, seen: Run, stories: list[str]) -> Comparison:
    """What the server does otherwise than the emulator."""
    ours, theirs = _tables(expected), _tables(seen)
    done = [_story(name, ours, theirs, expected, seen) for name in stories]
    return Comparison([verdict for verdict, _ in done], [each for _, found in done for each in found])


_Tables = dict[tuple[str, str], tuple["Step", dict[Path, Any]]]


def _tables(run: Run) -> _Tables:
    names = Names(run.label)
    return {(step.story, step.name): (step, facts(step, run, names)) for step in run.steps}


def _story(name: str, ours: _Tables, theirs: _Tables, expected: Run, seen: Run) -> tuple[Verdict, list[Difference]]:
    keys = [key for key in ours if key[0] == name]
    asked = [key for key in keys if key in theirs]
    absent = _is_absent(ours, theirs, asked)
    found = [] if absent else [list(_step(ours[key], theirs[key])) for key in asked]
    differ = sum(map(bool, found))
    skipped = len(keys) - len(asked)
    verdict = Verdict(name, len(keys), len(found) - differ, differ, skipped, absent, seen.ended.get(name, ""))
    differences = [each for rows in found for each in rows]
    if absent:
        differences = [_whole(ours[asked[0]][0], "the whole of it", theirs[asked[0]][1][STATUS])]
    elif skipped and name not in expected.ended:
        reason = seen.ended.get(name, "former answers left nothing to ask")
        differences.append(_whole(ours[next(key for key in keys if key not in theirs)][0], "not asked", reason))
    return verdict, differences


def _is_absent(ours: _Tables, theirs: _Tables, asked: list[tuple[str, str]]) -> bool:
    """Whether the first thing of a story is one that the server has not."""
    if not asked:
        return False
    first = ours[asked[0]][1][STATUS], theirs[asked[0]][1][STATUS]
    return first[0] not in ABSENT and first[1] in ABSENT


def _whole(step: Step, where: str, reason: object) -> Difference:
    return Difference(step.story, step.name, _request(step), where, "there", reason)


def _request(step: Step) -> str:
    """What was asked, without the ids of a run."""
    if step.answer is None:
        return ""
    path = "/".join("…" if ID.fullmatch(part) else part for part in step.answer.path.split("/"))
    return f"{step.answer.method} {path}"


def _step(ours: tuple[Step, dict[Path, Any]], theirs: tuple[Step, dict[Path, Any]]) -> Iterator[Difference]:
    step, expected = ours
    _, seen = theirs
    for where, here, there in _changes(expected, seen):
        yield Difference(step.story, step.name, _request(step), ".".join(where), here, there)


def _changes(expected: dict[Path, Any], seen: dict[Path, Any]) -> Iterator[tuple[Path, Any, Any]]:
    unanswered = not isinstance(seen[STATUS], int)
    if unanswered or _succeeded(expected[STATUS]) != _succeeded(seen[STATUS]):
        # Where one refuses and the other does not, the rest follows from that.
        yield STATUS, expected[STATUS], seen[STATUS]
        return
    told: set[Path] = set()
    for where in sorted(expected.keys() | seen.keys()):
        here, there = expected.get(where, NOTHING), seen.get(where, NOTHING)
        if here == there and type(here) is type(there):
            continue
        at = _root(where, seen if there is NOTHING else expected) if NOTHING in (here, there) else where
        if at in told or _is_only_order(where, expected, seen):
            continue
        told.add(at)
        yield at, _shown(at, expected), _shown(at, seen)


def _root(where: Path, table: dict[Path, Any]) -> Path:
    """The uppermost part of a path that the other side does not have."""
    for length in range(1, len(where)):
        if not _has(where[:length], table):
            return where[:length]
        if where[:length] in table:
            # It has something there that holds nothing.
            return where[:length]
    return where


def _has(where: Path, table: dict[Path, Any]) -> bool:
    return any(path[: len(where)] == where for path in table)


def _shown(where: Path, table: dict[Path, Any]) -> Any:
    if where in table:
        return table[where]
    return "there" if _has(where, table) else NOTHING


def _is_only_order(where: Path, expected: dict[Path, Any], seen: dict[Path, Any]) -> bool:
    """Whether a list has another order because it has other items, which are told themselves."""
    if where[-1] != ORDER:
        return False
    items = [
        {path[: len(where)] for path in table if path[: len(where) - 1] == where[:-1]} for table in (expected, seen)
    ]
    return items[0] != items[1]


def _succeeded(status: object) -> bool:
    return isinstance(status, int) and status < REFUSED

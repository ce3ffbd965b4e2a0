"""One row of the matrix: a victim is killed at a boundary of an operation, and the user does what the guide says."""

from __future__ import annotations

import contextlib
import re
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.stack import Stack
from engine.yaml_stack import YamlStack
from torture.killing.cases import BASE, FILES
from torture.killing.victims import end, strike
from torture.killing.world import Things, World, differences
from waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from torture.killing.cases import Case

STACKS: Final = {"plugin": YamlStack, "dynamic": Stack}

HELD_SECONDS = 3.0
"""How long a request is held: the victim dies within it."""

WRITTEN_SECONDS = 0.4
"""How long the engine takes to write its state."""

MOMENTS = {"before": {"status": 503}, "after": {}}
"""Before the platform has done what it is asked for, and after."""

SETTLED, BY_A_PERSON, LEFT = "settled", "settled by a person", "left over, and told"


@dataclass(frozen=True)
class Boundary:
    """A request of an operation: the so-many-th of its name."""

    operation: str
    nth: int = 1

    def __str__(self) -> str:
        return self.operation if self.nth == 1 else f"{self.operation} {self.nth}"

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing."""
        return self.operation.rpartition(".")[2] in ("list", "retrieve")


@dataclass(frozen=True)
class Outcome:
    """What came of one row."""

    case: Case
    operation: str
    boundary: Boundary
    moment: str
    victim: str
    front_end: str
    result: str
    details: tuple[str, ...] = ()

    def as_row(self) -> dict[str, str]:
        """In words that can be kept."""
        return {
            "case": self.case.label,
            "operation": self.operation,
            "boundary": str(self.boundary),
            "moment": self.moment,
            "victim": self.victim,
            "front_end": self.front_end,
            "result": self.result,
        }

    def __str__(self) -> str:
        words = (self.front_end, self.victim, self.operation, self.case.label, str(self.boundary), self.moment)
        return ", ".join(words) + f": {self.result}" + "".join(f"\n    {detail}" for detail in self.details)


class Arena:
    """A stack on a served world, in which a party of cases is killed again and again."""

    def __init__(self, folder: Path, front_end: str, party: tuple[Case, ...]) -> None:
        self._folder, self.front_end, self.party = folder, front_end, party
        self._open = contextlib.ExitStack()
        self._count = 0
        self.begin()

    def begin(self) -> None:
        """A new stack on a new world."""
        self._open.close()
        self._count += 1
        place = self._folder / str(self._count)
        place.mkdir(parents=True)
        self.stack: Stack = STACKS[self.front_end](place)
        server = self._open.enter_context(self.stack.served())
        self.world = World(self.stack.emulator_path)
        self.stack.write(FILES)
        self.stack.environment |= {
            "ANTHROPIC_BASE_URL": server.url,
            "ANTHROPIC_API_KEY": "a-made-up-key",
            "XDG_STATE_HOME": str(place / "state"),
        }

    def end(self) -> None:
        """Nothing is served any more."""
        self._open.close()

    def outcomes(self, operation: str, victim: str) -> Iterator[Outcome]:
        """Every row of an operation of the party."""
        party = [case for case in self.party if case.has(operation)]
        if not party:
            return
        before, after = ([row for case in party for row in case.states(operation)[side]] for side in (0, 1))
        forced = [case for case in party if operation == "replace" and case.replaced is None]
        transition = Transition(before, after, [word for case in forced for word in self._force(case)])
        self._up(before)
        wanted, sent = self._undisturbed(transition)
        for held, moment in _plans(party, sent):
            try:
                self._up(before)
                results = self._row(victim, held, moment, transition, wanted)
            except (AssertionError, subprocess.TimeoutExpired) as error:
                results = dict.fromkeys(held, ("wrong", (str(error)[-2000:],)))
                self.begin()
                self._up(before)
            for case, (result, details) in results.items():
                yield Outcome(case, operation, held[case], moment, victim, self.front_end, result, details)

    def _force(self, case: Case) -> list[str]:
        return ["--replace", f"urn:pulumi:dev::under-test::{self.stack.token}{case.kind}::{case.name}"]

    def _up(self, rows: list[Any], *options: str) -> None:
        self.stack.declare(*BASE, *rows)
        self.stack.succeed("up", "--yes", "--skip-preview", *options)

    def _undisturbed(self, transition: Transition) -> tuple[Things, list[str]]:
        """What there is when nobody dies, and what was asked for on the way."""
        self.world.begin()
        mark = self.stack.mark()
        self._up(transition.after, *transition.forced)
        return self.world.things(), [str(row["operation"]) for row in self.stack.log(mark)]

    def _row(
        self, victim: str, held: dict[Case, Boundary], moment: str, transition: Transition, wanted: Things
    ) -> dict[Case, tuple[str, tuple[str, ...]]]:
        self.world.begin()
        self.stack.declare(*BASE, *transition.after)
        family = self._killed(victim, held, moment, transition.forced)
        person, told = self._way_out(victim, transition.forced)
        end(family)
        found = self.world.things()
        restless = [] if self._is_quiet() else ["the next `pulumi up` has something to do"]
        wrong = {case: [*differences(case.table, wanted, found), *restless] for case in held}
        results = {case: _judged(case, each, told, person) for case, each in wrong.items()}
        if any(result not in (SETTLED, BY_A_PERSON) for result, _ in results.values()):
            self._sweep()
        return results

    def _killed(self, victim: str, held: dict[Case, Boundary], moment: str, forced: list[str]) -> dict[int, str]:
        """Strikes when each of the requests is under way; the processes that there were."""
        with self.stack.emulator() as emulator:
            control = emulator.control
            effect = {**MOMENTS[moment], "latency_seconds": HELD_SECONDS}
            rules = [{"operation": each.operation, "nth": each.nth, **effect} for each in held.values()]
            control.faults(rules)
            running = self.stack.start("up", "--yes", "--skip-preview", *forced)
            try:
                until(lambda: all(each["fired"] for each in control.fault_rules()) or running.poll() is not None)
                # The engine may be writing its state still: killed in that, it loses the file.
                time.sleep(WRITTEN_SECONDS)
                assert running.poll() is None, "the command was too fast"
                family = strike(victim, running.pid)
            finally:
                running.wait(timeout=120)
            control.clear_faults()
        return family

    def _way_out(self, victim: str, forced: list[str]) -> tuple[set[str], str]:
        """What the guide says: the names of resources for which a person had to know, and what `up` told."""
        if victim != "engine":
            # The same command again.
            return set(), self.stack.succeed("up", "--yes", "--skip-preview", *forced).output
        self.stack.succeed("cancel", "--yes")
        person = self._recovered()
        self.stack.refresh()
        return person, self.stack.succeed("up", "--yes", "--skip-preview").output

    def _recovered(self) -> set[str]:
        """Recovers; where the command does not know, a person looks at what it names."""
        done = self._pipe()
        unsure = re.findall(r"^(urn:\S+): cannot be settled: ", done.stderr, re.MULTILINE)
        if unsure:
            done = self._pipe(*(word for urn in unsure for word in self._seen_by_a_person(urn)))
        assert done.returncode == 0, done.stderr
        return {urn.rpartition("::")[2] for urn in unsure}

    def _seen_by_a_person(self, urn: str) -> list[str]:
        """What somebody says who saw what was there before."""
        table = next(case.table for case in self.party if case.name == urn.rpartition("::")[2])
        fresh = self.world.fresh(table)
        return ["--made", urn, fresh[-1]] if fresh else ["--not-made", urn]

    def _pipe(self, *said: str) -> subprocess.CompletedProcess[str]:
        line = "pulumi stack export | managed-agents recover " + " ".join(f"'{word}'" for word in said)
        return subprocess.run(
            ["bash", "--norc", "-euo", "pipefail", "-c", f"{line} | pulumi stack import"],
            cwd=self.stack.folder,
            env=self.stack.environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def _is_quiet(self) -> bool:
        return self.stack.run("preview", "--expect-no-changes").code == 0

    def _sweep(self) -> None:
        """What a bad row left must not trouble the next: what no state knows goes."""
        self._up([])
        known = {str(entry.get("id")).rpartition("/")[2] for entry in self.stack.state().values()}
        with self.stack.emulator() as emulator:
            for case in self.party:
                if case.table in ("events", "mounts"):
                    continue
                for item in emulator.control.objects(case.table):
                    if item["id"] not in known and not item.get("archived_at"):
                        emulator.control.remove(case.table, item["id"])


@dataclass(frozen=True)
class Transition:
    """From one program to another, and what is replaced because somebody asks for it."""

    before: list[Any]
    after: list[Any]
    forced: list[str]


def _plans(party: Sequence[Case], sent: list[str]) -> Iterator[tuple[dict[Case, Boundary], str]]:
    """Which requests are held at once, each the so-many-th of its case, and at which moment."""
    boundaries = {case: _boundaries(case, sent) for case in party}
    for index in range(max(map(len, boundaries.values()))):
        due = {case: each[index] for case, each in boundaries.items() if index < len(each)}
        writes = {case: each for case, each in due.items() if not each.only_reads}
        yield from ((held, moment) for moment, held in (("before", writes), ("after", due)) if held)


def _boundaries(case: Case, sent: list[str]) -> list[Boundary]:
    """The requests of a case among those that were sent."""
    counted: Counter[str] = Counter()
    found = []
    for operation in sent:
        if re.fullmatch(case.requests, operation):
            counted[operation] += 1
            found.append(Boundary(operation, counted[operation]))
    return found


def _judged(case: Case, wrong: list[str], told: str, person: set[str]) -> tuple[str, tuple[str, ...]]:
    """What came of a case."""
    if not wrong:
        return (BY_A_PERSON if case.name in person else SETTLED), ()
    only_left = all(each.startswith("left over") for each in wrong)
    is_told = f"An earlier create of this {case.kind} was cut off" in told
    return (LEFT if only_left and is_told and not case.stamped else "wrong"), tuple(wrong)

"""Compares the world with what was reported, after each operation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from torture import facts
from torture.defects import Defect
from torture.engine import is_ours
from torture.ledgers import LEDGERS
from torture.reader import TABLES
from torture.words import blames, makes, nothing_was_done, tells, was_answered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torture.emulated import Emulated
    from torture.engine import Outcome
    from torture.ledgers import Ledger
    from torture.program import Program, Resource
    from torture.reader import Asked, Reader

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State

Finding = tuple[str, str]
_CASCADES = ("Agent", "Vault", "MemoryStore")
"""Removing one of these takes along what lies in it."""


class Judge:
    """Keeps what was known before each operation, and finds what is wrong after it."""

    def __init__(self, emulated: Emulated, program: Program, reader: Reader) -> None:
        self.number = 0
        self.defects: list[Defect] = []
        self.tally: Counter[str] = Counter()
        self.asked: list[Asked] = []
        self.tell: Callable[[int, str], None] | None = None
        self._emulated = emulated
        self._program = program
        self._reader = reader
        self._seen = 0
        self._warned = 0
        self._before: dict[str, str] = {}
        self._strangers: set[str] = set()
        self._ledgers: dict[str, Ledger] = {}

    def begin(self, began: Outcome) -> None:
        """Looks before an operation."""
        self._before = self._reader.living()
        self._warned = len(self._emulated.warnings)
        ledger = self._ledger(began.resource)
        if ledger:
            ledger.begin(began, self._reader)

    def end(self, outcome: Outcome) -> None:
        """Looks after it."""
        self.asked = self._reader.requests(self._seen)
        self._seen = self.asked[-1].n if self.asked else self._seen
        self._count(outcome)
        if self.tell:
            self.tell(self.number, self._account(outcome))
        self.tally["operations"] += 1
        for name, about in self._findings(outcome):
            self.report(name, f"{outcome.verb} {outcome.resource.name}: {about}", outcome.error)
        self.number += 1

    def report(self, name: str, about: str, error: Exception | None = None) -> None:
        """Writes a defect down."""
        words = f"{type(error).__name__}: {error}" if error else ""
        self.defects.append(Defect(name, self.number, about, words, [str(each) for each in self.asked]))

    def repeated(self) -> int:
        """How often something came twice after somebody was told."""
        return sum(ledger.repeated for ledger in self._ledgers.values())

    def strangers(self) -> dict[str, str]:
        """Living objects that the engine does not have, and that were not found before."""
        known = self._program.ids() | self._strangers
        return {id_: table for id_, table in self._reader.living().items() if id_ not in known}

    def differences(self, kind: str, state: State, inputs: Bag) -> Iterator[Finding]:
        """What the world does not show although it was reported as done."""
        if kind in TABLES:
            stored = self._reader.stored(TABLES[kind], state.id.rpartition("/")[2])
            wrong = facts.wrong(self._reader, kind, stored, inputs) if stored else ["object"]
            if wrong:
                yield "untrue", f"{state.id} does not have the declared {', '.join(wrong)}"
        elif kind == "GitHubInstallationToken" and self._is_revoked(state.outputs["token"]):
            yield "untrue", "the token is revoked"
        elif "sessionId" in inputs and kind == "RepositoryResource":
            session, _, mount = state.id.partition("/")
            mounted = self._reader.stored("sessions", session)
            wanted = self._reader.fingerprint(inputs["authorizationToken"])
            if mounted is None or mounted.hidden["tokens"].get(mount) != wanted:
                yield "untrue", f"{state.id} does not have the declared token"

    def is_there(self, resource: Resource, id_: str) -> bool:
        """Whether what a state stands for is living."""
        living, (parent, _, own) = self._reader.living(), id_.rpartition("/")
        if resource.kind in TABLES:
            return own in living
        if resource.kind == "SessionEvents":
            return parent in living
        session = None if id_.startswith("https:") else self._reader.stored("sessions", parent)
        if resource.kind == "RepositoryResource" and session is not None:
            return parent in living and own in {each.get("id") for each in session.body["resources"]}
        return resource.kind == "GitHubInstallationToken" or id_.startswith("https:")

    def _findings(self, outcome: Outcome) -> Iterator[Finding]:
        after = self._reader.living()
        if outcome.error is not None and not is_ours(outcome.error):
            yield "exception", repr(outcome.error)
        yield from self._objects(outcome, after)
        yield from getattr(self, f"_{outcome.verb}")(outcome, after)
        ledger = self._ledger(outcome.resource)
        if ledger:
            yield from ((LEDGERS[outcome.resource.kind][0], about) for about in ledger.end(outcome, self._reader))
        if self._is_false_alarm(outcome, after, ledger):
            yield "false alarm", "nothing was made, and whoever asked could know"

    def _objects(self, outcome: Outcome, after: dict[str, str]) -> Iterator[Finding]:
        """What came, and what went."""
        known = self._program.ids() | self._strangers
        known |= {outcome.state.id.rpartition("/")[2]} if outcome.state else set()
        for id_ in [id_ for id_ in after if id_ not in known and id_ not in self._before]:
            self._strangers.add(id_)
            name = self._stranger(outcome)
            if name:
                yield name, f"{after[id_]} {id_}"
            else:
                self.tally["told"] += 1
            # Whoever was told looks for it, and takes it away; nothing else is to follow from what is counted already.
            self._emulated.control.remove(after[id_], id_)
        target = outcome.before.id.rpartition("/")[2] if outcome.before and outcome.verb == "delete" else None
        for id_ in self._before.keys() - after.keys() - {target}:
            if target is None or outcome.resource.kind not in _CASCADES or id_ in known:
                yield "removed", f"{self._before[id_]} {id_}"

    def _stranger(self, outcome: Outcome) -> str | None:
        """What it is called that an object was made and the engine does not have it; None where that was told."""
        if outcome.done:
            return "duplicate"
        if was_answered(self.asked):
            return "id lost"
        return None if tells(outcome.error) else "orphan"

    def _create(self, outcome: Outcome, after: dict[str, str]) -> Iterator[Finding]:
        state, kind = outcome.state, outcome.resource.kind
        if state is None:
            if blames(outcome.error):
                yield "false conflict", "nobody else has one"
            return
        id_ = state.id.rpartition("/")[2]
        if kind in TABLES and id_ not in after:
            yield "id lost" if outcome.unready else "untrue", f"{state.id} is not there"
        elif kind in TABLES and id_ in self._before:
            yield "untrue", f"{state.id} was there before"
        elif outcome.done:
            yield from self.differences(outcome.resource.kind, state, outcome.inputs)

    def _update(self, outcome: Outcome, after: dict[str, str]) -> Iterator[Finding]:
        before = outcome.before
        assert before is not None
        there = self.is_there(outcome.resource, before.id)
        if not outcome.done:
            if there and blames(outcome.error):
                yield "false conflict", "nobody else wrote"
            return
        if not there:
            # What the platform need not know of is done without a look at it.
            yield from [("untrue", f"{before.id} is not there")] if self.asked else []
        elif outcome.state:
            yield from self.differences(outcome.resource.kind, outcome.state, outcome.inputs)
        if outcome.state and outcome.state.id != before.id and before.id.rpartition("/")[2] in after:
            yield "id lost", f"{before.id} became {outcome.state.id}"

    def _delete(self, outcome: Outcome, after: dict[str, str]) -> Iterator[Finding]:
        assert outcome.before is not None
        id_, kind = outcome.before.id.rpartition("/")[2], outcome.resource.kind
        if not outcome.done:
            return
        if kind in TABLES and id_ in after:
            self._strangers.add(id_)
            yield "dropped", f"{after[id_]} {id_} lives"
            self._emulated.control.remove(after[id_], id_)
        if kind == "GitHubInstallationToken" and not self._is_revoked(outcome.before.outputs["token"]):
            warned = self._emulated.warnings[self._warned :]
            if not warned:
                yield "untrue", "the token is not revoked, and nobody was warned"

    def _read(self, outcome: Outcome, after: dict[str, str]) -> Iterator[Finding]:
        assert outcome.before is not None
        if not outcome.done:
            return
        there = self.is_there(outcome.resource, outcome.before.id)
        if outcome.state is None and there:
            yield "dropped", f"{outcome.before.id} lives"
            id_ = outcome.before.id.rpartition("/")[2]
            if outcome.resource.kind in TABLES:
                self._strangers.add(id_)
                self._emulated.control.remove(after[id_], id_)
        lagged = any("stale" in (each.fault or "") for each in self.asked)
        if outcome.state is not None and not there and not lagged:
            yield "kept", f"{outcome.before.id} is gone"

    def _is_revoked(self, token: str) -> bool:
        minted = self._reader.minted(token)
        return minted is None or minted.body["revoked_at"] is not None

    def _is_false_alarm(self, outcome: Outcome, after: dict[str, str], ledger: Ledger | None) -> bool:
        came = after.keys() - self._before.keys() or (ledger and ledger.arrived)
        return tells(outcome.error) and not came and nothing_was_done(self.asked)

    def _count(self, outcome: Outcome) -> None:
        if outcome.done:
            result = "gone" if outcome.verb == "read" and outcome.state is None else "done"
        else:
            result = "not ready" if outcome.unready else "failed"
        self.tally[f"{outcome.verb} {result}"] += 1
        self.tally["requests"] += len(self.asked)
        self.tally["makes"] += sum(map(makes, self.asked))

    def _account(self, outcome: Outcome) -> str:
        """An operation in full."""
        result = (
            str(outcome.error) if outcome.error else f"done, {outcome.state.id if outcome.state else 'nothing there'}"
        )
        head = f"{outcome.verb} {outcome.resource.name}: {result}"
        return "\n".join([head, *(f"    {each}" for each in self.asked)])

    def _ledger(self, resource: Resource) -> Ledger | None:
        if resource.kind not in LEDGERS:
            return None
        return self._ledgers.setdefault(resource.name, LEDGERS[resource.kind][1](resource.name))

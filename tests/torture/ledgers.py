"""What was sent, run or uploaded for a resource, counted against what it asked for.

Each is asked for once: when a resource is created, and whenever what triggers it changes. What arrived in an attempt
that failed counts when the next one is reported as done: then there has to be just one, unless somebody was told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from torture.facts import content_of, skill_digest
from torture.words import tells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torture.engine import Outcome
    from torture.reader import Reader


@dataclass
class Ledger:
    """What one resource asks for, and what came of it so far."""

    name: str
    before: list[Any] = field(default_factory=list)
    asked: Any = None
    """What the last operation that was done asked for."""
    wanted: Any = None
    arrived: list[Any] = field(default_factory=list)
    """What came of attempts that failed, since that was wanted."""
    told: bool = False
    repeated: int = 0
    """How often there came another one after somebody was told that there may be one."""
    outlives: bool = False
    """Whether what came of it stays when the attempt to create failed."""

    def begin(self, outcome: Outcome, reader: Reader) -> None:
        """Looks before an operation."""
        self.before = self.there(outcome, reader)
        wanted = self.wish(outcome)
        if wanted != self.wanted:
            self.wanted, self.arrived, self.told = wanted, [], False
        if outcome.verb == "create":
            self.asked = None
            self.arrived = self.arrived if self.outlives else []

    def end(self, outcome: Outcome, reader: Reader) -> Iterator[str]:
        """What is wrong after it."""
        new = [each for each in self.there(outcome, reader) if each not in self.before]
        if outcome.verb in ("read", "delete"):
            if new:
                yield f"{outcome.verb} made {new}"
            return
        self.arrived += new
        if not outcome.done:
            yield from self._failed(outcome, new)
            return
        yield from self._done(outcome, reader, new)
        self.asked, self.arrived, self.told = self.wanted, [], False

    def there(self, outcome: Outcome, reader: Reader) -> list[Any]:
        """All that is there of it, oldest first."""
        raise NotImplementedError

    def wish(self, outcome: Outcome) -> Any:
        """What stands for one request to send, run or upload; None for none."""
        raise NotImplementedError

    def claims(self, outcome: Outcome, reader: Reader) -> list[Any]:
        """What the outputs say that came of it."""
        raise NotImplementedError

    def count(self, outcome: Outcome) -> int:
        """How many there should be of it."""
        del outcome
        return 1

    def _failed(self, outcome: Outcome, new: list[Any]) -> Iterator[str]:
        self.told = self.told or tells(outcome.error)
        # What is kept in the state is gone on with: then it shows whether there came one. Nothing is kept of a create.
        if new and outcome.verb == "create" and not outcome.unready and not tells(outcome.error):
            yield f"{new} arrived, and nobody was told"

    def _done(self, outcome: Outcome, reader: Reader, new: list[Any]) -> Iterator[str]:
        if self.wanted is None or self.wanted == self.asked:
            if new:
                yield f"{new} arrived, and nothing was asked for"
            return
        claims, count = self.claims(outcome, reader), self.count(outcome)
        if any(each not in self.arrived for each in claims) or len(claims) != count:
            yield f"reported {claims}, and there came {self.arrived}"
        elif len(self.arrived) > count and not self.told:
            yield f"asked for once, and there came {self.arrived}"
        self.repeated += self.told and len(self.arrived) > count


class Sent(Ledger):
    """Events that were said to a session."""

    outlives = True

    def there(self, outcome: Outcome, reader: Reader) -> list[Any]:
        """What was said to the session."""
        session = outcome.inputs.get("sessionId") or (outcome.before.outputs["sessionId"] if outcome.before else "")
        return [id_ for id_, _ in reader.said(session)]

    def wish(self, outcome: Outcome) -> Any:
        """The events and what triggers them."""
        inputs = outcome.inputs
        return [inputs["sessionId"], inputs["events"], inputs.get("trigger")] if inputs else self.wanted

    def claims(self, outcome: Outcome, reader: Reader) -> list[Any]:
        """The events by their ids, as far as they say what they should."""
        assert outcome.state is not None
        said = dict(reader.said(outcome.inputs["sessionId"]))
        ids = outcome.state.outputs["eventIds"]
        wanted = content_of(outcome.inputs)
        return [id_ for id_, content in zip(ids, wanted, strict=False) if said.get(id_) == content]

    def count(self, outcome: Outcome) -> int:
        """As many as are declared."""
        return len(outcome.inputs["events"])


class Ran(Ledger):
    """Runs of a deployment."""

    def there(self, outcome: Outcome, reader: Reader) -> list[Any]:
        """The runs that somebody asked for."""
        state = outcome.state or outcome.before
        return reader.runs(state.id) if state else []

    def wish(self, outcome: Outcome) -> Any:
        """What triggers a run."""
        return outcome.inputs.get("runTrigger") if outcome.inputs else self.wanted

    def claims(self, outcome: Outcome, reader: Reader) -> list[Any]:
        """The run that the outputs name."""
        del reader
        assert outcome.state is not None
        return [outcome.state.outputs.get("triggeredRunId")]


class Uploaded(Ledger):
    """Versions of a skill."""

    def there(self, outcome: Outcome, reader: Reader) -> list[Any]:
        """What names the versions."""
        state = outcome.state or outcome.before
        return [name for name, _ in reader.versions(state.id)] if state else []

    def wish(self, outcome: Outcome) -> Any:
        """The content."""
        return outcome.inputs.get("sha256") if outcome.inputs else self.wanted

    def claims(self, outcome: Outcome, reader: Reader) -> list[Any]:
        """The newest version by the outputs, if it has the content."""
        assert outcome.state is not None
        digests = dict(reader.versions(outcome.state.id))
        newest = outcome.state.outputs["latestVersionId"]
        return [newest] if digests.get(newest) == skill_digest(outcome.inputs) else []


LEDGERS: dict[str, tuple[str, type[Ledger]]] = {
    "SessionEvents": ("events", Sent),
    "Deployment": ("runs", Ran),
    "Skill": ("versions", Uploaded),
}
"""The kinds that have one: what a defect of it is called, and what keeps it."""

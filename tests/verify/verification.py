"""One verification: the emulator is told the stories, then the server. What a run made is taken away in any case."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .cleaning import PAGES, REQUESTS, Cleaned, clean, is_over, left_behind
from .client import emulated
from .compare import compare
from .kinds import KINDS, new_label
from .report import Report
from .run import Run
from .stories import Story, stories
from .wire import REPEATS, Spent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .client import Client

MODELS: Final = {"claude": "claude-opus-5-5", "qoder": "ultimate"}
"""What the agents of a run are made for, unless it says another."""


@dataclass(frozen=True)
class Plan:
    """What is going to be told, and what it costs: the emulator knows, it was told first."""

    expected: Run
    told: Sequence[Story]

    @property
    def requests(self) -> int:
        """That the stories take."""
        return len(self.expected.steps) + MARGIN

    @property
    def at_most(self) -> int:
        """With all that looking for leftovers, cleaning and waiting can take."""
        looking = len(KINDS[self.expected.platform]) * PAGES
        return self.requests + looking + len(self.expected.made) * REQUESTS + REPEATS

    def cost(self) -> str:
        """In words."""
        counts = {kind: [name for name, _ in self.expected.made].count(kind) for kind, _ in self.expected.made}
        objects = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        work = sum(each.works for each in self.told)
        return (
            f"about {self.expected.client.wire.sent} requests, at most {self.at_most}; "
            f"{len(self.expected.made)} objects, of which none stays but in archives ({objects}); "
            f"{f'a model works {work} times' if work else 'no model works'}"
        )


MARGIN: Final = 20
"""Requests that steps take beyond one each."""


def plan(
    platform: str, *, work: bool = False, only: str = "", model: str = "", settings: dict[str, Any] | None = None
) -> Plan:
    """Tells the stories to an emulator of its own."""
    told = stories(platform, work=work, only=only)
    with (
        tempfile.TemporaryDirectory() as folder,
        emulated(platform, Path(folder) / "expected.emulator", settings or {}) as client,
    ):
        expected = Run(client, new_label(), model or MODELS[platform], work)
        tell(expected, told)
    return Plan(expected, told)


def tell(run: Run, told: Sequence[Story]) -> None:
    """Tells stories in their order; a run that has spent its requests ends."""
    try:
        for each in told:
            run.tell(each.name, each.tale)
    except Spent:
        run.ended |= {each.name: "the run had spent its requests" for each in told if each.name not in run.told}


def verify(plan: Plan, client: Client, *, say: Callable[[str], None]) -> tuple[Report, Run]:
    """Tells a server what the emulator was told, and compares. Interrupted, it still takes away what it made."""
    run = Run(client, new_label(), plan.expected.model, plan.expected.work)
    say(f"the label of this run is {run.label}")
    old = left_behind(client, is_over)
    try:
        tell(run, plan.told)
    finally:
        cleaned = _clean(run, old, whole=len(run.told) == len(plan.told))
        for kind, one, reason in cleaned.left:
            say(f"left behind: {kind} {one}: {reason}")
    compared = compare(plan.expected, run, ["ground", *(each.name for each in plan.told)])
    return Report(client.platform, client.base, run.label, client.wire.sent, compared, cleaned), run


def _clean(run: Run, old: list[tuple[str, str]], *, whole: bool) -> Cleaned:
    """What answers named goes; what no answer named is looked for by its label."""
    client = run.client
    lost = [] if whole and not run.lost else left_behind(client, lambda label: label == run.label)
    found = old + run.made + lost
    # What has to go may be more than the plan knew of.
    client.wire.limit = max(client.wire.limit, client.wire.sent + REQUESTS * len(found) + REPEATS)
    return clean(client, found)


def known(former: Path | None) -> frozenset[tuple[str, ...]]:
    """The differences of a former report."""
    if former is None:
        return frozenset()
    names = ("story", "step", "where", "emulator", "server")
    found = json.loads(former.read_text())["differences"]
    return frozenset(tuple(str(each[name]) for name in names) for each in found)


def knows(report: Report, former: frozenset[tuple[str, ...]]) -> Report:
    """The report of one who knows a former one."""
    return replace(report, known=former)

"""What a run came to: a table for people, JSON for programs. No secret stands in either."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import anthropic
import qca

from pulumi_managed_agents.declaration.scrubbing import Scrubber

from .compare import Comparison, Difference, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .cleaning import Cleaned

NAMED: Final = re.compile(r"<id of [^>]*>")
LABEL: Final = re.compile(r"\[[^]]*\]")
FEW: Final = 3
SHOWN: Final = 60
"""Characters of a value."""
SDKS: Final = {"claude": f"anthropic {anthropic.__version__}", "qoder": f"qca-sdk {qca.__version__}"}


@dataclass(frozen=True)
class Report:
    """All that is told."""

    platform: str
    url: str
    label: str
    requests: int
    comparison: Comparison
    cleaned: Cleaned
    known: frozenset[tuple[str, ...]] = frozenset()
    """Differences that a former report had."""

    @property
    def new(self) -> list[Difference]:
        """What no former report had."""
        return [each for each in self.comparison.differences if each.key not in self.known]

    def document(self, scrubber: Scrubber) -> Any:
        """As JSON."""
        found = {
            "platform": self.platform,
            "url": self.url,
            "label": self.label,
            "sdk": SDKS[self.platform],
            "requests": self.requests,
            "stories": [asdict(each) for each in self.comparison.verdicts],
            "differences": [each.document() for each in self.comparison.differences],
            "new": len(self.new),
            "left": [list(each) for each in self.cleaned.left],
            "archived": [list(each) for each in self.cleaned.archived],
        }
        return json.loads(scrubber.text(json.dumps(found, ensure_ascii=False)))

    def table(self, scrubber: Scrubber) -> str:
        """As Markdown."""
        parts = [self._head(), _verdicts(self.comparison.verdicts)]
        if self.comparison.differences:
            parts.append(_differences(self.comparison.differences))
        return scrubber.text("\n\n".join(parts)) + "\n"

    def _head(self) -> str:
        count = len(self.comparison.differences)
        new = f", {len(self.new)} of them new" if self.known else ""
        kept = f" {len(self.cleaned.archived)} archived: the platform removes none." if self.cleaned.archived else ""
        left = "".join(f"\nLeft behind: {kind} {one} ({reason})." for kind, one, reason in self.cleaned.left)
        return (
            f"{self.url} ({self.platform}, {SDKS[self.platform]}) against the emulator: {count} differences{new}.\n"
            f"{self.requests} requests, {len(self.cleaned.removed)} objects removed.{kept}{left}"
        )


def _verdicts(verdicts: Iterable[Verdict]) -> str:
    rows = [
        [each.story, each.steps, "not there" if each.absent else each.same, each.differ, each.skipped]
        for each in verdicts
    ]
    return _table(["story", "steps", "same", "differ", "not asked"], rows)


def _differences(differences: Iterable[Difference]) -> str:
    """A difference that comes at several steps, or in several kinds, stands once."""
    found: dict[tuple[str, str, str], list[Difference]] = {}
    for each in differences:
        found.setdefault((_field(each.where), _value(each.emulator), _value(each.server)), []).append(each)
    rows = [[_kinds(steps), where, ours, theirs, _at(steps)] for (where, ours, theirs), steps in found.items()]
    return _table(["kinds", "what", "emulator", "server", "where"], rows)


def _field(where: str) -> str:
    """A field by its name, whether it was read of an object or in a list."""
    return LABEL.sub("[]", where).removeprefix("body.").removeprefix("data.[].")


def _kinds(steps: list[Difference]) -> str:
    names = list(dict.fromkeys(each.story.partition(":")[0] for each in steps))
    return ", ".join(names) if len(names) <= FEW else f"{len(names)} kinds"


def _at(steps: list[Difference]) -> str:
    first = f"{steps[0].story.partition(': ')[2] or 'ground'}: {steps[0].step}"
    return first if len(steps) == 1 else f"{first}, and {len(steps) - 1} more"


def _value(value: object) -> str:
    text = value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
    text = NAMED.sub("<id>", text).replace("\n", "\\n")
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _table(heads: list[str], rows: list[list[Any]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |" for line in lines)

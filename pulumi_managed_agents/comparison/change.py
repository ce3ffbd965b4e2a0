"""One property that differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..declaration.marks import Mark, Replaces
from ..declaration.values import JSON, Path, render

Action = Literal["add", "delete", "update"]


@dataclass(frozen=True)
class Change:
    """One property that differs: where, how, and the mark that says what the difference means."""

    path: Path
    action: Action
    old: JSON
    new: JSON
    mark: Mark | None = None

    @property
    def replaces(self) -> bool:
        """Whether this change needs a new object."""
        if not isinstance(self.mark, Replaces):
            return False
        return self.action in OCCASIONS[self.mark.when]

    @property
    def name(self) -> str:
        """The top-level property that the change belongs to."""
        return str(self.path[0])

    @property
    def explanation(self) -> str:
        """The change and its meaning, in words."""
        done = {"add": "added", "delete": "removed", "update": "changed"}[self.action]
        how = (
            f"needs a new object: {self.mark.why}" if self.replaces and isinstance(self.mark, Replaces) else "in place"
        )
        return f"`{render(self.path)}` {done} ({how})"

    def __repr__(self) -> str:
        # The values may be secrets that no wrapper marks any more.
        return f"<{self.action} {render(self.path)}{' (replace)' if self.replaces else ''}>"


OCCASIONS: dict[str, tuple[Action, ...]] = {
    "changed": ("add", "delete", "update"),
    "added": ("add",),
    "removed": ("delete",),
    "added or removed": ("add", "delete"),
}


def action_of(old: JSON, new: JSON) -> Action:
    """What became of a value, of which at most one side is missing."""
    if old is None:
        return "add"
    return "delete" if new is None else "update"

"""A table of changes: what a property was, what it becomes, and what that has to lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from engine.declare import Row
    from engine.stack import Run

Operation = Literal["update", "replace", "same"]
Moment = Literal["before", "after"]


def child(id_: str) -> str:
    """The object's own id, of one that lives in another."""
    return id_.rpartition("/")[2]


@dataclass(frozen=True)
class Change:
    """One resource of the table: its arguments before and after."""

    name: str
    before: dict[str, Any]
    after: dict[str, Any]
    operation: Operation = "update"
    sends: tuple[str, ...] | None = None
    """The operations asked of the object itself; by default the kind's own update, or its removal when replaced."""
    platform: dict[str, Any] = field(default_factory=dict)
    """What the platform's object holds afterwards, by dotted path: for what a refresh cannot see."""

    @property
    def properties(self) -> set[str]:
        """The arguments that change; files that do are the one argument that names them."""
        names = {*self.before, *self.after}
        return {name for name in names if self.before.get(name) != self.after.get(name)} or names & {"source", "path"}


@dataclass(frozen=True)
class Table:
    """All changes of one kind, and the resources that they need around them."""

    kind: str
    collection: str
    declare: Callable[..., Row]
    changes: tuple[Change, ...]
    around: tuple[Row, ...] = ()
    around_after: tuple[Row, ...] = ()
    updates: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    own: Callable[[str], str] = lambda id_: id_.partition("/")[0]
    """The part of a resource's id that the platform's object has."""
    files: Mapping[Moment, Mapping[str, str]] = field(default_factory=dict)
    """Local files, by path in the program's folder, that are written at each moment."""
    secrets: tuple[str, ...] = ()
    """Words that nothing may show."""
    looks: tuple[str, ...] = ()
    """What is asked of an object that is replaced, unless a page of a list has told: not counted."""
    elsewhere: tuple[str, ...] = ()
    """Arguments that only another platform has."""

    def declared(self, moment: Moment) -> list[Row]:
        """What the program declares at that moment."""
        around = self.around if moment == "before" else self.around_after or self.around
        return [*around, *(self.declare(change.name, **getattr(change, moment)) for change in self.changes)]

    def expected(self) -> dict[str, Operation]:
        """The operation of every row."""
        return {change.name: change.operation for change in self.changes}

    def found(self, run: Run) -> dict[str, Operation]:
        """The operation of every row, as the engine told it."""
        return {change.name: _operation(run.operations.get(change.name, [])) for change in self.changes}

    def requests_expected(self) -> dict[str, tuple[str, ...]]:
        """The requests about each row's first object."""
        usual = {"update": self.updates, "replace": self.removes, "same": ()}
        return {
            change.name: usual[change.operation] if change.sends is None else change.sends for change in self.changes
        }

    def requests_found(self, log: Iterable[Row], ids: dict[str, str]) -> dict[str, tuple[str, ...]]:
        """The same from the emulator's log."""
        rows = list(log)
        found = {
            change.name: [row["operation"] for row in rows if ids[change.name] in row["path"].split("/")]
            for change in self.changes
        }
        replaced = {change.name for change in self.changes if change.operation == "replace"}
        return {
            name: tuple(each for each in asked if name not in replaced or each not in self.looks)
            for name, asked in found.items()
        }


def _operation(steps: list[str]) -> Any:
    return "replace" if "replace" in steps else "+".join(steps) or "same"


def at(document: Any, path: str) -> Any:
    """The value at a dotted path; None where there is none."""
    for part in path.split("."):
        document = document[int(part)] if isinstance(document, list) else document.get(part)
    return document

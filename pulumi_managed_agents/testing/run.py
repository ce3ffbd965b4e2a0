"""What one command of the engine did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_SILENT = frozenset({"same", "read", "refresh"})
_OF_THE_ENGINE = ("pulumi:pulumi:", "pulumi:providers:")


@dataclass(frozen=True)
class Run:
    """One `up`, `preview`, `refresh` or `destroy`: what it did to each resource, by its name in the program."""

    operations: Mapping[str, tuple[str, ...]]
    """The engine's words in their order: `create`, `update`, `replace`, `create-replacement`, `delete`, ..."""
    requests: tuple[str, ...] = ()
    """What was asked of the emulated platform besides reads, such as `POST /v1/agents`."""
    outputs: Mapping[str, Any] = field(default_factory=dict)
    """What the program exports; secrets in the clear, for a test to compare."""
    text: str = ""
    """What the engine printed."""

    @property
    def created(self) -> frozenset[str]:
        """Resources that are new."""
        return self._with("create")

    @property
    def updated(self) -> frozenset[str]:
        """Resources that change in place."""
        return self._with("update")

    @property
    def replaced(self) -> frozenset[str]:
        """Resources whose object is a new one."""
        return self._with("replace")

    @property
    def deleted(self) -> frozenset[str]:
        """Resources that are no more."""
        return self._with("delete") - self.replaced

    def _with(self, operation: str) -> frozenset[str]:
        return frozenset(name for name, all_ in self.operations.items() if operation in all_)


def operations_in(events: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """What the engine's events, in their JSON form, say of each resource that a program declares."""
    found: dict[str, tuple[str, ...]] = {}
    for event in events:
        step = event.get("resourcePreEvent", {}).get("metadata")
        if step and step["op"] not in _SILENT and not step["type"].startswith(_OF_THE_ENGINE):
            name = step["urn"].rpartition("::")[2]
            found[name] = (*found.get(name, ()), step["op"])
    return found

"""The mounted platform with an answer bent out of shape on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_managed_agents.backend import Backend
    from pulumi_managed_agents.lifecycle import Call
    from pulumi_managed_agents.model import Capabilities
    from pulumi_managed_agents.values import Bag


@dataclass
class Bent:
    """A platform whose answers to one operation come as `bend` makes them."""

    inner: Backend
    operation: str
    bend: Callable[[Bag], Any]

    @property
    def capabilities(self) -> Capabilities:
        return self.inner.capabilities

    def has(self, operation: str) -> bool:
        return self.inner.has(operation)

    def close(self) -> None:
        self.inner.close()

    def send(self, call: Call) -> Bag:
        answer = self.inner.send(call)
        bent: Bag = self.bend(answer) if call.operation == self.operation else answer
        return bent

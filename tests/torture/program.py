"""The program: what is declared, and for each resource what the engine keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torture.forms import Form

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State


@dataclass(frozen=True)
class Ref:
    """An output of another resource: its id, what it is mounted as, or an output by name."""

    name: str
    output: str = "id"


class NotThere(Exception):
    """What a resource refers to has no state: the engine would not come to it."""


@dataclass
class Resource:
    """One resource of the program."""

    name: str
    form: str
    kind: str
    bag: Bag
    state: State | None = None
    inputs: Bag = field(default_factory=dict)
    """Checked inputs, as the engine keeps them beside the outputs."""
    pending: bool = False
    """Whether the last operation left it not ready."""
    replaced: list[State] = field(default_factory=list)
    """What a replacement left to be removed."""
    due: bool = True
    """Whether the program and the state may differ."""
    leaving: bool = False
    failures: int = 0
    """Operations in a row that failed."""


class Program:
    """The resources by name, in the order in which they were declared."""

    def __init__(self) -> None:
        self.resources: dict[str, Resource] = {}

    def __iter__(self) -> Iterator[Resource]:
        return iter(self.resources.values())

    def add(self, form: Form, bag: Bag, number: int) -> Resource:
        """Declares a resource."""
        name = f"{form.name.lower()}-{number}"
        self.resources[name] = Resource(name, form.name, form.kind, bag)
        return self.resources[name]

    def of(self, form: str) -> list[Resource]:
        """Those of a form that stay."""
        return [resource for resource in self if resource.form == form and not resource.leaving]

    def users(self, resource: Resource) -> list[Resource]:
        """Those that refer to a resource."""
        return [other for other in self if resource.name in {ref.name for ref in refs(other.bag)}]

    def resolved(self, resource: Resource) -> Bag:
        """The bag with the values of what it refers to.

        Raises:
            NotThere: something it refers to has no state.
        """
        bag: Bag = self._resolved(resource.bag)
        return bag

    def ids(self) -> set[str]:
        """The ids that the engine has in its state; the last part of those that name a parent too."""
        states = [state for each in self for state in (each.state, *each.replaced) if state is not None]
        return {state.id.rpartition("/")[2] for state in states}

    def mentions(self, id_: str) -> bool:
        """Whether what the engine has of any other resource refers to an object."""
        return any(f"'{id_}'" in repr(each.state.outputs) for each in self if each.state and each.state.id != id_)

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, Ref):
            return self._value(value)
        if isinstance(value, dict):
            return {key: self._resolved(item) for key, item in value.items()}
        return [self._resolved(item) for item in value] if isinstance(value, list) else value

    def _value(self, ref: Ref) -> Any:
        target = self.resources.get(ref.name)
        if target is None or target.state is None:
            raise NotThere(ref.name)
        if ref.output == "id":
            return target.state.id
        derived = {item.name: item for item in KINDS[target.kind].derived}
        if ref.output in derived:
            return derived[ref.output].of(target.state.outputs)
        return target.state.outputs[ref.output]


def refs(value: Any) -> Iterator[Ref]:
    """What a value refers to."""
    if isinstance(value, Ref):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from refs(item)

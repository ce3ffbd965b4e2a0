"""What the engine does with one resource, and what it keeps of it: check, compare, then one operation.

As the plugin does it. A failed create keeps nothing, a failed update the old state; what is not ready is kept, and
updated again. A refresh drops what is gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.errors import ManagedAgentsError, NotReady
from pulumi_managed_agents.lifecycle.steps import State
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torture.emulated import Emulated
    from torture.program import Program, Resource

    from pulumi_managed_agents.comparison.change import Change
    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.kind import Kind

Verb = Literal["create", "update", "delete", "read"]


@dataclass(frozen=True)
class Outcome:
    """What came of one operation."""

    verb: Verb
    resource: Resource
    before: State | None
    state: State | None = None
    """What the engine has now; None where it has nothing, or nothing new."""
    error: Exception | None = None
    inputs: Bag = field(default_factory=dict)
    """The checked inputs of a create or an update."""
    changed: frozenset[str] = frozenset()
    """The properties that an update changes."""

    @property
    def done(self) -> bool:
        """Whether it was reported as done."""
        return self.error is None

    @property
    def unready(self) -> bool:
        """Whether the object is kept, and something still to be done."""
        return isinstance(self.error, NotReady)


class Engine:
    """Carries out operations, one at a time; who watches is told before each and after it."""

    def __init__(
        self, emulated: Emulated, program: Program, begins: Callable[[Outcome], None], ends: Callable[[Outcome], None]
    ) -> None:
        self._emulated = emulated
        self._program = program
        self._begins = begins
        self._ends = ends

    def up(self, resource: Resource) -> bool:
        """Brings one resource about; False where nothing had to be done."""
        old = resource.state
        wanted = self._checked(resource, resource.inputs)
        resource.due = False
        if old is None:
            self._create(resource, wanted)
            return True
        now = self._emulated.clock.now()
        changed = plan.diff(self._kind(resource), old.outputs, wanted, resource.inputs, now)
        if plan.replaced(changed):
            self._replace(resource)
        elif changed or resource.pending:
            self._update(resource, old, wanted, changed)
        return bool(changed) or resource.pending

    def delete(self, resource: Resource) -> None:
        """Removes what leaves the program."""
        if resource.state is not None and not self._delete(resource, resource.state):
            return
        resource.state = None

    def delete_replaced(self, resource: Resource) -> None:
        """Removes the oldest of what replacements left."""
        if self._delete(resource, resource.replaced[0]):
            resource.replaced.pop(0)

    def refresh(self, resource: Resource, context: apply.Context) -> None:
        """Looks at what is there now."""
        old = resource.state
        if old is None:
            return
        kind = self._kind(resource)
        managed = plan.managed(kind, old.outputs, resource.inputs)
        outcome = self._carried_out(Outcome("read", resource, old), lambda: apply.read(kind, old.id, managed, context))
        if not outcome.done:
            return
        resource.state, resource.due = outcome.state, resource.due or outcome.state is None
        properties = kind.shape.properties
        resource.inputs = {w: v for w, v in outcome.state.outputs.items() if w in properties} if outcome.state else {}
        resource.due = resource.due or resource.inputs != {w: managed.get(w) for w in resource.inputs}
        # What was not ready counts as ready for the engine, unless a read says again that it is not.
        resource.pending = False

    def _create(self, resource: Resource, inputs: Bag) -> bool:
        kind, context = self._kind(resource), self._emulated.context()
        began = Outcome("create", resource, None, inputs=inputs)
        return self._kept(resource, self._carried_out(began, lambda: apply.create(kind, inputs, context)))

    def _update(self, resource: Resource, old: State, inputs: Bag, changed: Sequence[Change]) -> None:
        kind, context = self._kind(resource), self._emulated.context()
        names = frozenset(change.name for change in changed)
        began = Outcome("update", resource, old, inputs=inputs, changed=names)
        done = lambda: apply.update(kind, old.id, old.outputs, inputs, context)  # noqa: E731
        self._kept(resource, self._carried_out(began, done))

    def _replace(self, resource: Resource) -> None:
        """A new object with a stamp of its own; the old one goes first where both cannot be."""
        old, fresh = resource.state, self._checked(resource, {})
        assert old is not None
        if self._kind(resource).old_first:
            if not self._delete(resource, old):
                resource.due = True
                return
            resource.state, resource.inputs = None, {}
            self._create(resource, fresh)
        elif self._create(resource, fresh):
            resource.replaced.append(old)

    def _kept(self, resource: Resource, outcome: Outcome) -> bool:
        """Whether the engine has an object now that it did not have, or has as it is wanted."""
        if not outcome.done and not outcome.unready:
            resource.due = True
            resource.failures += 1
            return False
        resource.state = outcome.state
        if outcome.verb == "create" or not outcome.unready:
            # Of an update that was not ready the engine keeps the outputs, and the inputs that it had.
            resource.inputs = outcome.inputs
        resource.pending = resource.due = outcome.unready
        resource.failures = resource.failures + 1 if outcome.unready else 0
        for user in self._program.users(resource):
            user.due = True
        return True

    def _delete(self, resource: Resource, state: State) -> bool:
        kind, context = self._kind(resource), self._emulated.context()
        began = Outcome("delete", resource, state)
        return self._carried_out(began, lambda: apply.delete(kind, state.id, state.outputs, context)).done

    def _carried_out(self, began: Outcome, operation: Callable[[], State | None]) -> Outcome:
        self._begins(began)
        try:
            outcome = _ended(began, operation(), None)
        except NotReady as unready:
            outcome = _ended(began, State(unready.id, unready.state), unready)
        except Exception as error:  # noqa: BLE001 - one that is not ours is a finding
            outcome = _ended(began, None, error)
        self._ends(outcome)
        return outcome

    def _checked(self, resource: Resource, old: Bag) -> Bag:
        kind = self._kind(resource)
        bag = self._program.resolved(resource)
        inputs, failures = plan.check(kind, old, bag, self._emulated.check_context(resource.name))
        assert failures == [], (resource.name, bag, failures)
        return inputs

    def _kind(self, resource: Resource) -> Kind:
        return KINDS[resource.kind].on(self._emulated.platform)


def _ended(began: Outcome, state: State | None, error: Exception | None) -> Outcome:
    return Outcome(began.verb, began.resource, began.before, state, error, began.inputs, began.changed)


def is_ours(error: Exception) -> bool:
    """Whether the user sees a sentence, and no traceback."""
    return isinstance(error, ManagedAgentsError)

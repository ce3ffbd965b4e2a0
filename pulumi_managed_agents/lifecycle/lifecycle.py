"""What it takes to create, read, change and remove an object.

A lifecycle is a generator: it yields a `Call` and is sent the platform's answer (or has the failure thrown into it),
and returns the `State` reached. It does no I/O and reads no clock, so the same code runs against a real platform, the
emulator and a list of answers in a test. `apply` drives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..declaration.stamp import METADATA_LIMIT, stamped
from ..declaration.tokens import PLUGIN_FAMILY
from ..declaration.values import Bag
from ..errors import CallFailed, Conflict, Refused
from .adopt import adopted
from .alike import Before, told
from .bodies import creation, patch
from .effects import stamped_with
from .guarded import Wanted, guarded
from .missing import present, unless_missing
from .outputs import carried_over, outputs_of
from .pages import pages
from .steps import Call, Effect, Operation, State, Steps

if TYPE_CHECKING:
    from ..comparison.change import Change
    from ..declaration.form import Form


def always(outputs: Bag) -> bool:
    """The platform keeps every object of the kind."""
    del outputs
    return True


def never(outputs: Bag) -> bool:
    """The platform keeps no object of the kind."""
    del outputs
    return False


@dataclass(frozen=True)
class Within:
    """The object that others live in: the property that has its id, and the platform's path parameter."""

    wire: str
    parameter: str


@dataclass(frozen=True)
class Lifecycle:
    """The default: one request to create, one to read, one to change, one to remove."""

    collection: str
    """The platform's collection, as its SDK names it."""

    parameter: str
    """The path parameter that takes the id."""

    removal: tuple[str, ...] = ("archive",)
    """The verbs that remove an object whose `onDelete` chooses none.

    A later one is tried when the platform refuses an earlier one with 409.
    """

    stamped: bool = True
    """Whether an object carries the stamp of its creation, in its metadata."""

    viewed: Mapping[str, str] = field(default_factory=dict)
    """The query with which the platform shows all of the object."""

    guard: str | None = None
    """The output that an update sends along, so that the platform can refuse to overwrite somebody else's change."""

    within: Within | None = None
    """For objects that live in another one: an id is then `PARENT/OWN`."""

    listed: bool = True
    """Whether the platform keeps such objects in a collection of their own."""

    works: bool = False
    """Whether an object may be at work as soon as it is made."""

    kept: Callable[[Bag], bool] = always
    """Whether the platform keeps an object with such outputs: then it is of an account there."""

    unwanted: Mapping[str, Any] = field(default_factory=dict)
    """The outputs with which an object is removed that nobody declares: what is at work in it ends."""

    traceless: str = "nothing was created"
    """What there is to say of a create that was cut off and left nothing to be found."""

    def operation(self, verb: str) -> Operation:
        """What can be asked of the collection."""
        return Operation(self.collection, verb)

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Makes the object that the inputs declare."""
        try:
            answer = yield self.creation(form, inputs)
        except Conflict as conflict:
            known = yield from self.occupant(form, inputs, conflict)
            raise (conflict.advised(_taken_by(form, known)) if known else conflict) from None
        return self.made(form, inputs, answer)

    def again(self, form: Form, inputs: Bag, done: Bag) -> Steps[State]:
        """As `create`, where one that was cut off had `done` (its outputs) what must not be done twice."""
        del done
        return (yield from self.create(form, inputs))

    def creation(self, form: Form, inputs: Bag) -> Call:
        """The request that makes the object."""
        body, effect = creation(form.shape, inputs), None
        if self.stamped:
            body, stamp = stamped(body, inputs.get("creationId"))
            effect = self.trace(inputs) if stamp else None
        return Call(self.operation("create"), self.place(inputs), body, effect=effect, once=inputs.get("creationId"))

    def trace(self, inputs: Bag) -> Effect:
        """How an object that such inputs made is found by its stamp."""
        return stamped_with(Call(self.operation("list"), self.place(inputs)), inputs["creationId"])

    def made(self, form: Form, inputs: Bag, answer: Bag) -> State:
        """The state of the object that a create, or a search after one, gave."""
        return State(self.id_of(inputs, answer), outputs_of(form, inputs, self.understood(answer)))

    def id_of(self, inputs: Bag, answer: Bag) -> str:
        """The id of an object that such inputs made."""
        parent = f"{inputs[self.within.wire]}/" if self.within else ""
        return f"{parent}{answer['id']}"

    def counterpart(self, inputs: Bag) -> Steps[Bag | None]:
        """For kinds without a stamp: the object that can only be the one that such inputs made."""
        del inputs
        return None
        yield  # a generator, as its overrides are

    def remains(self, form: Form, inputs: Bag, before: Before) -> Steps[Bag | None]:
        """What is there of a create with such inputs that was cut off, where no stamp tells; None: nothing.

        Raises:
            Untellable: there may be something, and nothing tells it from others.
        """
        if not self.stamped:
            return (yield from self.counterpart(inputs))
        body = creation(form.shape, inputs)
        items = yield from pages(Call(self.operation("list"), self.place(inputs)), 0)
        names = ("name", "display_name", "title")

        def is_like_it(item: Bag) -> bool:
            labelled = item.get("metadata") == body.get("metadata")
            called = all(item.get(name) == body[name] for name in names if name in body)
            return labelled and called and self.id_of(inputs, item) not in before.ids

        what = f"it has no stamp, since its {METADATA_LIMIT} metadata entries left no room, but there is one like it"
        return told(what, list(filter(is_like_it, items)), before)

    def claims(self, id: str, outputs: Bag) -> Iterable[str]:
        """The ids of all that a resource stands for."""
        del outputs
        return (id,)

    def remembered(self, outputs: Bag) -> Iterator[tuple[str, Iterable[str]]]:
        """What a state tells of things that only their ids tell apart: where they were made, and which they are."""
        del outputs
        return iter(())

    def recovered(self, form: Form, id: str, inputs: Bag, answer: Bag) -> Steps[State | None]:
        """The object that a create with such inputs made before it was cut off, as it is now; None when it is gone.

        `answer` is what was found; a person who knew the id left it empty.
        """
        del answer
        return (yield from self.read(form, id, inputs))

    def occupant(self, form: Form, inputs: Bag, conflict: Conflict) -> Steps[str | None]:
        """The id of the object that has the unique key already, where one can be found."""
        del form, inputs, conflict
        return None
        yield  # a generator, as its overrides are

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """The object as it is now, in the words of `managed`; None when it is gone. Without `managed`, all of it."""
        retrieval = Call(self.operation("retrieve"), self.ids(id), query=self.viewed, shared=id)
        answer = yield from present(retrieval, expected=managed is not None)
        if answer is None or self.is_gone(answer):
            return None
        answer = {**self.understood(answer), **self._parent(id)}
        return State(id, outputs_of(form, adopted(form, answer) if managed is None else managed, answer))

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Makes the changes on the living object."""
        body = patch(form.shape, changed, old, new)
        if not body:
            return State(id, carried_over(form, old, new))
        answer = yield from self._send(form, id, body, changed, old, new)
        return State(id, outputs_of(form, new, self.understood(answer)))

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Removes the object; one that is gone or archived already is fine."""
        del form
        chosen = old.get("onDelete")
        verbs = (str(chosen),) if chosen in ("archive", "delete") else self.removal
        try:
            yield from unless_missing(lambda: self._removed(id, verbs))
        except Refused as refusal:
            if not (yield from self._is_archived(id)):
                raise refusal from None

    def _removed(self, id: str, verbs: Sequence[str]) -> Steps[None]:
        *attempts, last = verbs
        for verb in attempts:
            try:
                yield Call(self.operation(verb), self.ids(id))
            except Conflict:
                continue
            return
        yield Call(self.operation(last), self.ids(id))

    def _is_archived(self, id: str) -> Steps[bool]:
        try:
            current = yield Call(self.operation("retrieve"), self.ids(id))
        except CallFailed:
            return False
        return self.is_gone(current)

    def place(self, inputs: Bag) -> dict[str, str]:
        """The path parameters under which the object is made."""
        return {self.within.parameter: inputs[self.within.wire]} if self.within else {}

    def ids(self, id: str) -> dict[str, str]:
        """The path parameters that address the object."""
        if self.within is None:
            return {self.parameter: id}
        parent, _, own = id.partition("/")
        if not own:
            raise CallFailed(self.collection, f"{id!r} is no id here", f"Write it as `{self.within.wire}/ID`.")
        return {self.within.parameter: parent, self.parameter: own}

    def _parent(self, id: str) -> dict[str, str]:
        return {self.within.parameter: id.partition("/")[0]} if self.within else {}

    def is_gone(self, answer: Bag) -> bool:
        """Whether the platform only remembers the object: an archived one cannot be used or brought back."""
        return is_archived(answer)

    def understood(self, answer: Bag) -> Bag:
        """The platform's answer, in a declaration's words where it has its own for the same thing."""
        return answer

    def _send(
        self,
        form: Form,
        id: str,
        body: Bag,
        changed: Sequence[Change],
        old: Bag,
        new: Bag,
    ) -> Steps[Bag]:
        operation = self.operation("update")
        if self.guard is None or old.get(self.guard) is None:
            answer: Bag = yield Call(operation, self.ids(id), body)
            return answer
        update = Call(operation, self.ids(id), body)
        retrieval = Call(self.operation("retrieve"), self.ids(id))
        wanted = Wanted(form, tuple(changed), old, new)
        return (yield from guarded(update, retrieval, self.guard, wanted, self.understood))


def is_archived(answer: Bag) -> bool:
    """Whether the platform only remembers the object."""
    return answer.get("archived_at") is not None


def _taken_by(form: Form, id: str) -> str:
    return (
        f"There is one already, with the id {id}. To manage it here, import it: "
        f"`pulumi import {PLUGIN_FAMILY}{form.name} NAME {id}`; else remove it on the platform first."
    )

"""Carries out what a kind's lifecycle asks for: makes its calls, finds lost objects again, never loses an id."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from ..declaration.platform import UNSAID
from ..declaration.stamp import STAMP
from ..errors import CallFailed, FileProblem, GarbledAnswer, LostAnswer, NotReady
from ..lifecycle.lifecycle import Call, Contents, Now, Reached, State, Step, Steps, Wait, Warned
from ..plan.files import LocalFiles
from ..plan.plan import diff, refuse_others
from ..resources.parts.access import Denied
from .listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..declaration.model import Failure, Files, Kind
    from ..declaration.values import JSON, Bag
    from ..platforms.backend import Backend

T = TypeVar("T")

SEARCHED_PAGES = 3
"""Pages of the newest objects that are searched for a stamp: it was made a moment ago."""

SETTLING = (0.0, 1.0)
"""Seconds before each search: a request whose answer was lost may still be at work."""

REPEATED_CREATES = 3


@dataclass(frozen=True)
class Context:
    """What effects need: the platform, a way to tell the user, time, and the user's files."""

    backend: Backend
    warn: Callable[[str], None]
    sleep: Callable[[float], None] = time.sleep
    files: Files = field(default_factory=LocalFiles)
    beside: Backend | None = None
    """Another service, for what is asked of it directly: GitHub."""
    clock: Callable[[], float] = time.time
    listing: Listing = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "listing", Listing(self.backend))


def create(kind: Kind, inputs: Bag, context: Context) -> State:
    """Makes the object.

    Raises:
        CallFailed: it was not made.
        NotReady: it was made, and carries its id and state.
    """
    return _completed(_said(_run(kind.lifecycle.create(kind, inputs), context), kind, context))


def read(kind: Kind, id: str, managed: Bag | None, context: Context) -> State | None:
    """The object as it is now, in the user's words; None when it is gone."""
    refuse_others(kind, managed or {}, context.backend.capabilities.key)
    state = _run(kind.lifecycle.read(kind, id, managed), context)
    return _said(state, kind, context) if state and managed is None else state


def update(kind: Kind, id: str, old: Bag, new: Bag, context: Context) -> State:
    """Makes the object what is wanted.

    Raises:
        CallFailed: nothing was changed.
        NotReady: some of it was changed, or what was wanted did not come about; carries the state reached.
    """
    refuse_others(kind, old, context.backend.capabilities.key)
    return _completed(
        _run(kind.lifecycle.update(kind, id, diff(kind, old, new, now=context.clock()), old, new), context)
    )


def delete(kind: Kind, id: str, old: Bag, context: Context) -> None:
    """Removes the object, or finds it gone."""
    refuse_others(kind, old, context.backend.capabilities.key)
    _run(kind.lifecycle.delete(kind, id, old), context)


def _said(state: State, kind: Kind, context: Context) -> State:
    """The state with the platform that it is of, where that is not the usual one."""
    key = context.backend.capabilities.key
    if key == UNSAID or not kind.lifecycle.listed:
        return state
    return replace(state, outputs={**state.outputs, "platform": key})


def verify(kind: Kind, old: Bag, new: Bag, context: Callable[[], Context]) -> list[Failure]:
    """What is wrong with checked inputs as far as others than the platform can tell before anything is made."""
    steps = kind.verify(old, new)
    if steps is None:
        return []
    try:
        _run(steps, context())
    except Denied as denied:
        return [denied.failure]
    return []


def look_up(steps: Steps[T], context: Context) -> T:
    """What the steps find; they change nothing."""
    return _run(steps, context)


def _completed(state: State) -> State:
    if state.pending:
        raise NotReady(state.id, state.outputs, list(state.pending))
    return state


def _run(steps: Steps[T], context: Context) -> T:
    """Drives a lifecycle to its end; what was reached before a failure is kept."""
    reached: State | None = None
    step: Step | None = None
    answer: JSON = None
    failure: CallFailed | None = None
    while True:
        try:
            step = _next(steps, step, answer, failure)
        except StopIteration as end:
            result: T = end.value
            return result
        except CallFailed as error:
            if reached is None:
                raise
            raise NotReady(reached.id, reached.outputs, [str(error)]) from error
        if isinstance(step, Reached):
            reached = step.state
        answer, failure = _taken(step, context)


def _next(steps: Steps[T], step: Step | None, answer: JSON, failure: CallFailed | None) -> Step:
    """The step after this one; an answer that makes no sense to the lifecycle is reported as such."""
    try:
        return steps.throw(failure) if failure else steps.send(answer)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        if not isinstance(step, Call) or not isinstance(answer, dict):
            raise
        problem = f"the answer is not in the form that this provider knows ({type(error).__name__})"
        advice = f"The object exists, with the id {answer.get('id')}." if step.operation.endswith(".create") else ""
        raise GarbledAnswer(f"{step.operation} {' '.join(step.ids.values())}".strip(), problem, advice) from error


def _taken(step: Step, context: Context) -> tuple[JSON, CallFailed | None]:
    try:
        match step:
            case Call():
                return _called(step, context), None
            case Contents():
                return _read(step, context), None
            case Now():
                return context.clock(), None
            case Wait():
                context.sleep(step.seconds)
            case Warned():
                context.warn(step.text)
    except CallFailed as error:
        return None, error
    return None, None


def _read(step: Contents, context: Context) -> JSON:
    try:
        return step.read(context.files)
    except FileProblem as problem:
        raise CallFailed("Reading local files", str(problem)) from None


def _called(call: Call, context: Context) -> Bag:
    if call.stamp is not None:
        return _created(call, context)
    if call.shared:
        found = context.listing.find(call)
        if found is not None:
            return found
    return _sent(call, context)


def _sent(call: Call, context: Context) -> Bag:
    if context.beside and context.beside.has(call.operation):
        return context.beside.send(call)
    if not call.operation.endswith((".retrieve", ".list")):
        context.listing.forget(call.operation)
    try:
        return context.backend.send(call)
    except LostAnswer as lost:
        if call.operation.endswith(".create"):
            raise lost.advised(_may_exist(call)) from None
        raise


def _may_exist(call: Call) -> str:
    look = "The object may exist all the same: look for it on the platform before you run `pulumi up` again"
    labelled = "metadata" in (call.body or {})
    return look + (" (with fewer metadata entries it would have been found by its stamp)." if labelled else ".")


def _created(call: Call, context: Context) -> Bag:
    """Creates exactly one object: after a lost answer the newest ones are searched for its stamp first."""
    for remaining in reversed(range(REPEATED_CREATES)):
        context.listing.forget(call.operation)
        try:
            return context.backend.send(call)
        except LostAnswer as lost:
            try:
                found = find_stamped(call.operation.removesuffix(".create"), call.stamp, context, call.ids)
            except CallFailed as unsearched:
                raise lost.advised(_not_looked_for(call, unsearched)) from None
            if found is not None:
                return found
            if not remaining:
                raise lost.advised(
                    "It was not found on the platform, so it is safe to run `pulumi up` again."
                ) from None
    raise AssertionError  # pragma: no cover - the last round returns or raises


def _not_looked_for(call: Call, failure: CallFailed) -> str:
    return (
        f"The object may exist all the same, and looking for it failed too ({failure.attempt}: {failure.problem}). "
        f"Look for it on the platform before you run `pulumi up` again: its metadata says `{STAMP}`: {call.stamp}."
    )


def find_made(kind: Kind, inputs: Bag, context: Context) -> State | None:
    """The object that a create with these inputs made, if it can be told from others."""
    life = kind.lifecycle
    if life.stamped:
        found = find_stamped(life.collection, inputs.get("creationId"), context, life.place(inputs))
    else:
        found = _run(life.counterpart(inputs), context)
    return life.made(kind, inputs, found) if found else None


def find_stamped(
    collection: str, stamp: str | None, context: Context, place: Mapping[str, str] | None = None
) -> Bag | None:
    """The object among the newest of the collection (at its `place` in another object) that carries the stamp."""
    for pause in SETTLING:
        context.sleep(pause)
        for item in _newest(Call(f"{collection}.list", place or {}), context):
            metadata = item.get("metadata")
            if isinstance(metadata, dict) and metadata.get(STAMP) == stamp:
                return dict(item)
    return None


def _newest(listing: Call, context: Context) -> Iterator[Bag]:
    cursor: str | None = None
    for _ in range(SEARCHED_PAGES):
        query = {"limit": 100, **({"page": cursor} if cursor else {})}
        page = context.backend.send(replace(listing, query=query))
        yield from page["data"]
        cursor = page.get("next_page")
        if cursor is None:
            return

"""Dream: a job that makes a memory store of another one and of sessions. It is run, and nothing about it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from ..declaration.marks import IdOf, Lines, Local, NotIn, Only, Replaces, Shorthand, Told, Unordered
from ..declaration.model import Failure, Inputs, Model, Outputs, default, described
from ..errors import Conflict, Refused
from ..lifecycle.bodies import creation
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle
from ..lifecycle.missing import unless_missing
from ..lifecycle.steps import Call, Operation, Reached, State, Wait
from .parts.moments import CreatedAt
from .parts.unstamped import made_anew, remaining
from .session.waiting import pauses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..comparison.change import Change
    from ..declaration.capabilities import Capabilities
    from ..declaration.form import Form
    from ..declaration.values import Bag
    from ..lifecycle.alike import Before
    from ..lifecycle.steps import Steps
    from .parts.unstamped import Test

AT_WORK: Final = ("pending", "running")

_ANOTHER: Final = "another run is another dream"

_TRIES: Final = 6
"""How often it is tried to archive one that was canceled a moment ago."""


class DreamModel(Model):
    """The model that dreams."""

    id: Annotated[str, described("The model's id.", min_length=1, max_length=256)]
    speed: Annotated[
        Literal["standard", "fast"] | None,
        Only("qoder", "remove the property; dreams have the standard speed", values=("fast",)),
        described("How fast it answers (default: `standard`)."),
    ] = "standard"


class OutputBehavior(Model):
    """Where the result goes."""

    type: Annotated[
        Literal["create_new", "update_existing"],
        described("`create_new`: into a new store; `update_existing`: into the store that is read."),
    ]


class DreamInputs(Inputs):
    """What is dreamt of, and by whom."""

    memory_store_id: Annotated[
        str,
        IdOf("MemoryStore"),
        Replaces(_ANOTHER),
        described("The memory store that is read.", min_length=1, max_length=128),
    ]
    session_ids: Annotated[
        list[Annotated[str, IdOf("Session"), Field(min_length=1, max_length=128)]],
        Unordered(),
        Replaces(_ANOTHER),
        described("The sessions that are read.", min_length=1, max_length=100),
    ]
    model: Annotated[
        DreamModel,
        Shorthand("id"),
        Replaces(_ANOTHER),
        described("The model: its id, or an object with id and speed."),
    ]
    instructions: Annotated[
        str | None,
        Lines(),
        Replaces(_ANOTHER),
        described("What to look at, and how to order what is learnt.", min_length=1, max_length=4096),
    ] = None
    output_behavior: Annotated[
        OutputBehavior | None,
        Shorthand("type"),
        Replaces(_ANOTHER),
        described("Where the result goes: `create_new` (default) or `update_existing`."),
    ] = default({"type": "create_new"})
    trigger: Annotated[
        str | None,
        Local("a change runs another dream"),
        Replaces(_ANOTHER),
        described("Any text; when it changes, another dream is run.", min_length=1),
    ] = None
    wait_for_completion: Annotated[
        bool | None,
        Local("read when the dream is run"),
        described("Wait until it has ended; one that failed is an error then (default: false)."),
    ] = False
    completion_timeout_seconds: Annotated[
        int | None,
        Local("read when the dream is run"),
        described("How long `waitForCompletion` waits.", ge=0, le=86_400),
    ] = 3600


class DreamProblem(Outputs):
    """Why a dream failed."""

    type: Annotated[str, described("The platform's word, such as `timeout`.")]
    message: Annotated[str | None, Told(), described("The same for people.")] = None


class DreamUsage(Outputs):
    """What a dream has used."""

    input_tokens: Annotated[int | None, described("Tokens that were read.")] = None
    output_tokens: Annotated[int | None, described("Tokens that were written.")] = None
    cache_creation_input_tokens: Annotated[int | None, described("Tokens that were written to the cache.")] = None
    cache_read_input_tokens: Annotated[int | None, described("Tokens that were read from the cache.")] = None


class DreamOutputs(Outputs):
    """What came of it."""

    status: Annotated[str, described("`pending`, `running`, `completed`, `failed` or `canceled`, when last read.")]
    output_memory_store_id: Annotated[
        str | None, described("The store with the result, which no stack owns where it is a new one.")
    ] = None
    files_touched: Annotated[list[str] | None, described("On Qoder: the memories that were written.")] = None
    session_id: Annotated[str | None, described("The session that dreams; its events tell how far it is.")] = None
    error: Annotated[DreamProblem | None, described("Why it failed.")] = None
    usage: Annotated[DreamUsage | None, described("What it has used.")] = None
    ended_at: Annotated[str | None, described("When it ended (RFC 3339).")] = None
    created_at: CreatedAt


class DreamSource(Outputs):
    """Something that is read, in the platform's own words."""

    type: Annotated[str, described("`memory_store` or `sessions`.")]
    memory_store_id: Annotated[str | None, described("The store.")] = None
    session_ids: Annotated[list[str] | None, described("The sessions.")] = None


class DreamResult(Outputs):
    """A store with a result, in the platform's own words."""

    memory_store_id: Annotated[str | None, described("The store.")] = None
    files_touched: Annotated[list[str] | None, described("The memories that were written.")] = None


class DreamAnswer(Outputs):
    """A dream in the platform's own words, where inputs and outputs have others."""

    inputs: Annotated[list[DreamSource] | None, described("What is read.")] = None
    outputs: Annotated[list[DreamResult] | None, described("Where the result is.")] = None


class DreamLifecycle(Lifecycle):
    """Run once; what is changed is run again, as another dream."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Runs the dream."""
        try:
            made = yield from super().create(form, inputs)
        except Conflict as conflict:
            raise conflict.advised(_BUSY) from None
        return (yield from self._ended(form, made, inputs))

    def creation(self, form: Form, inputs: Bag) -> Call:
        """The request; a dream of just this that was not there is the one made."""
        body = _body(form, inputs)
        effect = made_anew(self.collection, self._listing(), _says(body), "There is no such dream")
        return replace(super().creation(form, inputs), body=body, effect=effect)

    def remains(self, form: Form, inputs: Bag, before: Before) -> Steps[Bag | None]:
        """The dream of just this which was not there."""
        what = "dreams carry no stamp, and there is one of just this"
        return (yield from remaining(what, self._listing(), _says(_body(form, inputs)), before))

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Makes no change; one that had not ended in time is waited for again."""
        state = yield from super().update(form, id, changed, old, new)
        return (yield from self._ended(form, state, new))

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Cancels the dream if it is at work, and archives it; what it wrote stays."""
        del form, old
        yield from unless_missing(lambda: self._put_away(id))

    def is_gone(self, answer: Bag) -> bool:
        """An archived one has been run all the same: to run it again would be another one."""
        del answer
        return False

    def understood(self, answer: Bag) -> Bag:
        """The answer in a declaration's words."""
        sources = {item.get("type"): item for item in answer.get("inputs") or ()}
        result: Bag = next(iter(answer.get("outputs") or ()), {})
        behavior = answer.get("output_behavior")
        return {
            **answer,
            "memory_store_id": sources.get("memory_store", {}).get("memory_store_id"),
            "session_ids": sources.get("sessions", {}).get("session_ids"),
            "output_behavior": {"type": behavior.get("type")} if isinstance(behavior, dict) else behavior,
            "output_memory_store_id": result.get("memory_store_id"),
            "files_touched": result.get("files_touched"),
        }

    def _ended(self, form: Form, state: State, inputs: Bag) -> Steps[State]:
        """The state once the dream has ended, where that is waited for."""
        if not inputs.get("waitForCompletion"):
            return state
        yield Reached(state)
        waited, limit = 0.0, inputs.get("completionTimeoutSeconds", 3600)
        for pause in pauses():
            answer = yield Call(self.operation("retrieve"), self.ids(state.id))
            state, status = self.made(form, inputs, answer), answer["status"]
            if status == "completed":
                return state
            if status not in AT_WORK:
                return replace(state, pending=(_in_vain(answer),))
            if waited >= limit:
                return replace(state, pending=(f"dream {state.id} is still {status} after {limit} seconds",))
            yield Wait(pause, f"dream {state.id} is {status}: waited {waited:.0f} of {limit} seconds")
            waited += pause
        raise AssertionError  # pragma: no cover - the pauses never end

    def _put_away(self, id: str) -> Steps[None]:
        current = yield Call(self.operation("retrieve"), self.ids(id))
        if current.get("archived_at") is not None:
            return
        if current.get("status") in AT_WORK:
            yield from self._tried("cancel", id)
        for pause, _ in zip(pauses(), range(_TRIES), strict=False):
            if (yield from self._tried("archive", id)):
                return
            yield Wait(pause, f"dream {id} is being canceled")
        yield Call(self.operation("archive"), self.ids(id))

    def _tried(self, verb: str, id: str) -> Steps[bool]:
        """Whether the platform does it with a dream as it is now: one may end meanwhile, or not have ended yet."""
        try:
            yield Call(self.operation(verb), self.ids(id))
        except Refused as refused:
            if refused.refusal.status not in _NOT_NOW:
                raise
            return False
        return True

    def _listing(self) -> Call:
        return Call(self.operation("list"), query={"include_archived": "true"})


_NOT_NOW: Final = (400, 409)

_BUSY: Final = (
    "Another dream may be updating this memory store: wait until it has ended, or remove it, and run `pulumi up` again."
)


def _body(form: Form, inputs: Bag) -> Bag:
    """The request's body, in the platform's words."""
    sent = creation(form.shape, inputs)
    store, sessions = sent.pop("memory_store_id"), sent.pop("session_ids")
    behavior = sent.pop("output_behavior", None)
    if behavior in ("update_existing", {"type": "update_existing"}):
        # To leave it out says `create_new`.
        sent["output_behavior"] = {"type": "update_existing", "memory_store_id": store}
    sources = [
        {"type": "memory_store", "memory_store_id": store},
        {"type": "sessions", "session_ids": sessions},
    ]
    return {"inputs": sources, **sent}


def _says(body: Bag) -> Test:
    """Whether a dream is of just what a body says."""
    return lambda item: _gist(item) == _gist(body)


def _gist(dream: Bag) -> list[Any]:
    sources = {source.get("type"): source for source in dream.get("inputs") or ()}
    model = dream.get("model")
    return [
        sources.get("memory_store", {}).get("memory_store_id"),
        sorted(sources.get("sessions", {}).get("session_ids") or ()),
        model.get("id") if isinstance(model, dict) else model,
        dream.get("instructions"),
        (dream.get("output_behavior") or {}).get("type") or "create_new",
    ]


def _in_vain(dream: Bag) -> str:
    problem = dream.get("error") or {}
    why = f" ({problem.get('type')}: {problem.get('message')})" if problem else ""
    return f"dream {dream['id']} is {dream['status']}{why}: change `trigger` to run another one"


def parting(id: str, old: Bag) -> Steps[str | None]:
    """That a dream at work is canceled when another one takes its place."""
    if old.get("status") not in AT_WORK:
        return None
    current = yield Call(Operation("dreams", "retrieve"), {"dream_id": id})
    if current.get("status") not in AT_WORK:
        return None
    return f"Dream {id} is {current['status']}: it is canceled once the other one is run."


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """A session is read once."""
    del capabilities
    sessions = inputs.get("sessionIds")
    known = [each for each in sessions if isinstance(each, str)] if isinstance(sessions, list) else []
    if len(set(known)) != len(known):
        yield Failure(("sessionIds",), "names a session twice")


DREAM = Kind(
    name="Dream",
    doc=(
        "A job (research preview) that reads a memory store and sessions, and writes what was learnt in better order: "
        "into a new store, or into the same one. It is run when the resource is created, and again, as another dream, "
        "when what it is made of or `trigger` changes. Removing the resource cancels a dream that is at work and "
        "archives it; what it wrote stays, and a new store is nobody's until you take it over."
    ),
    not_in=(NotIn(("aws",), "leave the resource out (as documented in August 2026)"),),
    inputs=DreamInputs,
    outputs=DreamOutputs,
    lifecycle=DreamLifecycle("dreams", "dream_id", stamped=False, works=True),
    answers={"dreams": DreamAnswer},
    rules=rules,
    parting=parting,
)

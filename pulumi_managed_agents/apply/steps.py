"""Drives a lifecycle to its end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from ..declaration.values import JSON, Bag
from ..errors import CallFailed, FileProblem, ManagedAgentsError, NotReady
from ..lifecycle.steps import Call, Contents, Missing, Now, Reached, State, Step, Steps, Wait, Warned
from ..platforms.service import WHO_ASKS
from .accounts import asking, refuse_other_account
from .calls import called
from .context import Context
from .searches import SENSELESS, garbled

T = TypeVar("T")


Born: TypeAlias = Callable[[Call, Bag], "State | None"]
"""The object that a call made, as far as its answer has to tell: None where it made none."""


def nothing_born(call: Call, answer: Bag) -> State | None:
    """Nothing is made."""
    del call, answer
    return None


def driven(steps: Steps[T], context: Context, account: str | None = None, born: Born = nothing_born) -> T:
    """Drives a lifecycle to its end; what was reached before a failure is kept, whatever fails.

    `account` is the one that the object is of, as far as its state tells. `born` knows an object as soon as the answer
    has its id, whatever else is in there.

    Raises:
        OtherAccount: the object is missing, and the key is of another account.
        NotReady: the object was made, and carries its id and state.
    """
    journey = _Journey(context, account, born)
    try:
        return journey.end(steps)
    except ManagedAgentsError as error:
        problem = str(error.reworded(context.secrets.text))
        if journey.reached is None:
            raise
    except Exception as error:
        # Whatever it was, an id is not lost for it; nobody knows what its text holds.
        problem = f"an unexpected {type(error).__name__}"
        if journey.reached is None:
            raise
    raise NotReady(journey.reached.id, journey.reached.outputs, [problem])


@dataclass
class _Journey:
    """How far a lifecycle has got."""

    context: Context
    account: str | None
    born: Born
    reached: State | None = None
    asked: Call | None = None
    """The last call: an answer that makes no sense to the lifecycle is reported as such."""

    def end(self, steps: Steps[T]) -> T:
        answer: JSON = None
        failure: CallFailed | None = None
        while True:
            try:
                step = steps.throw(failure) if failure else steps.send(answer)
            except StopIteration as end:
                result: T = end.value
                return result
            except SENSELESS as error:
                if self.asked is None:
                    raise
                raise garbled(self.asked, error) from error
            self._note(step)
            answer, failure = _taken(step, self.context)
            if isinstance(step, Call) and failure is None and self.reached is None:
                self.reached = self.born(step, answer)

    def _note(self, step: Step) -> None:
        match step:
            case Call():
                self.asked = step
            case Reached():
                self.reached = step.state
            case Missing():
                refuse_other_account(self.account, self._asking(), step.answer)

    def _asking(self) -> str | None:
        """The account of the key; where the answer did not tell, another one may."""
        backend = self.context.backend
        if self.account is not None and asking(backend) is None:
            with suppress(CallFailed):
                backend.send(WHO_ASKS)
        return asking(backend)


def _taken(step: Step, context: Context) -> tuple[JSON, CallFailed | None]:
    try:
        match step:
            case Call():
                return called(step, context), None
            case Contents():
                return _contents(step, context), None
            case Now():
                return context.clock(), None
            case Wait():
                if step.why:
                    context.progress(step.why)
                context.sleep(step.seconds)
            case Warned():
                context.tell(step.text)
    except CallFailed as error:
        return None, error
    return None, None


def _contents(step: Contents, context: Context) -> JSON:
    try:
        return step.read(context.files)
    except FileProblem as problem:
        raise CallFailed("Reading local files", str(problem)) from None

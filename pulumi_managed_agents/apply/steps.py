"""Drives a lifecycle to its end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ..errors import CallFailed, FileProblem, GarbledAnswer, ManagedAgentsError, NotReady
from ..lifecycle.steps import Call, Contents, Missing, Now, Reached, State, Step, Steps, Wait, Warned
from ..platforms.service import WHO_ASKS
from .accounts import asking, refuse_other_account
from .calls import called
from .context import Context

if TYPE_CHECKING:
    from ..declaration.values import JSON


T = TypeVar("T")


def driven(steps: Steps[T], context: Context, account: str | None = None) -> T:
    """Drives a lifecycle to its end; what was reached before a failure is kept, whatever fails.

    `account` is the one that the object is of, as far as its state tells.

    Raises:
        OtherAccount: the object is missing, and the key is of another account.
        NotReady: the object was made, and carries its id and state.
    """
    journey = _Journey(context, account)
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
    reached: State | None = None

    def end(self, steps: Steps[T]) -> T:
        step: Step | None = None
        answer: JSON = None
        failure: CallFailed | None = None
        while True:
            try:
                step = _next(steps, step, answer, failure)
            except StopIteration as end:
                result: T = end.value
                return result
            self._note(step)
            answer, failure = _taken(step, self.context)

    def _note(self, step: Step) -> None:
        if isinstance(step, Reached):
            self.reached = step.state
        if isinstance(step, Missing):
            refuse_other_account(self.account, self._asking(), step.answer)

    def _asking(self) -> str | None:
        """The account of the key; where the answer did not tell, another one may."""
        backend = self.context.backend
        if self.account is not None and asking(backend) is None:
            with suppress(CallFailed):
                backend.send(WHO_ASKS)
        return asking(backend)


def _next(steps: Steps[T], step: Step | None, answer: JSON, failure: CallFailed | None) -> Step:
    """The step after this one; an answer that makes no sense to the lifecycle is reported as such."""
    try:
        return steps.throw(failure) if failure else steps.send(answer)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        if not isinstance(step, Call) or not isinstance(answer, dict):
            raise
        problem = f"the answer is not in the form that this provider knows ({type(error).__name__})"
        advice = f"The object exists, with the id {answer.get('id')}." if step.operation.creates else ""
        raise GarbledAnswer(f"{step.operation} {' '.join(step.ids.values())}".strip(), problem, advice) from error


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

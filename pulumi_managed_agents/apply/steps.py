"""Drives a lifecycle to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ..errors import CallFailed, FileProblem, GarbledAnswer, NotReady
from ..lifecycle.steps import Call, Contents, Now, Reached, State, Step, Steps, Wait, Warned
from .calls import called
from .context import Context

if TYPE_CHECKING:
    from ..declaration.values import JSON


T = TypeVar("T")


def driven(steps: Steps[T], context: Context) -> T:
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
                context.warn(step.text)
    except CallFailed as error:
        return None, error
    return None, None


def _contents(step: Contents, context: Context) -> JSON:
    try:
        return step.read(context.files)
    except FileProblem as problem:
        raise CallFailed("Reading local files", str(problem)) from None

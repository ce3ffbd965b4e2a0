"""Looks for what a call may have done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from ..errors import GarbledAnswer
from ..lifecycle.missing import LAG_SECONDS
from ..lifecycle.steps import Call
from .context import Context

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..lifecycle.steps import Step, Steps

T = TypeVar("T")


SETTLING = (0.0, LAG_SECONDS)
"""Seconds before each look: a request whose answer was lost may still be at work."""


def settled(look: Callable[[], Steps[T | None]], context: Context, *, at_once: bool = True) -> T | None:
    """What a look finds, at once or a moment later."""
    for pause in SETTLING if at_once else SETTLING[1:]:
        context.sleep(pause)
        found = searched(look(), context)
        if found is not None:
            return found
    return None


SENSELESS: Final = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError)
"""What a lifecycle meets in an answer that makes no sense to it."""


def garbled(call: Call, error: Exception) -> GarbledAnswer:
    """The answer makes no sense."""
    attempt = " ".join([str(call.operation), *call.ids.values()])
    problem = f"the answer is not in the form that this provider knows ({type(error).__name__})"
    return GarbledAnswer(attempt, problem)


def searched(search: Steps[T], context: Context) -> T:
    """The end of a search that makes calls and nothing else."""
    call: Step | None = None
    answer = None
    while True:
        try:
            call = search.send(answer)
        except StopIteration as end:
            found: T = end.value
            return found
        except SENSELESS as error:
            if not isinstance(call, Call):
                raise
            raise garbled(call, error) from error
        assert isinstance(call, Call)  # noqa: S101 - a search turns pages
        answer = context.send(call)

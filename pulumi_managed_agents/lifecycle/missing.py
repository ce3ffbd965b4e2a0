"""Objects that a platform says are not there: asked for twice, since a copy that lags behind may say so too.

That the answer is the platform's, to a key of the account that has the object, is for `apply` to know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from ..errors import CallFailed, NotFound, Refused
from .steps import Call, Missing, Step, Steps, Wait

if TYPE_CHECKING:
    from ..declaration.values import Bag

LAG_SECONDS: Final = 1.0
"""How far a copy of the platform's data may be behind."""


def present(retrieval: Call, *, expected: bool = True) -> Steps[Bag | None]:
    """The object, or None where it is not there; one that is `expected` is asked for twice."""
    try:
        found: Bag = yield retrieval
    except NotFound:
        if not expected:
            return None
    else:
        return found
    yield Wait(LAG_SECONDS)
    try:
        found = yield replace(retrieval, shared="")
    except NotFound as missing:
        yield Missing(missing)
        return None
    return found


def unless_missing(attempt: Callable[[], Steps[None]]) -> Steps[None]:
    """Removes something, or finds that it is not there: twice, unless it was seen to be there just before."""
    trial = _Trial()
    try:
        yield from trial.of(attempt())
    except NotFound:
        if trial.seen:
            return
    else:
        return
    yield Wait(LAG_SECONDS)
    try:
        yield from attempt()
    except NotFound as missing:
        yield Missing(missing)


_ABOUT_THE_OBJECT = (400, 409, 412)
"""What a platform answers that has the object and does not do what is asked with it now."""


def _has_looked(failure: CallFailed) -> bool:
    """Whether a refusal shows that the object is there, and not that somebody may not ask, or nobody was asked."""
    return isinstance(failure, Refused) and failure.refusal.own and failure.refusal.status in _ABOUT_THE_OBJECT


class _Trial:
    """Goes through steps, and sees whether any answer was about something that is there."""

    seen = False

    def of(self, steps: Steps[None]) -> Steps[None]:
        step = next(steps, None)
        while step is not None:
            try:
                answer = yield step
            except NotFound as missing:
                step = self._after(partial(steps.throw, missing))
            except CallFailed as failure:
                self.seen = self.seen or _has_looked(failure)
                step = self._after(partial(steps.throw, failure))
            else:
                self.seen = self.seen or isinstance(step, Call)
                step = self._after(partial(steps.send, answer))

    def _after(self, go_on: Callable[[], Step]) -> Step | None:
        try:
            return go_on()
        except StopIteration:
            return None

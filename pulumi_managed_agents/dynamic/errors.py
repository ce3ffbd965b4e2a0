"""How failures reach the user of a dynamic provider: the engine shows the class and the text, nothing else."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from ..errors import ManagedAgentsError

P = ParamSpec("P")
R = TypeVar("R")


class Error(Exception):
    """What the engine shows of a failure is the class and the text."""

    __module__ = "builtins"


def reported(method: Callable[P, R]) -> Callable[P, R]:
    """Makes whatever goes wrong one sentence without a traceback."""

    @functools.wraps(method)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except ManagedAgentsError as error:
            raise Error(str(error)) from None
        except Exception as error:  # noqa: BLE001 - whatever it is, a user must not see a traceback
            place = _place(error)
            message = f"This is a defect of pulumi-managed-agents, please report it: {type(error).__name__} at {place}"
            raise Error(message) from None

    return wrapper


def _place(error: Exception) -> str:
    """Where the error came from; its text is left out, since nobody knows what is in there."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "an unknown place"

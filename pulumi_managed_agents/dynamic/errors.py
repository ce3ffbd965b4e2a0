"""How failures reach the user of a dynamic provider: the engine shows the class and the text, nothing else."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import nullcontext
from typing import ParamSpec, TypeVar

from ..errors import ManagedAgentsError
from ..provider.defects import defect
from .connection import engine_traces
from .words import told

P = ParamSpec("P")
R = TypeVar("R")


class Error(Exception):
    """What the engine shows of a failure is the class and the text."""

    __module__ = "builtins"


def reported(method: Callable[P, R]) -> Callable[P, R]:
    """Makes whatever goes wrong one sentence without a traceback."""

    @functools.wraps(method)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        traces = engine_traces()
        try:
            with traces.call(method.__name__.capitalize()) if traces else nullcontext():
                return method(*args, **kwargs)
        except ManagedAgentsError as error:
            raise Error(told(str(error))) from None
        except Exception as error:  # noqa: BLE001 - whatever it is, a user must not see a traceback
            raise Error(defect(error)) from None

    return wrapper

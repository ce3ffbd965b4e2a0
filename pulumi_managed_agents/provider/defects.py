"""The last resort of both front ends: what is told of an error that nobody foresaw."""

from __future__ import annotations

from typing import Final

OURS = __name__.partition(".")[0]


def defect(error: BaseException) -> str:
    """A sentence without the error's own text, since nobody knows what is in there."""
    if isinstance(error, RecursionError):
        return f"{_TOO_DEEP} (RecursionError at {_place(error)})"
    return f"This is a defect of pulumi-managed-agents, please report it: {type(error).__name__} at {_place(error)}"


_TOO_DEEP: Final = (
    "Something here is nested too deeply to be worked with: keep a tool's input schema to 45 objects one in the other"
)


def _place(error: BaseException) -> str:
    """The last line of this package that the error came through."""
    place, trace = "an unknown place", error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__"))
        if module.partition(".")[0] == OURS:
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place

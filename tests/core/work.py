"""What something costs, in counts that are the same on every machine."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


class Work:
    """Instructions of Python that were carried out."""

    instructions = 0


@contextmanager
def counted() -> Iterator[Work]:
    """Counts what is done while it lasts, in this thread."""
    work = Work()

    def traced(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        work.instructions += event == "opcode"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        yield work
    finally:
        sys.settrace(before)


class Text(str):
    """A text that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Text.compared += 1
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        return str.__hash__(self)

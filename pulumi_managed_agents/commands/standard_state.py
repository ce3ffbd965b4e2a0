"""The exported state that a command reads from standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..apply.exported import read_state
from ..errors import NoState

if TYPE_CHECKING:
    from ..apply.exported import Exported


def standard_state() -> Exported:
    """The state on standard input.

    Raises:
        NoState: there is none.
    """
    if sys.stdin.isatty():
        raise NoState("Nothing was handed over: `pulumi stack export | managed-agents ...`.")
    return read_state(sys.stdin.buffer.read())

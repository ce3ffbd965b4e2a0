"""The exported state that a command reads from standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from ..apply.exported import read_state
from ..errors import NoState

if TYPE_CHECKING:
    from ..apply.exported import Exported

LARGEST_STATE = 500_000_000
"""Bytes of an exported state: Pulumi itself is hardly usable with one."""


def standard_state() -> Exported:
    """The state on standard input.

    Raises:
        NoState: there is none.
    """
    if sys.stdin.isatty():
        raise NoState("Nothing was handed over: `pulumi stack export | managed-agents ...`.")
    return read_state(within(sys.stdin.buffer.read(LARGEST_STATE + 1)))


def standard_text() -> str:
    """The text of it, whatever it is.

    Raises:
        NoState: it is far too large.
    """
    return within(sys.stdin.read(LARGEST_STATE + 1))


T = TypeVar("T", str, bytes)


def within(content: T) -> T:
    """What was handed over, if a state can be so large.

    Raises:
        NoState: it cannot.
    """
    if len(content) > LARGEST_STATE:
        raise NoState(f"What was handed over has more than {LARGEST_STATE:,} bytes.")
    return content

"""When a session is at work, and how often one looks whether it has come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


PATIENCE = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between looks at a session that is waited for; the last one repeats."""


AT_WORK = ("running", "rescheduling", "canceling")
"""The states in which a session cannot be removed."""


def pauses() -> Iterator[float]:
    """Seconds between looks at a session that is waited for."""
    yield from PATIENCE
    while True:
        yield PATIENCE[-1]

"""Time that passes only when somebody waits, or a request is under way."""

from __future__ import annotations

from dataclasses import dataclass

START = 1_793_491_200.0
"""The moment at which each world begins: 2026-11-01T00:00:00Z."""


@dataclass
class Clock:
    """The one clock of a world, of the provider in front of it and of the weather between them."""

    passed: float = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return START + self.passed

    def sleep(self, seconds: float) -> None:
        """Lets time pass."""
        self.passed += max(0.0, seconds)

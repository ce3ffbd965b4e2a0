"""The error of this package."""

from __future__ import annotations

from ..errors import ManagedAgentsError


class ImportProblem(ManagedAgentsError):
    """Something cannot be taken over as asked; the text says what, and what to do."""

"""The package schema as it is shipped: generated once, not at each start."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FILE = "schema.json"
"""At the root of a checkout, where people look for it; a wheel has it in the package."""


def schema_text() -> str:
    """The schema's file."""
    shipped: Traversable = resources.files("pulumi_managed_agents") / FILE
    return (shipped if shipped.is_file() else Path(__file__).parents[2] / FILE).read_text()

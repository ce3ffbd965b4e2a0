"""The package schema as it is shipped: generated once, not at each start."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FILE: Final = "schema.json"
"""At the root of a checkout, where people look for it; a wheel has it in the package."""


def schema_text() -> str:
    """The schema's file."""
    package = Path(__file__).parents[1]
    shipped = package / FILE
    return (shipped if shipped.is_file() else package.parent / FILE).read_text(encoding="utf-8")

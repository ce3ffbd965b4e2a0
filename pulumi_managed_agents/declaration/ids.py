"""Ids that a platform gives: they become parts of addresses, and of the ids that the engine keeps and shows."""

from __future__ import annotations

from typing import Any, Final

from .signatures import UNKNOWNS

LONGEST_ID: Final = 512


def is_id(value: Any) -> bool:
    """Whether it can be one: a text that is no path, and has nothing in it that is not to be seen."""
    if not isinstance(value, str) or not value.strip(".") or len(value) > LONGEST_ID or value in UNKNOWNS:
        return False
    return value.isprintable() and "/" not in value and value == value.strip()

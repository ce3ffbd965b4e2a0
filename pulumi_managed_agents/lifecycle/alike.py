"""Objects that may be the one that is looked for, where nothing tells: named for a person, who may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..declaration.values import Bag

NAMED = 5


def named(alike: list[Bag]) -> str:
    """Their ids and ages, and how many more there are."""
    shown = ", ".join(f"{item['id']} ({item.get('created_at', 'of unknown age')})" for item in alike[:NAMED])
    more = len(alike) - NAMED
    return f"{shown} and {more} more" if more > 0 else shown

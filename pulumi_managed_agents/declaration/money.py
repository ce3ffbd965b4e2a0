"""Amounts of money, as the platform takes them: whole cents in a text."""

from __future__ import annotations

import re
from typing import Final

CENTS_DIGITS: Final = 15
"""Nobody has more; and a text of any length would take its time."""

CENTS: Final = r"^[1-9][0-9]*$"
"""No sign, no zero in front, nothing but digits."""

_CENTS = re.compile(rf"[1-9][0-9]{{0,{CENTS_DIGITS - 1}}}")


def cents(amount: str) -> int | None:
    """How many cents a text says; None where it says none."""
    return int(amount) if _CENTS.fullmatch(amount) else None

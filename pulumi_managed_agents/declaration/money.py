"""Amounts of money, as the platforms take them: whole cents in a text, or credits."""

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


_CREDITS = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")


def credits_amount(amount: str) -> str:
    """An amount of credits, as it is written.

    Raises:
        ValueError: it is none, or nothing.
    """
    if _CREDITS.fullmatch(amount) and amount.strip("0."):
        return amount
    raise ValueError(_NO_CREDITS)


_NO_CREDITS = "must be an amount above 0 with at most 12 digits and 2 behind the point, such as `12.50`"


def same_credits(amount: str) -> str:
    """One spelling for all of an amount: `12.50` and `12.5` are one."""
    whole, _, part = amount.partition(".")
    return f"{whole.lstrip('0')}.{part.rstrip('0')}" if _CREDITS.fullmatch(amount) else amount

"""How long a server asks to wait, and whether waiting helps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .exchange import Answer

LONGEST_WAIT = 300.0
"""Seconds that a server may ask us to wait; one that asks for more is not asked again."""

_REPEATED = frozenset({408, 429, *range(500, 600)})


def is_passing(answer: Answer) -> bool:
    """Whether another attempt may be answered otherwise, and soon enough."""
    refused = answer.headers.get("x-should-retry") == "false"
    wanted = retry_after(answer.headers)
    return answer.status in _REPEATED and not refused and (wanted is None or wanted <= LONGEST_WAIT)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        number = _number(headers.get(name, ""))
        if number is not None:
            return number / unit
    try:
        return _until(parsedate_to_datetime(headers["retry-after"]))
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


_COUNTS = ("anthropic-ratelimit-requests", "ratelimit", "x-ratelimit")
"""Headers in which a server may say how many more requests it takes, and when it takes them all again."""


def remaining(headers: Mapping[str, str]) -> tuple[int | None, float | None]:
    """How many more requests the server takes now, and the seconds until it takes more; None where it does not say."""
    for name in _COUNTS:
        number = _number(headers.get(f"{name}-remaining", ""))
        if number is not None:
            return int(number), _reset(headers.get(f"{name}-reset", ""))
    return None, None


_EPOCH = 1e9
"""Beyond it a number is a moment, in seconds since 1970."""


def _reset(text: str) -> float | None:
    number = _number(text)
    try:
        if number is None:
            return _until(datetime.fromisoformat(text))
        return number if number < _EPOCH else _until(datetime.fromtimestamp(number, UTC))
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _until(moment: datetime) -> float:
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _number(text: str) -> float | None:
    """The number that a text names; a server may send anything."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None

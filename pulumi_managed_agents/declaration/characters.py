"""Characters that nobody sees: they end a line, steer a terminal, or make a text read as another one."""

from __future__ import annotations

import unicodedata

_BREAKING = frozenset(("Cc", "Cs", "Zl", "Zp"))
_SHAPELESS = _BREAKING | {"Cf"}
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They change the direction of what is written; others of their category (Cf) join letters, and emoji."""


def unseen(text: str) -> str | None:
    """What is wrong with a text of one line, in words that go on from its name; None where nothing is."""
    return _told(next((sign for sign in _candidates(text) if _category(sign) in _BREAKING or sign in _TURNING), None))


def unseen_in_path(text: str) -> str | None:
    """The same for a path: two that look alike have to be one, so it holds nothing without a shape either."""
    return _told(next((sign for sign in _candidates(text) if _category(sign) in _SHAPELESS), None))


def seen(text: str) -> str:
    """The text of one line.

    Raises:
        ValueError: it holds something that nobody sees.
    """
    return _checked(text, unseen(text))


def seen_path(path: str) -> str:
    """The path.

    Raises:
        ValueError: it holds something that nobody sees.
    """
    return _checked(path, unseen_in_path(path))


def _checked(text: str, problem: str | None) -> str:
    if problem:
        raise ValueError(problem)
    return text


def _candidates(text: str) -> str:
    """All of the text, or nothing where it is plain: most are, and asking for that is cheap."""
    return "" if text.isprintable() else text


def _category(sign: str) -> str:
    return unicodedata.category(sign)


def _told(sign: str | None) -> str | None:
    return None if sign is None else f"holds the character U+{ord(sign):04X}, which nobody sees: leave it out"

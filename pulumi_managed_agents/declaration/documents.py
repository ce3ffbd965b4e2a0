"""What people write as JSON, read as plain values within bounds, with each name once.

A name that stands twice counts as its last for some readers and as its first for others.
"""

from __future__ import annotations

import json
import math
from typing import Final, NoReturn

from .values import JSON, Bag

DEEPEST: Final = 64
"""How far values are nested at most."""

TOO_DEEP: Final = f"is nested deeper than {DEEPEST} levels"

MOST_DIGITS: Final = 40
"""Characters of a number: one that is longer is meant as a text."""


class Unreadable(ValueError):
    """A document that is not taken; the text goes on from what is meant (`is no YAML (line 3)`)."""

    def __init__(self, reason: str, line: int | None = None, more: str = "") -> None:
        super().__init__(f"{reason}{f' (line {line})' if line else ''}{more}")


def json_value(content: bytes | str) -> JSON:
    """The value of a JSON document.

    Raises:
        Unreadable: it is no JSON in UTF-8, or not what all readers of it would agree on.
    """
    try:
        value = json.loads(
            content, object_pairs_hook=_pairs, parse_int=_integer, parse_float=fraction, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        raise Unreadable("is no JSON", error.lineno) from None
    except UnicodeDecodeError:
        raise Unreadable("is no text in UTF-8") from None
    except RecursionError:
        raise Unreadable(TOO_DEEP) from None
    _refuse_odd(value, 0)
    return value


def text_of(text: str) -> str:
    """The text, if it is one that can be sent."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Unreadable("has a text that is none in Unicode")
    return text


def short(text: str) -> str:
    """A number as it is written, if it is none that is meant as a text."""
    if len(text) > MOST_DIGITS:
        raise Unreadable(f"has a number of more than {MOST_DIGITS} digits")
    return text


def _integer(text: str) -> int:
    return int(short(text))


def fraction(text: str) -> float:
    """The number that is written so."""
    number = float(short(text))
    return number if math.isfinite(number) else constant(text)


def constant(_: str) -> NoReturn:
    """Refuses infinity and what is no number."""
    raise Unreadable("has a number that JSON does not know")


def _pairs(pairs: list[tuple[str, JSON]]) -> Bag:
    found: Bag = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable(twice(name))
        found[name] = value
    return found


def twice(name: str) -> str:
    """What is wrong with a name that stands twice."""
    return f"has the name {name[:MOST_DIGITS]!r} twice"


def _refuse_odd(value: JSON, depth: int) -> None:
    """Refuses depth that would end further on, and texts that cannot be sent."""
    if depth > DEEPEST:
        raise Unreadable(TOO_DEEP)
    if isinstance(value, str):
        text_of(value)
    for part in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_odd(part, depth + 1)

r"""A text as any writer may spell it: nobody knows which of its signs a library escapes, nor how.

Letters and digits stay themselves everywhere; a sign may stand as it is or as an escape. `%2F` and `%2f` are one, Go
writes `\u0026` for `&`, and some leave a `=` in an address alone.
"""

from __future__ import annotations

import re
from functools import cached_property
from html.entities import codepoint2name
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN: Final = re.compile(r"[A-Za-z0-9]+")
_PART: Final = re.compile(r"[A-Za-z0-9]+|\\+|.", re.DOTALL)
_BACKSLASH: Final = r"(?:\\|%5[cC]){1,4}"
_PERCENT: Final = r"%(?:25){0,2}"
_SEMICOLON: Final = rf"(?:;|{_PERCENT}3[bB])"
_NUMBER: Final = rf"(?:#|{_PERCENT}23)"
_PLUS: Final = rf"(?:\+|{_PERCENT}2[bB])"
_AMPERSAND: Final = rf"(?:&(?:(?:amp|{_NUMBER}0*38|{_NUMBER}x0*26){_SEMICOLON})?|{_PERCENT}26|{_BACKSLASH}u0026)"
"""What escapes begin and end with may be escaped itself, and so may what stands for a blank."""

_SHORT: Final = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"}
_NAMED: Final = {**codepoint2name, ord("'"): "apos"}


class Spelling:
    """Where a text stands, however its signs are written."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs = sorted(set(_PLAIN.findall(text)), key=len, reverse=True)

    def spans(self, said: str) -> Iterator[tuple[int, int]]:
        """Where it begins and ends."""
        # Letters and digits are the same in every spelling: most texts have not all of them, and asking is cheap.
        if self._runs != [self._text] and all(run in said for run in self._runs):
            yield from (found.span() for found in self._pattern.finditer(said))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("".join(map(_part, _PART.findall(self._text))))


def _part(part: str) -> str:
    """A pattern for letters and digits, for backslashes, or for another sign of the text."""
    if _PLAIN.match(part):
        return part
    # Backslashes are one, however many: told apart, they would be tried in every grouping.
    return rf"(?:{_sign(part[0])}){{1,{4 * len(part)}}}" if part[0] == "\\" else _sign(part)


def _sign(sign: str) -> str:
    """A pattern for one sign."""
    if sign == "\\":
        entity = rf"{_AMPERSAND}(?:{_NUMBER}0*92|{_NUMBER}[xX]0*5[cC]|bsol){_SEMICOLON}"
        return rf"\\(?:u005[cC]|x5[cC])?|{_PERCENT}5[cC]|{entity}"
    encoded = "".join(rf"{_PERCENT}{_any_case(f'{byte:02x}')}" for byte in sign.encode(errors="surrogatepass"))
    escapes = [_any_case(_units(sign)), *([_any_case(f"x{ord(sign):02x}")] if ord(sign) < _WIDE else [])]
    escapes += [_SHORT[sign]] if sign in _SHORT else [re.escape(sign)]
    numbers = [rf"{_NUMBER}0*{ord(sign)}", rf"{_NUMBER}[xX]0*{_any_case(f'{ord(sign):x}')}"]
    named = [*numbers, *([_NAMED[ord(sign)]] if ord(sign) in _NAMED else [])]
    space = [_PLUS] if sign == " " else []
    entity = rf"{_AMPERSAND}(?:{'|'.join(named)}){_SEMICOLON}"
    ways = [re.escape(sign), encoded, rf"{_BACKSLASH}(?:{'|'.join(escapes)})", entity, *space]
    return f"(?:{'|'.join(ways)})"


_WIDE: Final = 0x100


def _units(sign: str) -> str:
    """The sign in JSON's escapes without the first backslash."""
    units = sign.encode("utf-16-be", errors="surrogatepass").hex()
    return rf"u{units}" if len(units) == 4 else f"u{units[:4]}BACKu{units[4:]}"  # noqa: PLR2004 - hex digits of a unit


def _any_case(digits: str) -> str:
    """A pattern for hex digits in either case."""
    either = "".join(f"[{digit}{digit.upper()}]" if digit in "abcdef" else digit for digit in digits)
    return either.replace("BACK", _BACKSLASH)

"""Server-sent events out of a stream of bytes, within bounds: no line and no event grows for ever.

The libraries for it read lines of any length, which a hostile or broken server makes as long as memory is.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LARGEST_EVENT: Final = 8 * 2**20
"""Characters of one event that are read."""


class TooLarge(Exception):
    """An event has no end."""


@dataclass(frozen=True)
class Sent:
    """One event: what it is called, its data, and the id with which a stream goes on behind it."""

    name: str
    data: str
    id: str = ""


def sent(pieces: Iterable[bytes]) -> Iterator[Sent]:
    """The events of a stream, each as soon as it is whole.

    Raises:
        TooLarge: one is larger than any event of this API.
    """
    name, id_, data = "", "", list[str]()
    for line in _lines(pieces):
        if not line:
            if data:
                yield Sent(name or "message", "\n".join(data), id_)
            name, data = "", []
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            data.append(value)
            if sum(map(len, data)) > LARGEST_EVENT:
                raise TooLarge
        elif field == "event":
            name = value
        elif field == "id" and "\0" not in value:
            id_ = value


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """Lines that end as the standard says: with CR, LF or both."""
    decoder, rest, after_return = codecs.getincrementaldecoder("utf-8")("replace"), "", False
    for piece in pieces:
        text = decoder.decode(piece)
        if after_return and text:
            text, after_return = text.removeprefix("\n"), False
        rest += text
        if len(rest) > LARGEST_EVENT:
            raise TooLarge
        *whole, rest = _split(rest)
        after_return = text.endswith("\r")
        yield from whole


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

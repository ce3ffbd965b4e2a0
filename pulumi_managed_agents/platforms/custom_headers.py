"""Headers that the environment adds to requests, as the official SDK reads them: one `name: value` a line.

A gateway may want some. An `Authorization` or `X-Api-Key` among them is a credential, and is sent in place of a token.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE: Final = "ANTHROPIC_CUSTOM_HEADERS"
CREDENTIALS: Final = ("authorization", "x-api-key")

_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_TELLING: Final = re.compile(r"auth|key|token|secret|cookie|password|signature|credential", re.IGNORECASE)
"""What a header is called that holds what nobody may see."""

_OWN: Final = frozenset(
    ("accept-encoding", "connection", "content-length", "content-type", "expect", "host", "te", "transfer-encoding")
)
"""What belongs to one request and its body alone."""


def custom_headers(surroundings: Mapping[str, str]) -> dict[str, str]:
    """The headers, by names in small letters; a line without a colon is none.

    Raises:
        ConfigError: one of them cannot be sent.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(surroundings.get(VARIABLE, "").split("\n"), 1):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon:
            continue
        if not _NAME.fullmatch(name) or not (value.isascii() and value.isprintable()):
            raise ConfigError(f"line {number} of the environment variable {VARIABLE} is no header: write `name: value`")
        if name.lower() not in _OWN:
            found[name.lower()] = value
    return found


def secrets_in(headers: Mapping[str, str]) -> tuple[str, ...]:
    """What of them nobody may see: with a scheme before it, and without."""
    values = [value for name, value in headers.items() if _TELLING.search(name)]
    return tuple(filter(None, [*values, *(value.partition(" ")[2].strip() for value in values)]))


def is_credential(headers: Mapping[str, str]) -> bool:
    """Whether they say who asks."""
    return any(headers.get(name) for name in CREDENTIALS)

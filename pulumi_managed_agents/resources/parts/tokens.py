"""A token as it goes into a header: what cannot stand there is refused before a client fails on it and shows it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator


def _header_value(token: str) -> str:
    if token != token.strip():
        message = "begins or ends with a blank or a line break: take it off"
    elif not (token.isascii() and token.isprintable() and " " not in token):
        message = "holds blanks, line breaks or letters that cannot be sent in a header"
    else:
        return token
    raise ValueError(message)


Token = Annotated[str, AfterValidator(_header_value)]
"""A text that can be sent as `Authorization: Bearer TOKEN`."""

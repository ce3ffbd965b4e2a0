"""A token as it goes into a header: what cannot stand there is refused before a client fails on it and shows it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from ...declaration.secret_forms import issuer


def _header_value(token: str) -> str:
    if token != token.strip():
        message = "begins or ends with a blank or a line break: take it off"
    elif not (token.isascii() and token.isprintable() and " " not in token):
        message = "holds blanks, line breaks or letters that cannot be sent in a header"
    else:
        return token
    raise ValueError(message)


def not_a_platform_s(token: str) -> str:
    """The token, if it may be one that a git server gave out.

    Raises:
        ValueError: it is a key of a platform: the clone would fail, and the server would have got the key.
    """
    name = issuer(token)
    if name in ("Claude", "Qoder"):
        message = f"is a key of {name}, which opens no repository: give a token of GitHub"
        raise ValueError(message)
    return token


Token = Annotated[str, AfterValidator(_header_value)]
"""A text that can be sent as `Authorization: Bearer TOKEN`."""

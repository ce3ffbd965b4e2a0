"""What a text of a platform would tell to whoever reads the program: users and passwords in addresses, and secrets."""

from __future__ import annotations

import re
from typing import Final

from ..declaration.secret_forms import holds_secret, is_like_a_token

ANY_USER: Final = "git"
"""Stands for a user who has to be named: with a token as password, git servers take any name."""

_USERS = re.compile(r"(?P<scheme>\b[A-Za-z][A-Za-z0-9+.-]*:(?:\\?/){2})(?P<user>[^/\s\"'<>]*)@")
_ALONE = re.compile(rf"\s*{_USERS.pattern}\S*\s*")


def without_user(text: str, *, named: bool = False) -> str:
    """An address without its user; any other text as it is. Where a user has to be `named`, a name stays."""
    found = _ALONE.fullmatch(text)
    if found is None or (named and not _is_secret(found["user"])):
        return text
    user = f"{ANY_USER}@" if named else ""
    return _USERS.sub(rf"\g<scheme>{user}", text, count=1)


def tells_secret(text: str, name: str = "") -> bool:
    """Whether a text, which may have a name, holds what looks like a secret."""
    return holds_secret(text, name) or any(_is_secret(found["user"]) for found in _USERS.finditer(text))


def _is_secret(user: str) -> bool:
    return ":" in user or is_like_a_token(user)

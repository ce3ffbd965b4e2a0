"""The environment variables of a session: a text in the documents, a map in the SDK, always a map in answers (2.3)."""

import re

from .errors import invalid

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_RESERVED = frozenset(["SERVER_ENDPOINT", "USER_ID", "WORK_DIR"])
_RESERVED_PREFIXES = ("CAW_", "QODER_")
_PARAM = "environment_variables"


def read(sent: str | dict[str, str] | None) -> dict[str, str]:
    """The variables by name. Values are never quoted: one may be a secret."""
    variables = _split(sent) if isinstance(sent, str) else dict(sent or {})
    for name in variables:
        if not _NAME.fullmatch(name):
            raise invalid(f"{_PARAM}: a name consists of letters, digits and _, and begins with no digit", _PARAM)
        if name in _RESERVED or name.startswith(_RESERVED_PREFIXES):
            raise invalid(f"{_PARAM}: the name '{name}' is reserved", _PARAM)
    return variables


def _split(text: str) -> dict[str, str]:
    variables: dict[str, str] = {}
    for entry in re.split(r"[;\n]", text):
        name, equals, value = entry.partition("=")
        if not entry.strip():
            continue
        if not equals:
            raise invalid(f"{_PARAM}: entries have the form KEY=VALUE", _PARAM)
        variables[name.strip()] = value
    return variables

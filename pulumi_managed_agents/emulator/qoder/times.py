"""Moments as Qoder writes them: microseconds without trailing zeros (section 1.7).

The file keeps the full width, so that text order is time order; answers are trimmed on their way out.
"""

import re
from typing import Any

from .. import clock
from ..platform import queries
from .dialect import DIALECT

_FULL = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{6})Z")
# What stands here is the client's: a text that looks like a moment stays as it was sent.
_FREE = frozenset(["metadata", "input_schema", "environment_variables", "content", "initial_events"])


def trimmed(value: Any) -> Any:
    """A document with every moment of the platform's making in its short form."""
    if isinstance(value, dict):
        return {name: each if name in _FREE else _member(name, each) for name, each in value.items()}
    return [trimmed(each) for each in value] if isinstance(value, list) else value


def _member(name: str, value: Any) -> Any:
    if not name.endswith("_at"):
        return trimmed(value)
    return [_trim(each) for each in value] if isinstance(value, list) else _trim(value)


def _trim(value: Any) -> Any:
    match = _FULL.fullmatch(value) if isinstance(value, str) else None
    return value if match is None else f"{match[1]}{match[2].rstrip('0').rstrip('.')}Z"


def full(text: str, path: str) -> str:
    """A moment that a client sent, in full width."""
    return clock.write(queries.moment(DIALECT, text, path))

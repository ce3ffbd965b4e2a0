"""How objects and events read on the page: short texts out of documents of any shape."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ..world import JSON

LINE, DOCUMENT = 200, 20_000
"""The longest text of a line, and of a whole document."""
FACTS = 6

_NAMES = ("name", "title", "display_name", "display_title", "filename", "path")
_ELSEWHERE = ("id", "type", "status", "resources")
# What says little in one line.
_DULL = ("metadata", "system", "content", "usage", "stats", "budget", "execution_identity", "scope")
_UNTOLD = frozenset([*_NAMES, *_ELSEWHERE, *_DULL])
_VARIABLES = "environment_variables"
_MARK, _COMMIT = 8, 12
_USER = re.compile(r"(?<=://)[^/@\s\"]+(?=@)")


def line(value: Any) -> str:
    """A value in one line. The user of an address is left out: a password may stand beside it."""
    text = json.dumps(value) if isinstance(value, bool | dict | list) else str(value)
    return _USER.sub("…", _cut(" ".join(text.split()), LINE))


def document(value: Any) -> str:
    """A document to be read as it is."""
    return _USER.sub("…", _cut(json.dumps(_masked(value), indent=2, ensure_ascii=False), DOCUMENT))


def mark(fingerprint: str) -> str:
    """As much of a fingerprint as tells two tokens apart."""
    return fingerprint[:_MARK]


def name(body: JSON) -> str | None:
    """What people call an object."""
    return next((line(body[field]) for field in _NAMES if body.get(field)), None)


def facts(body: JSON) -> list[list[str]]:
    """The members that say most about an object, as pairs of label and text."""
    told = (
        [label.removesuffix("_id").replace("_", " "), _brief(value)]
        for label, value in body.items()
        if label not in _UNTOLD and label != _VARIABLES and not label.endswith("_at")
    )
    return [fact for fact in told if fact[1]][:FACTS]


def checkout(resource: JSON) -> str:
    """What is checked out of a repository."""
    choice = resource.get("checkout")
    return line(choice.get("name") or str(choice.get("sha") or "")[:_COMMIT]) if isinstance(choice, dict) else ""


def event(body: JSON) -> JSON:
    """An event in one line, and as a whole."""
    said = body.get("error") or body.get("content") or body.get("stop_reason") or ""
    return {
        "id": body.get("id"),
        "type": line(body.get("type")),
        "time": body.get("processed_at") or body.get("created_at"),
        "text": " ".join(_texts(said))[:LINE],
        "document": document(body),
    }


def error(body: JSON) -> JSON:
    """The error of an event: what kind it is and what it says."""
    told = body.get("error")
    told = told if isinstance(told, dict) else {"message": told}
    return {
        "type": line(told.get("type") or "error"),
        "message": line(told.get("message") or ""),
        "time": body.get("processed_at") or body.get("created_at"),
    }


def _masked(value: Any) -> Any:
    """A document without the values of environment variables: the platform tells them, and a page lies open."""
    if isinstance(value, list):
        return [_masked(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: dict.fromkeys(each, "…") if name == _VARIABLES and isinstance(each, dict) else _masked(each)
        for name, each in value.items()
    }


def _brief(value: Any) -> str:
    """An object by its id, or by the plain values in it; a list by its length."""
    if isinstance(value, list):
        return str(len(value)) if value else ""
    if isinstance(value, dict):
        plain = [each for each in value.values() if isinstance(each, str | int) and each != ""]
        return line(value.get("id") or " ".join(map(str, plain)))
    return "" if value is None or value == "" else line(value)


def _texts(value: Any) -> Iterator[str]:
    """The texts that people read in a part of an event."""
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        yield from (line(value[key]) for key in ("message", "text") if value.get(key))
        if not value.get("message") and not value.get("text"):
            yield line(value.get("type", ""))
    elif value:
        yield line(value)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"

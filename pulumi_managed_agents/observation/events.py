"""Events of a session in a line each, without a secret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from ..lifecycle.steps import Call, Operation
from ..page.overview import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .. import apply
    from ..declaration.values import JSON, Bag

LIST: Final = Operation("sessions.events", "list")

_LINE: Final = 300
_DOCUMENT: Final = 20_000


def newest(session: str, most: int, context: apply.Context) -> tuple[Event, ...]:
    """The newest events of a session, the newest first.

    Raises:
        CallFailed: they cannot be listed.
    """
    answer = context.send(Call(LIST, {"session_id": session}, query={"order": "desc", "limit": most}))
    return tuple(event_of(event, context) for event in answer["data"] if isinstance(event, dict))


def event_of(event: Bag, context: apply.Context) -> Event:
    """An event in one line, and as a whole."""
    clean: Any = context.secrets.words(event)
    document = json.dumps(clean, indent=2, ensure_ascii=False)
    return Event(
        at=str(clean.get("processed_at") or clean.get("created_at") or ""),
        type=str(clean.get("type") or ""),
        text=_cut(" ".join(" ".join(_texts(clean)).split()), _LINE),
        id=str(clean.get("id") or ""),
        document=_cut(document, _DOCUMENT),
    )


def _texts(event: Bag) -> Iterator[str]:
    """What people read of an event."""
    error, reason = event.get("error"), event.get("stop_reason")
    if isinstance(error, dict):
        yield from (str(error[name]) for name in ("type", "message") if error.get(name))
    if isinstance(reason, dict):
        yield str(reason.get("type") or "")
        yield from map(str, reason.get("event_ids") or ())
    name = event.get("name") or event.get("tool_name")
    if isinstance(name, str):
        yield name
    yield from _content(event.get("content"))


def _content(value: JSON) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for block in value:
            yield from _content(block)
    elif isinstance(value, dict):
        yield str(value.get("text") or f"({value.get('type')})")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"

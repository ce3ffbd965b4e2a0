"""The events that a deployment starts its sessions with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ...declaration.model import Failure
from .events import SystemMessage, UserDefineOutcome, UserMessage, event_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...declaration.values import JSON, Bag

DeploymentEvent = Annotated[UserMessage | UserDefineOutcome | SystemMessage, Field(discriminator="type")]


def prose_event(text: str) -> Bag:
    """The message that a text is."""
    return {"type": "user.message", "content": [{"type": "text", "text": text}]}


def starting_rules(events: JSON) -> Iterator[Failure]:
    """Something has to start the session."""
    path = ("initialEvents",)
    yield from event_rules(events, path)
    listed = events if isinstance(events, list) else []
    types = [event.get("type") if isinstance(event, dict) else None for event in listed]
    if types and all(kind == "system.message" for kind in types):
        yield Failure(path, "holds nothing that starts a session: add a `user.message` or a `user.define_outcome`")

"""Session: an agent at work in an environment, on mounted repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...declaration.marks import Replaces
from ...lifecycle.kind import Kind
from .chosen import filled
from .inputs import SessionInputs, rules
from .lifecycle import SessionLifecycle
from .outputs import SessionAnswer, SessionEvent, SessionOutputs
from .removal import parting

if TYPE_CHECKING:
    from ...declaration.values import Bag


def spent(outputs: Bag) -> tuple[str, Replaces] | None:
    """A session that has terminated takes no work any more."""
    return ("status", Replaces("a terminated session cannot go on")) if outputs.get("status") == "terminated" else None


SESSION = Kind(
    name="Session",
    doc=(
        "An agent at work in an environment, on mounted repositories, files and memory stores. A rotated repository "
        "token, files, title, metadata, budget and tool overrides change on the living session; everything else "
        "needs a new session, which is created before the old one is archived."
    ),
    inputs=SessionInputs,
    outputs=SessionOutputs,
    lifecycle=SessionLifecycle(
        "sessions", "session_id", removal=("archive",), works=True, unwanted={"interruptOnDelete": True}
    ),
    rules=rules,
    filled=filled,
    spent=spent,
    parting=parting,
    answers={"sessions": SessionAnswer, "sessions.events": SessionEvent},
)

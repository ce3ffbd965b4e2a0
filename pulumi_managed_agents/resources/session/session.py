"""Session: an agent at work in an environment, on mounted repositories."""

from __future__ import annotations

from ...lifecycle.kind import Kind
from .inputs import SessionInputs, rules
from .lifecycle import SessionLifecycle
from .outputs import SessionOutputs

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
)

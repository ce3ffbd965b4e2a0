"""Every property of a dream, changed."""

from __future__ import annotations

from typing import Any

from engine.declare import ref, row
from engine.fields import Change, Table

AROUND = (
    row("Agent")("dreaming-agent", model="claude-opus-4-8"),
    row("Environment")("dreaming-sandbox"),
    row("Session")("first-night", agent=ref("dreaming-agent.id"), environment_id=ref("dreaming-sandbox.id")),
    row("Session")("second-night", agent=ref("dreaming-agent.id"), environment_id=ref("dreaming-sandbox.id")),
    row("MemoryStore")("old-notes"),
    row("MemoryStore")("new-notes"),
)


def dream(**other: Any) -> dict[str, Any]:
    """What declares a dream."""
    usual = {"memory_store_id": ref("old-notes.id"), "session_ids": [ref("first-night.id")], "model": "claude-opus-4-8"}
    return usual | other


BOTH = [ref("first-night.id"), ref("second-night.id")]

DREAMS = Table(
    kind="Dream",
    collection="dreams",
    declare=row("Dream"),
    around=AROUND,
    changes=(
        Change("dream-of-another-store", dream(), dream(memory_store_id=ref("new-notes.id")), "replace"),
        Change("dream-of-more-sessions", dream(), dream(session_ids=BOTH), "replace"),
        Change("dream-reordered", dream(session_ids=BOTH), dream(session_ids=BOTH[::-1]), "same"),
        Change("dream-of-another-model", dream(), dream(model="claude-sonnet-4-6"), "replace"),
        Change("dream-instructed", dream(), dream(instructions="Keep what lasts."), "replace"),
        Change("dream-in-place", dream(), dream(output_behavior={"type": "update_existing"}), "replace"),
        Change("dream-written-out", dream(), dream(output_behavior={"type": "create_new"}), "same"),
        Change("dream-again", dream(trigger="June"), dream(trigger="July"), "replace"),
        Change(
            "dream-waited-for",
            dream(),
            dream(wait_for_completion=True, completion_timeout_seconds=60),
            sends=("dreams.retrieve",),
            platform={"status": "completed"},
        ),
    ),
    removes=("dreams.archive",),
    looks=("dreams.retrieve",),
)

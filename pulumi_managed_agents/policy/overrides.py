"""What an agent is given, be it by its own declaration or by the session that overrides it."""

from __future__ import annotations

from .view import JSON, Declared, Withheld, within


def of_agent(declared: Declared, name: str) -> JSON:
    """A property of an agent, or the one with which a session overrides it: None where it says nothing of it."""
    if declared.kind == "Agent":
        return declared.get(name)
    reference = declared.get("agent")
    # A reference that is a text alone is an id.
    return None if isinstance(reference, str) else within(reference, name)


def reference_of(declared: Declared) -> JSON:
    """How a session or a deployment names its agent: a text, an object, or why it cannot be seen."""
    reference = declared.get("agent")
    named = reference if isinstance(reference, str) else within(reference, "id")
    return Withheld.UNREADABLE if reference is None or not isinstance(named, str | Withheld) else reference

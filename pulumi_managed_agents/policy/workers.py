"""Agents at work on repositories: who mounts what for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .mounts import MOUNTING, Mount, mounted_by
from .view import JSON, Declared, Stack


@dataclass(frozen=True)
class Worker:
    """An agent that works on repositories, seen from one session or deployment."""

    agent: Declared
    session: Declared
    mounted: tuple[Mount, ...]

    def declared(self, name: str) -> tuple[Declared, JSON]:
        """A property of the agent, and which resource it is declared by: the session may override it."""
        reference = self.session.get("agent")
        # In a preview the id of a new agent is unknown, and it is all that there is: overrides stand beside an id.
        override = reference.get(name) if isinstance(reference, Mapping) else None
        return (self.agent, self.agent.get(name)) if override is None else (self.session, override)


def workers(stack: Stack) -> Iterator[Worker]:
    """Everyone who mounts repositories, where the agent is declared in the stack too."""
    for session in stack.of_kind(*MOUNTING):
        mounted = tuple(mounted_by(stack, session))
        agents = stack.referenced(session, "agent", "Agent")
        # More than one agent behind a property: nobody can say which of them runs.
        if mounted and len(agents) == 1:
            yield Worker(agents[0], session, mounted)

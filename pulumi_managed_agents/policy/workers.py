"""Agents at work on repositories: who mounts what for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .mounts import MOUNTING, Mount, mounted_by
from .rosters import members
from .rule import Unchecked
from .view import JSON, Declared, Stack, Withheld, text, within


@dataclass(frozen=True)
class Worker:
    """An agent that works on repositories, seen from one session or deployment."""

    agent: Declared
    session: Declared
    mounted: tuple[Mount, ...]
    is_member: bool = False
    """Whether it is there because it stands in a roster."""

    def declared(self, name: str) -> tuple[Declared, JSON]:
        """A property of the agent, and which resource it is declared by: the session may override it."""
        reference = self.session.get("agent")
        # In a preview the id of a new agent is unknown, and it is all that there is: overrides stand beside an id.
        override = reference.get(name) if isinstance(reference, Mapping) and not self.is_member else None
        return (self.agent, self.agent.get(name)) if override is None else (self.session, override)


def workers(stack: Stack) -> Iterator[Worker | Unchecked]:
    """Everyone who mounts repositories, and those of whom nothing can be seen."""
    for session in stack.of_kind(*MOUNTING):
        mounted = tuple(mounted_by(stack, session))
        if mounted:
            reference = session.get("agent")
            agent = _declared(stack, session, "agent", reference)
            if isinstance(agent, Unchecked):
                yield agent
                continue
            yield from _other_version(session, reference, agent)
            yield Worker(agent, session, mounted)
            yield from _team(stack, agent, session, mounted)


def _declared(stack: Stack, by: Declared, wire: str, reference: JSON) -> Declared | Unchecked:
    """The agent that is named, where it is declared in the stack too."""
    named = text(reference if isinstance(reference, str | Withheld) else within(reference, "id"))
    by_id = [agent for agent in stack.of_kind("Agent") if agent.id is not None and agent.id == named]
    found = by_id or stack.referenced(by, wire, "Agent")
    if len(found) == 1:
        return found[0]
    return Unchecked(by, "which agent it names cannot be told" if found else "its agent is not declared in this stack")


def _other_version(session: Declared, reference: JSON, agent: Declared) -> Iterator[Unchecked]:
    """An agent's earlier versions stand on the platform and in no program."""
    asked = reference.get("version") if isinstance(reference, Mapping) else None
    latest = agent.get("version")
    if isinstance(asked, int | float) and isinstance(latest, int | float) and asked != latest:
        yield Unchecked(session, "it runs another version of its agent than the one that is declared")


def _team(stack: Stack, agent: Declared, session: Declared, mounted: tuple[Mount, ...]) -> Iterator[Worker | Unchecked]:
    """The agents of its roster, and of theirs: they share its container."""
    seen, left = {agent.urn}, [agent]
    while left:
        leader = left.pop()
        for member in _members(stack, leader):
            if isinstance(member, Unchecked):
                yield member
            elif member.urn not in seen:
                seen.add(member.urn)
                left.append(member)
                yield Worker(member, session, mounted, is_member=True)


def _members(stack: Stack, leader: Declared) -> Iterator[Declared | Unchecked]:
    named = list(members(leader.get("multiagent")))
    by_reference = stack.referenced(leader, "multiagent", "Agent")
    yield from by_reference
    for _, member in named:
        found = _declared(stack, leader, "", member)
        if isinstance(found, Declared):
            yield found
        elif len(by_reference) < len(named):
            yield Unchecked(leader, "an agent of its roster is not declared in this stack")

"""Whom an agent works with: the agents of its roster, and the models that advise it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .view import JSON, Withheld, text, within

_COORDINATOR: Final = "coordinator"
_TEAMS: Final = ("subagents", "workflows")
_WITH_TEAMS: Final = "multiagent_20261001"
_ALONE: Final = ("self", "advisor")


def members(multiagent: JSON) -> Iterator[tuple[str, JSON]]:
    """Each reference to another agent, or why it cannot be seen, with where it stands in the resource."""
    if multiagent is None:
        return
    form = text(within(multiagent, "type"))
    if form == _COORDINATOR:
        for place, member in _items(multiagent.get("agents"), "multiagent.agents"):
            if _kind(member) not in _ALONE:
                yield place, member if _kind(member) in (None, "agent") else _hidden(_kind(member))
    elif form == _WITH_TEAMS:
        for team in _TEAMS:
            yield from _items(within(multiagent.get(team), "predefinedAgents"), f"multiagent.{team}.predefinedAgents")
    else:
        yield "multiagent", _hidden(form)


def advisors(multiagent: JSON) -> Iterator[tuple[str, JSON]]:
    """Each model that advises, with where it stands in the resource."""
    if within(multiagent, "type") == _COORDINATOR:
        for place, member in _items(multiagent.get("agents"), "multiagent.agents"):
            if _kind(member) == "advisor":
                yield f"{place}.model", member.get("model")
    elif within(multiagent, "type") == _WITH_TEAMS:
        advisor = multiagent.get("advisor")
        if within(advisor, "type") not in (None, "disabled"):
            yield "multiagent.advisor.model", within(advisor, "model")


def _items(value: JSON, place: str) -> Iterator[tuple[str, JSON]]:
    if value is None:
        return
    if not isinstance(value, list):
        yield place, _hidden(value)
        return
    for index, item in enumerate(value):
        yield f"{place}[{index}]", item if isinstance(item, str | Mapping) else _hidden(item)


def _kind(member: JSON) -> JSON:
    """What an entry of a roster stands for; an id alone stands for an agent."""
    return text(member.get("type")) if isinstance(member, Mapping) else None


def _hidden(value: JSON) -> Withheld:
    return value if isinstance(value, Withheld) else Withheld.UNREADABLE

"""How an agent works with other agents, in both of the platform's forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ...declaration.capabilities import Capabilities
from ...declaration.marks import Clears, IdOf, Merges, Only, Shorthand, Unordered
from ...declaration.model import Failure, Model, default, described
from ...declaration.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...declaration.values import JSON, Bag, Path

AgentId = Annotated[str, IdOf("Agent"), Field(min_length=1, max_length=128)]


class AgentMember(Model):
    """Another agent; its version is resolved when this agent is saved."""

    type: Annotated[Literal["agent"], described("An agent by id.")]
    id: Annotated[AgentId, described("The agent's id.")]
    version: Annotated[int | None, described("A version; the latest one when left out.", ge=1)] = None


class SelfMember(Model):
    """A copy of this very agent."""

    type: Annotated[Literal["self"], described("This agent itself.")]


class AdvisorMember(Model):
    """A model that the coordinator may ask for advice."""

    type: Annotated[Literal["advisor"], described("An adviser.")]
    model: Annotated[str, described("The model that advises, by id.", min_length=1, max_length=256)]


Member = Annotated[
    Annotated[AgentMember | SelfMember | AdvisorMember, Field(discriminator="type")],
    Shorthand("id", fixed=(("type", "agent"),)),
]


class Coordinator(Model):
    """One agent that hands work to a roster of others."""

    type: Annotated[Literal["coordinator"], described("Names this form.")]
    agents: Annotated[
        list[Member],
        Unordered(by=("type", "id")),
        described("The roster: ids, agents with a version, `self`, an `advisor`.", min_length=1, max_length=20),
    ]


class Predefined(Model):
    """An agent that stands ready by reference, or a copy of this very agent."""

    type: Annotated[
        Literal["agent", "self"] | None, described("An agent by id (may be left out), or this agent itself.")
    ] = None
    id: Annotated[AgentId | None, described("The agent's id; none for `self`.")] = None
    version: Annotated[int | None, described("A version; the latest one when left out.", ge=1)] = None

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """Fills the type, which the platform wants to be told."""
        del capabilities
        return {"type": "agent", **value}


class Switch(Model):
    """Turns a feature on or off."""

    type: Annotated[Literal["enabled", "disabled"], described("`enabled` or `disabled`.")]


class Advisor(Model):
    """A model that may be asked for advice."""

    type: Annotated[Literal["enabled", "disabled"], described("Disabled by default.")]
    model: Annotated[
        str | None, described("The model that advises, by id; needed when enabled.", min_length=1, max_length=256)
    ] = None


class Team(Model):
    """Agents that may be started for part of the work."""

    type: Annotated[Literal["enabled", "disabled"] | None, described("Enabled by default.")] = "enabled"
    inline_agents: Annotated[Switch | None, described("Agents made up on the way (enabled by default).")] = default(
        {"type": "enabled"}
    )
    predefined_agents: Annotated[
        list[Annotated[Predefined, Shorthand("id", fixed=(("type", "agent"),))]] | None,
        Unordered(by=("type", "id")),
        Clears(to=[]),
        described("Agents by reference, and `self`.", max_length=20),
    ] = None

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """Fills the type, which the platform wants to be told."""
        del capabilities
        return {"type": "enabled", **value}


class Multiagent20261001(Model):
    """Advice, subagents and workflows; what is left out takes the platform's default."""

    type: Annotated[
        Literal["multiagent_20261001"],
        Only("claude", "use the type `coordinator`", values=("multiagent_20261001",)),
        described("Names this form."),
    ]
    advisor: Annotated[Advisor | None, Clears(to=None), described("Advice from another model.")] = None
    subagents: Annotated[Team | None, Clears(to=None), described("Subagents.")] = default({})
    workflows: Annotated[Team | None, Clears(to=None), described("Workflows.")] = default({})


Multiagent = Annotated[
    Annotated[Coordinator | Multiagent20261001, Field(discriminator="type")] | None,
    Merges(),
    described("How the agent works with other agents."),
]


def multiagent_rules(value: JSON, path: Path) -> Iterator[Failure]:
    """Rosters: at most one of a kind, no agent twice, and somebody there when nobody may be made up."""
    if not isinstance(value, dict):
        return
    if isinstance(value.get("agents"), list):
        yield from _roster_rules(value["agents"], (*path, "agents"))
    advisor = value.get("advisor")
    if isinstance(advisor, dict) and advisor.get("type") == "enabled" and advisor.get("model") is None:
        yield Failure((*path, "advisor", "model"), "is required when the adviser is enabled")
    for team in ("subagents", "workflows"):
        yield from _team_rules(value.get(team), (*path, team))


def _roster_rules(members: list[JSON], path: Path) -> Iterator[Failure]:
    taken: set[str] = set()
    for index, member in enumerate(members):
        name = member if isinstance(member, str) else _who(member)
        if name in taken:
            yield Failure((*path, index), "stands in the roster already")
        elif name:
            taken.add(name)


def _who(member: JSON) -> str | None:
    if not isinstance(member, dict):
        return None
    who = member.get("id") if member.get("type") == "agent" else member.get("type")
    return who if isinstance(who, str) else None


def _predefined_rules(members: JSON, path: Path) -> Iterator[Failure]:
    for index, member in enumerate(members if isinstance(members, list) else ()):
        if not isinstance(member, dict) or member.get("type") is UNKNOWN:
            continue
        own, named = member.get("type") == "self", member.get("id") is not None
        if own and (named or member.get("version") is not None):
            yield Failure((*path, index), "is this agent itself: leave `id` and `version` out")
        elif not own and not named:
            yield Failure((*path, index, "id"), "is required, unless `type` is `self`")
    if isinstance(members, list):
        yield from _roster_rules(members, path)


def _team_rules(team: JSON, path: Path) -> Iterator[Failure]:
    if isinstance(team, dict):
        yield from _predefined_rules(team.get("predefinedAgents"), (*path, "predefinedAgents"))
    inline = team.get("inlineAgents") if isinstance(team, dict) else None
    if isinstance(inline, dict) and inline.get("type") == "disabled" and not team.get("predefinedAgents"):
        yield Failure((*path, "predefinedAgents"), "must name somebody when `inlineAgents` is disabled")

"""Agent: a versioned definition of model, instructions and tools. Every change is made in place, as a new version."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..declaration.capabilities import Capabilities
from ..declaration.marks import AutoNamed, Clears, Lines, NotIn, Only, Shorthand
from ..declaration.model import Failure, Inputs, Model, Outputs, default, described
from ..errors import CallFailed, Refused
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle
from ..lifecycle.steps import Call, Operation
from .parts.metadata import Metadata
from .parts.moments import CreatedAt
from .parts.multiagent import Multiagent, multiagent_rules
from .parts.source import Source
from .parts.tools import McpServers, ModelConfig, Skills, Tools, tool_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..comparison.change import Change
    from ..declaration.form import Form
    from ..declaration.values import Bag
    from ..lifecycle.steps import State, Steps


class ServiceAccount(Model):
    """The platform's own identity."""

    type: Annotated[Literal["service_account"], described("The default.")]


class AwsRole(Model):
    """An AWS role that the agent takes on."""

    type: Annotated[Literal["aws_role"], described("An AWS role.")]
    role_arn: Annotated[str, described("The role's ARN.", min_length=1, max_length=2048)]


class AgentInputs(Inputs):
    """What the agent is and may do."""

    absent: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("prompt", "instructions", "systemPrompt", "systemMessage"), "did you mean `system`?"
    )

    source: Source = None
    name: Annotated[
        str | None,
        AutoNamed(),
        described("Shown to people (default: the resource's name).", min_length=1, max_length=256),
    ] = None
    model: Annotated[
        ModelConfig, Shorthand("id"), described("The model: its id, or an object with id, effort, speed and place.")
    ]
    description: Annotated[str | None, Lines(), described("What the agent is for.", max_length=2048)] = None
    system: Annotated[str | None, Lines(), described("The system prompt.", max_length=100_000)] = None
    tools: Annotated[Tools, Clears(to=[])] = None
    mcp_servers: Annotated[McpServers, Clears(to=[])] = None
    skills: Annotated[Skills, Clears(to=[])] = None
    multiagent: Multiagent = None
    metadata: Metadata = None
    execution_identity: Annotated[
        Annotated[ServiceAccount | AwsRole, Field(discriminator="type")] | None,
        Only("claude", "remove the property; sessions run as the account of the token"),
        NotIn(("self-hosted",), "remove the property: a server of yours has its own agent identity", inferred=True),
        described("Whose rights the agent's sessions use (default: the service account)."),
    ] = default({"type": "service_account"})


class AgentOutputs(Outputs):
    """What the platform adds."""

    version: Annotated[int, described("Counts the agent's changes, from 1.")]
    created_at: CreatedAt
    updated_at: Annotated[str, described("When its version was made (RFC 3339).")]


class AgentLifecycle(Lifecycle):
    """An agent in its own roster comes back by id; of a model that is refused, the platform is asked which it has."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Makes the agent."""
        try:
            return (yield from super().create(form, inputs))
        except Refused as refused:
            raise (yield from _with_models(refused, inputs)) from None

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Makes another version of the agent."""
        try:
            return (yield from super().update(form, id, changed, old, new))
        except Refused as refused:
            raise (yield from _with_models(refused, new)) from None

    def understood(self, answer: Bag) -> Bag:
        """The answer with `self` in the roster where the platform shows a reference to this very agent."""
        roster = answer.get("multiagent")
        if not isinstance(roster, dict):
            return answer
        teams = {
            name: {**roster[name], **_selves(roster[name], "predefined_agents", answer["id"])}
            for name in ("subagents", "workflows")
            if isinstance(roster.get(name), dict)
        }
        return {**answer, "multiagent": {**roster, **teams, **_selves(roster, "agents", answer["id"])}}


def _selves(owner: Bag, name: str, own: str) -> Bag:
    """A list of agents with `self` in place of the agent's own id."""
    members = owner.get(name)
    if not isinstance(members, list):
        return {}
    return {name: [{"type": "self"} if member.get("id") == own else member for member in members]}


def _with_models(refused: Refused, inputs: Bag) -> Steps[CallFailed]:
    """The refusal; where it is about a model that the platform does not list, with those that it does."""
    model = inputs["model"] if isinstance(inputs["model"], str) else inputs["model"]["id"]
    if not refused.refusal.own or refused.refusal.status not in _ABOUT_WORDS or model not in refused.refusal.message:
        return refused
    try:
        answer = yield Call(Operation("models", "list"))
    except CallFailed:
        return refused
    known = [str(item["id"]) for item in answer["data"]]
    if not known or model in known:
        return refused
    near = difflib.get_close_matches(model, known, n=1)
    meant = f"did you mean `{near[0]}`? " if near else ""
    return refused.advised(f"`model` is none that the platform lists: {meant}It has {', '.join(known[:_SHOWN])}.")


_ABOUT_WORDS = (400, 404, 422)
_SHOWN = 20


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """Tools, servers and roster have to fit together."""
    del capabilities
    yield from tool_rules(inputs)
    yield from multiagent_rules(inputs.get("multiagent"), ("multiagent",))


AGENT = Kind(
    name="Agent",
    doc=(
        "A versioned definition of a coding agent: its model, system prompt, tools, MCP servers and skills. "
        "Nothing about an agent needs a new one: each change makes a new version in place. Sessions keep the version "
        "they were created with. Removing the resource archives the agent; its history stays readable."
    ),
    inputs=AgentInputs,
    outputs=AgentOutputs,
    lifecycle=AgentLifecycle("agents", "agent_id", removal=("archive",), guard="version"),
    rules=rules,
    prose=lambda text: {"system": text},
)

"""What a deployment is made of: the bodies of its requests, checked and in the form that answers show (section 6)."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, StringConstraints, Tag

from .. import settings
from ..platform import records
from ..platform.bodies import Closed, NotNull
from ..platform.choices import AgentReference
from ..world import JSON, Record, Transaction
from . import agents, budgets, deployment_schedules, references, resources, schema, session_agent, session_start
from .budgets import Budget
from .content import DeploymentEvent, SystemMessage
from .deployment_schedules import Schedule
from .errors import invalid
from .kinds import AGENTS, ENVIRONMENTS, SESSIONS
from .resources import Resource
from .schema import Id, Metadata, MetadataPatch

Name = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Description = Annotated[str, StringConstraints(max_length=2048)]
Agent = Annotated[
    Annotated[Id, Tag("id")] | Annotated[AgentReference, Tag("reference")],
    Discriminator(lambda value: "id" if isinstance(value, str) else "reference"),
]
InitialEvents = Annotated[list[DeploymentEvent], Field(min_length=1, max_length=50)]
Resources = Annotated[list[Resource], Field(max_length=500)]
VaultIds = Annotated[list[Id], Field(max_length=50)]


class CreateDeployment(Closed):
    """The body of a create."""

    name: Name
    agent: Agent
    environment_id: Id
    initial_events: InitialEvents
    description: Description | None = None
    schedule: Schedule | None = None
    resources: Resources = Field(default_factory=list)
    vault_ids: VaultIds = Field(default_factory=list)
    budget: Budget | None = None
    metadata: Metadata = Field(default_factory=dict)


class UpdateDeployment(Closed):
    """The body of an update. What is left out stays; what is sent replaces, and null clears where it may."""

    name: Annotated[Name | None, NotNull] = None
    agent: Annotated[Agent | None, NotNull] = None
    environment_id: Annotated[Id | None, NotNull] = None
    initial_events: Annotated[InitialEvents | None, NotNull] = None
    description: Description | None = None
    schedule: Schedule | None = None
    resources: Resources | None = None
    vault_ids: VaultIds | None = None
    budget: Budget | None = None
    metadata: MetadataPatch | None = None


def changes(tx: Transaction, stored: JSON, sent: CreateDeployment | UpdateDeployment, given: set[str]) -> JSON:
    """The fields that a request gives, checked and in the form that answers show."""
    fields = _settings(sent, given)
    fields["metadata"] = schema.patched(tx, stored["metadata"], sent.metadata)
    if sent.agent is not None:
        fields["agent"] = _pinned(tx, sent.agent)
    if sent.environment_id is not None:
        references.resolve(tx, ENVIRONMENTS, sent.environment_id, "environment_id")
    if sent.initial_events is not None:
        _check_events(sent.initial_events)
    session_start.check_vaults(tx, sent.vault_ids or [])
    if "resources" in given:
        fields["resources"] = _echoed(tx, sent.resources or [])
    if "schedule" in given:
        fields["schedule"] = deployment_schedules.stored(tx, sent.schedule, stored["schedule"])
    if {"agent", "budget"} & given:
        _check_price(tx, stored | fields)
    return fields


def _settings(sent: CreateDeployment | UpdateDeployment, given: set[str]) -> JSON:
    """The fields that stay as they are sent; a list or a text that is null is empty."""
    fields: JSON = {name: getattr(sent, name) for name in ("name", "environment_id") if name in given}
    if "description" in given:
        fields["description"] = sent.description or None
    if "vault_ids" in given:
        fields["vault_ids"] = sent.vault_ids or []
    if sent.initial_events is not None:
        fields["initial_events"] = [event.model_dump(exclude_unset=True) for event in sent.initial_events]
    if "budget" in given:
        fields["budget"] = sent.budget.model_dump() if sent.budget else None
    return fields


def _pinned(tx: Transaction, sent: str | AgentReference) -> JSON:
    agent = session_agent.resolve(tx, sent)
    return {"type": "agent", "id": agent["id"], "version": agent["version"]}


def _check_price(tx: Transaction, deployment: JSON) -> None:
    """Only the agent's own model; a roster is looked at when a run copies the budget, as documented."""
    if deployment.get("budget") is not None:
        agent = agents.at_version(
            tx, records.find(tx, AGENTS, deployment["agent"]["id"]), deployment["agent"]["version"]
        )
        budgets.check_priced(tx, agent | {"multiagent": None})


def _check_events(events: list[Any]) -> None:
    session_start.check_initial_events(events)
    if all(isinstance(event, SystemMessage) for event in events):
        raise invalid("initial_events: at least one must start the agent's work")


def _echoed(tx: Transaction, sent: list[resources.Sent]) -> list[JSON]:
    """Resources as they were sent, without tokens. They are mounted on a session that nobody keeps, to be checked."""
    trial = Record(SESSIONS.table, "", {"resources": []}, {})
    resources.attach(tx, trial, sent, [None] * len(sent), "")
    return [_echo(tx, resource) for resource in sent]


def _echo(tx: Transaction, sent: resources.Sent) -> JSON:
    echo = sent.model_dump(exclude={"authorization_token"})
    if isinstance(sent, resources.Repository) and settings.value(tx, "deployment_mount_path") == "resolved":
        echo["mount_path"] = resources.workspace_path(sent)
    return echo

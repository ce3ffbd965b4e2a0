"""The fields of a deployment: as they are sent, and as they are stored (section 2.11)."""

from typing import Annotated, Any

from pydantic import Field

from .. import settings
from ..platform.bodies import Closed, NotNull
from ..platform.choices import AgentReference
from ..world import JSON, Transaction
from . import content, deployment_schedules, references, resources, schema, variables
from .budgets import Budget
from .content import InitialEvent
from .deployment_schedules import Schedule
from .errors import conflict, invalid
from .kinds import AGENTS, DEPLOYMENTS, ENVIRONMENTS, VAULTS
from .resources import AnyResource, Resource
from .schema import Id, Metadata, MetadataPatch, Name

_SECRETS = ("authorization_token", "password")

Agent = Id | AgentReference
InitialEvents = Annotated[list[InitialEvent], Field(min_length=1, max_length=50)]


class CreateDeployment(Closed):
    """The body of a create."""

    name: Name
    agent: Agent
    environment_id: Id
    initial_events: InitialEvents
    schedule: Schedule | None = None
    resources: list[Resource] | None = None
    vault_ids: list[Id] | None = None
    environment_variables: str | None = None
    description: str | None = None
    metadata: Metadata | None = None
    budget: Budget | None = None


class UpdateDeployment(Closed):
    """The body of an update, a merge patch: what is left out stays, lists are replaced as a whole."""

    name: Annotated[Name | None, NotNull] = None
    agent: Annotated[Agent | None, NotNull] = None
    environment_id: Annotated[Id | None, NotNull] = None
    initial_events: Annotated[InitialEvents | None, NotNull] = None
    schedule: Schedule | None = None
    resources: list[Resource] | None = None
    vault_ids: list[Id] | None = None
    environment_variables: str | None = None
    description: str | None = None
    metadata: MetadataPatch | None = None
    budget: Budget | None = None


def given(tx: Transaction, sent: CreateDeployment | UpdateDeployment, own_id: str | None = None) -> JSON:
    """The fields that were sent with a value, in the form that answers show."""
    readers: dict[str, Any] = {
        "name": lambda name: _name(tx, name, own_id),
        "agent": lambda agent: _agent(tx, agent),
        "environment_id": lambda name: references.resolve(tx, ENVIRONMENTS, name, "environment_id").id,
        "initial_events": _events,
        "schedule": deployment_schedules.stored,
        "resources": lambda sent_list: _resources(tx, sent_list),
        "vault_ids": lambda sent_list: [
            references.resolve(tx, VAULTS, each, f"vault_ids.{index}").id for index, each in enumerate(sent_list)
        ],
        "environment_variables": _variables,
        "description": str,
        "budget": lambda budget: budget.sent(),
    }
    values = {name: getattr(sent, name) for name in readers}
    return {name: read(values[name]) for name, read in readers.items() if values[name] is not None}


def cleared(tx: Transaction, sent: UpdateDeployment) -> JSON:
    """The fields that null empties: documented for the variables, refused for the schedule unless a setting says so."""
    empty: JSON = {"resources": [], "vault_ids": [], "description": ""}
    nulls = {name for name in sent.model_fields_set if getattr(sent, name) is None}
    fields = {name: empty[name] for name in empty if name in nulls and schema.clears(tx, name)}
    if "environment_variables" in nulls:
        fields["environment_variables"] = ""
    if "schedule" in nulls:
        if settings.value(tx, "qoder_schedule_clearing") == "refuse":
            raise invalid("schedule: cannot be removed", "schedule")
        fields["schedule"] = None
    return fields


def _name(tx: Transaction, name: str, own_id: str | None) -> str:
    taken = (record for record in tx.scan(DEPLOYMENTS.table) if record.id != own_id)
    if settings.value(tx, "qoder_duplicate_deployment_name") == "refuse" and any(
        record.body["name"] == name for record in taken
    ):
        raise conflict("name: another deployment has this name", "name")
    return name


def _agent(tx: Transaction, sent: str | AgentReference) -> JSON:
    """A reference with a concrete version, the newest of now unless one was sent."""
    reference = AgentReference(type="agent", id=sent) if isinstance(sent, str) else sent
    agent = references.resolve(tx, AGENTS, reference.id, "agent")
    version = reference.version or agent.body["version"]
    if tx.version(agent.id, version) is None:
        raise invalid(f"agent.version: the agent has no version {version}", "agent.version")
    return {"id": agent.id, "type": "agent", "version": version}


def _events(sent: list[Closed]) -> list[JSON]:
    content.check_order(sent, "initial_events")
    return [content.echo(event) for event in sent]


def _resources(tx: Transaction, sent: list[AnyResource]) -> list[JSON]:
    """Resources as they were sent, without their credentials. What no session could mount is refused at once."""
    resources.check(tx, sent)
    return [{name: value for name, value in resource.model_dump().items() if name not in _SECRETS} for resource in sent]


def _variables(text: str) -> str:
    variables.read(text)
    return text

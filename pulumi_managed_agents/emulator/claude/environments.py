"""Environments: where sessions run. Unversioned, updated in place, archived or deleted (section 2.1)."""

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .. import settings
from ..platform import Answer, Call, Refusal, records
from ..platform.bodies import Closed
from ..platform.choices import Unrestricted
from ..world import JSON, Record, Transaction
from . import paging, places, schema
from .errors import invalid
from .kinds import ENVIRONMENTS, SESSIONS
from .schema import Metadata, MetadataPatch

MANAGERS = ("apt", "cargo", "gem", "go", "npm", "pip")
HOST = re.compile(r"(\*\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")

Name = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Description = Annotated[str, StringConstraints(max_length=1024)]
Scope = Literal["organization", "account"]


class Limited(Closed):
    """Only the named hosts, and what the two switches add."""

    type: Literal["limited"]
    allowed_hosts: list[str] | None = None
    allow_mcp_servers: bool | None = None
    allow_package_managers: bool | None = None


class Packages(Closed):
    """What is installed, by package manager."""

    type: Literal["packages"] | None = None
    apt: list[str] | None = None
    cargo: list[str] | None = None
    gem: list[str] | None = None
    go: list[str] | None = None
    npm: list[str] | None = None
    pip: list[str] | None = None


class Cloud(Closed):
    """An environment that the platform runs."""

    type: Literal["cloud"]
    networking: Annotated[Unrestricted | Limited, Field(discriminator="type")] | None = None
    packages: Packages | None = None


class SelfHosted(Closed):
    """An environment that the customer runs."""

    type: Literal["self_hosted"]


Config = Annotated[Cloud | SelfHosted, Field(discriminator="type")]


class CreateEnvironment(Closed):
    """The body of a create."""

    name: Name
    description: Description | None = None
    config: Config | None = None
    metadata: Metadata = Field(default_factory=dict)
    scope: Scope | None = None


class UpdateEnvironment(Closed):
    """The body of an update. What is left out stays; null for name, config or scope is read as left out (inferred)."""

    name: Name | None = None
    description: Description | None = None
    config: Config | None = None
    metadata: MetadataPatch = Field(default_factory=dict)
    scope: Scope | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/environments."""
    sent = schema.body(CreateEnvironment, call)
    schema.check_metadata(tx, sent.metadata)
    _check_scope(sent.scope)
    environment: JSON = {
        "name": sent.name,
        "description": sent.description,
        "config": _configure({}, sent.config or _usual(tx)),
        "metadata": sent.metadata,
        "scope": "organization",
    }
    return Answer(document=records.make(tx, ENVIRONMENTS, environment).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/environments/{environment_id}."""
    sent = schema.body(UpdateEnvironment, call)
    record = records.locate(tx, ENVIRONMENTS, call)
    if record.body["archived_at"] is not None:
        raise invalid("The environment is archived and read-only.", "environment_archived")
    _check_scope(sent.scope)
    records.change(tx, ENVIRONMENTS, record, _changed(tx, record.body, sent))
    return Answer(document=record.body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /v1/environments/{environment_id}; refused while sessions refer to it."""
    record = records.locate(tx, ENVIRONMENTS, call)
    if any(_refers(tx, session, record.id) for session in tx.scan(SESSIONS.table)):
        raise Refusal(settings.value(tx, "environment_in_use_status"), "Sessions still reference the environment.")
    records.remove(tx, record)
    return records.removed(ENVIRONMENTS, record.id)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/environments, newest first (inferred)."""
    return paging.answer(tx, call, ENVIRONMENTS, maximum=1000)


def _changed(tx: Transaction, stored: JSON, sent: UpdateEnvironment) -> JSON:
    environment = dict(stored)
    if sent.name is not None:
        environment["name"] = sent.name
    if "description" in sent.model_fields_set:
        environment["description"] = sent.description
    if sent.config is not None:
        if sent.config.type != stored["config"]["type"]:
            raise invalid("config.type: cannot be changed", "invalid_config_type_change")
        environment["config"] = _configure(stored["config"], sent.config)
    environment["metadata"] = schema.patched(tx, stored["metadata"], sent.metadata, empty_deletes=True)
    return environment


def _configure(stored: JSON, sent: Cloud | SelfHosted) -> JSON:
    """The whole config: what is sent, else what is stored, else the default."""
    if isinstance(sent, SelfHosted):
        return {"type": "self_hosted"}
    networking = _network(stored.get("networking") or {"type": "unrestricted"}, sent.networking)
    packages = _packages(stored.get("packages") or {}, sent.packages)
    if (
        networking["type"] == "limited"
        and not networking["allow_package_managers"]
        and any(packages[manager] for manager in MANAGERS)
    ):
        raise invalid("config.packages: limited networking needs allow_package_managers")
    return {"type": "cloud", "networking": networking, "packages": packages}


def _network(stored: JSON, sent: Unrestricted | Limited | None) -> JSON:
    if sent is None:
        return stored
    if isinstance(sent, Unrestricted):
        return {"type": "unrestricted"}
    for host in sent.allowed_hosts or []:
        if not HOST.fullmatch(host):
            raise invalid("config.networking.allowed_hosts: a host is a bare name or begins with '*.'")
    default: JSON = {"allowed_hosts": [], "allow_mcp_servers": False, "allow_package_managers": False}
    kept = stored if stored["type"] == "limited" else {}
    return {"type": "limited"} | default | kept | sent.model_dump(exclude_none=True)


def _packages(stored: JSON, sent: Packages | None) -> JSON:
    given = sent.model_dump(exclude_none=True) if sent else {}
    return {"type": "packages"} | {name: given.get(name, stored.get(name, [])) for name in MANAGERS}


def _usual(tx: Transaction) -> Cloud | SelfHosted:
    kind = places.environment_type(tx)
    return SelfHosted(type="self_hosted") if kind == "self_hosted" else Cloud(type="cloud")


def _check_scope(scope: Scope | None) -> None:
    if scope == "account":
        raise invalid("scope: API organizations support only 'organization'")


def _refers(tx: Transaction, session: Record, environment_id: str) -> bool:
    if session.body["environment_id"] != environment_id:
        return False
    return session.body["archived_at"] is None or bool(settings.value(tx, "archived_sessions_hold_environment"))

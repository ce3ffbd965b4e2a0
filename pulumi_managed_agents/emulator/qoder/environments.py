"""Environments: where sessions run (section 2.2). The config of an update replaces the stored one as a whole."""

from typing import Annotated, Literal

from pydantic import Field

from .. import settings
from ..platform import Answer, Call, records
from ..platform.bodies import Closed, NotNull
from ..platform.choices import Unrestricted
from ..world import JSON, Record, Transaction
from . import paging, schema
from .errors import conflict, invalid
from .kinds import ENVIRONMENTS, SESSIONS
from .schema import Metadata, MetadataPatch, Name

MANAGERS = ("apt", "cargo", "gem", "go", "npm", "pip")
MAX_SCRIPT = 64 * 1024


class Limited(Closed):
    """Only the named hosts, and what the two switches add."""

    type: Literal["limited"]
    allowed_hosts: list[str] = Field(default_factory=list)
    allow_package_managers: bool | None = None
    allow_mcp_servers: bool | None = None


class Packages(Closed):
    """What is installed, by package manager."""

    type: Literal["packages"] = "packages"
    apt: list[str] = Field(default_factory=list)
    cargo: list[str] = Field(default_factory=list)
    gem: list[str] = Field(default_factory=list)
    go: list[str] = Field(default_factory=list)
    npm: list[str] = Field(default_factory=list)
    pip: list[str] = Field(default_factory=list)


class Cloud(Closed):
    """An environment that the platform runs."""

    type: Literal["cloud"]
    networking: Annotated[Unrestricted | Limited, Field(discriminator="type")] | None = None
    packages: Packages | None = None
    setup_script: str | None = None


class SelfHosted(Closed):
    """An environment that the customer runs."""

    type: Literal["self_hosted"]
    setup_script: str | None = None


Config = Annotated[Annotated[Cloud | SelfHosted, Field(discriminator="type")] | None, NotNull]


class CreateEnvironment(Closed):
    """The body of a create."""

    name: Name
    description: str | None = None
    config: Config = None
    metadata: Metadata | None = None
    scope: Literal["organization", "account"] | None = None


class UpdateEnvironment(Closed):
    """The body of an update. What is left out stays."""

    name: Annotated[Name | None, NotNull] = None
    description: str | None = None
    config: Config = None
    metadata: MetadataPatch | None = None
    scope: Literal["organization", "account"] | None = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /environments."""
    sent = schema.body(CreateEnvironment, call)
    schema.unconfirmed(tx, sent, {"scope"}, "qoder_sdk_only_fields")
    environment = {
        "name": sent.name,
        "description": sent.description or "",
        "config": _configure(tx, sent.config or Cloud(type="cloud")),
        "metadata": schema.patched({}, sent.metadata),
    }
    return Answer(document=records.make(tx, ENVIRONMENTS, environment).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST or PUT /environments/{environment_id}."""
    sent = schema.body(UpdateEnvironment, call)
    schema.unconfirmed(tx, sent, {"scope"}, "qoder_sdk_only_fields")
    record = records.locate(tx, ENVIRONMENTS, call)
    records.refuse_archived(tx, ENVIRONMENTS, record)
    changed = schema.changes(tx, sent, {"name": None, "description": ""})
    changed["metadata"] = schema.patched(record.body["metadata"], sent.metadata)
    if sent.config is not None:
        _check_type(tx, record.body["config"], sent.config)
        changed["config"] = _configure(tx, sent.config)
    records.change(tx, ENVIRONMENTS, record, changed)
    return Answer(document=record.body)


def delete(tx: Transaction, call: Call) -> Answer:
    """DELETE /environments/{environment_id}; refused while a session refers to it."""
    record = records.locate(tx, ENVIRONMENTS, call)
    if _held(tx, record):
        raise conflict(f"Environment '{record.id}' is in use by sessions. Archive it instead of deleting it.")
    records.remove(tx, record)
    return records.removed(ENVIRONMENTS, record.id)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /environments."""
    return paging.answer(tx, call, ENVIRONMENTS, bounds=paging.OUTER_BOUNDS)


def note_deleted_session(tx: Transaction, environment_id: str) -> None:
    """A deleted session may go on holding its environment (reported, so a setting)."""
    record = tx.get(ENVIRONMENTS.table, environment_id)
    if record is not None:
        record.hidden["deleted_sessions"] = record.hidden.get("deleted_sessions", 0) + 1
        tx.save(record)


def _held(tx: Transaction, record: Record) -> bool:
    if record.hidden.get("deleted_sessions") and settings.value(tx, "qoder_deleted_sessions_hold_environment"):
        return True
    archived_too = settings.value(tx, "qoder_archived_sessions_hold_environment")
    return any(
        session.body["environment_id"] == record.id and (archived_too or session.body["archived_at"] is None)
        for session in tx.scan(SESSIONS.table)
    )


def _check_type(tx: Transaction, stored: JSON, sent: Cloud | SelfHosted) -> None:
    if sent.type != stored["type"] and settings.value(tx, "qoder_config_type_change") == "refuse":
        raise invalid("config.type: cannot be changed", "config.type")


def _configure(tx: Transaction, sent: Cloud | SelfHosted) -> JSON:
    config: JSON = {"type": sent.type}
    if isinstance(sent, Cloud):
        config |= _network(tx, sent.networking)
        if sent.packages is not None:
            config["packages"] = _packages(tx, sent.packages)
    if sent.setup_script is not None:
        if len(sent.setup_script.encode(errors="surrogatepass")) > MAX_SCRIPT:
            raise invalid(f"config.setup_script: at most {MAX_SCRIPT} bytes", "config.setup_script")
        config["setup_script"] = sent.setup_script
    return config


def _network(tx: Transaction, sent: Unrestricted | Limited | None) -> JSON:
    """What is left open is limited. Some examples leave the default out of the answer."""
    if sent is None and settings.value(tx, "qoder_default_networking") == "hide":
        return {}
    if isinstance(sent, Unrestricted):
        return {"networking": {"type": "unrestricted"}}
    closed: JSON = {"allowed_hosts": [], "allow_package_managers": False, "allow_mcp_servers": False}
    given = {} if sent is None else sent.model_dump(exclude_none=True)
    return {"networking": {"type": "limited"} | closed | given}


def _packages(tx: Transaction, sent: Packages) -> JSON:
    accepted = settings.value(tx, "qoder_package_managers")
    for manager in MANAGERS:
        if getattr(sent, manager) and manager not in accepted:
            raise invalid(f"config.packages.{manager}: not supported", f"config.packages.{manager}")
    return sent.model_dump()

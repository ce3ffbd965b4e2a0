"""Environment: the container that sessions run in. Its contents change in place, its type does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ..declaration.capabilities import Capabilities
from ..declaration.marks import AutoNamed, Clears, Default, Lines, Merges, NotIn, Only, Replaces, Unordered
from ..declaration.model import Failure, Inputs, Model, Outputs, default, described
from ..declaration.values import UNKNOWN
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle
from .parts.metadata import Metadata
from .parts.moments import CreatedAt, UpdatedAt
from .parts.network import Host, UnrestrictedNetwork
from .parts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..declaration.values import JSON, Bag


_IN_SCRIPT = Only("claude", "install it in `setupScript`")
Packages_ = Annotated[list[Annotated[str, Field(min_length=1)]] | None, Unordered()]


class LimitedNetwork(Model):
    """The container may reach the listed hosts only."""

    type: Annotated[Literal["limited"], described("Only what is listed.")]
    allowed_hosts: Annotated[list[Host] | None, Unordered(), described("Hosts, or `*.` and a domain.")] = default([])
    allow_mcp_servers: Annotated[bool | None, Clears(to=False), described("Also the agent's MCP servers.")] = False
    allow_package_managers: Annotated[bool | None, Clears(to=False), described("Also package registries.")] = False


class Packages(Model):
    """Packages to install, by package manager."""

    type: Annotated[Literal["packages"] | None, described("May be left out.")] = "packages"
    apt: Annotated[Packages_, described("Debian packages.")] = default([])
    cargo: Annotated[Packages_, _IN_SCRIPT, described("Rust crates.")] = default([])
    gem: Annotated[Packages_, _IN_SCRIPT, described("Ruby gems.")] = default([])
    go: Annotated[Packages_, _IN_SCRIPT, described("Go modules.")] = default([])
    npm: Annotated[Packages_, described("Node packages.")] = default([])
    pip: Annotated[Packages_, described("Python packages.")] = default([])


SetupScript = Annotated[
    str | None,
    Lines(),
    Only("qoder", "install what you need through `packages`"),
    Clears(to=""),
    described("A bash script that prepares the container, after the packages.", max_length=65_536),
]


class CloudConfig(Model):
    """A container on the platform."""

    type: Annotated[
        Literal["cloud"],
        Replaces("an environment cannot move between cloud and self-hosted"),
        NotIn(("self-hosted",), "write `self_hosted`, and let a worker of yours serve it", values=("cloud",)),
        described("On the platform."),
    ]
    networking: Annotated[
        Annotated[UnrestrictedNetwork | LimitedNetwork, Field(discriminator="type")] | None,
        Clears(to={"type": "unrestricted"}),
        Default(to=None, on="qoder"),
        Clears(to=None, on="qoder"),
        described("What the container may reach (default: everything; on Qoder the platform's own, `limited`)."),
    ] = default({"type": "unrestricted"})
    packages: Annotated[Packages | None, Merges(), described("Packages to install (default: none).")] = default({})
    setup_script: SetupScript = None


class SelfHostedConfig(Model):
    """A container on machines of your own."""

    type: Annotated[
        Literal["self_hosted"],
        Replaces("an environment cannot move between cloud and self-hosted"),
        described("On machines of your own."),
    ]
    setup_script: SetupScript = None


class EnvironmentInputs(Inputs):
    """What the environment is."""

    source: Source = None
    name: Annotated[
        str | None,
        AutoNamed(suffix=7),
        described("Shown to people (default: the resource's name and 7 random digits).", min_length=1, max_length=256),
    ] = None
    description: Annotated[str | None, Lines(), described("What the environment is for.", max_length=1024)] = None
    config: Annotated[
        Annotated[CloudConfig | SelfHostedConfig, Field(discriminator="type")] | None,
        Merges(),
        described(
            "Where it runs, what it may reach and what is installed (default: a cloud container; on a "
            "self-hosted server, which has none, `self_hosted`)."
        ),
    ] = default({"type": "cloud"})
    metadata: Metadata = None
    scope: Annotated[
        Literal["organization", "account"] | None,
        Only("claude", "remove the property"),
        described("Who sees it; organizations on the API have `organization` only."),
    ] = "organization"

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """Says where it runs, where that is not what is meant by saying nothing."""
        if capabilities.environment_type == "cloud" or value.get("config") is not None:
            return value
        return {**value, "config": {"type": capabilities.environment_type}}


class EnvironmentOutputs(Outputs):
    """What the platform adds."""

    created_at: CreatedAt
    updated_at: UpdatedAt


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """Labels have to say something, and packages cannot be installed where their registries cannot be reached."""
    yield from _label_rules(inputs.get("metadata"))
    if capabilities.opens_for_packages:
        yield from _package_rules(inputs.get("config"))


def _label_rules(metadata: JSON) -> Iterator[Failure]:
    for key, value in metadata.items() if isinstance(metadata, dict) else ():
        if value == "":
            yield Failure(("metadata", key), "must not be empty: an environment takes an empty label for a removed one")


def _package_rules(config: JSON) -> Iterator[Failure]:
    if not isinstance(config, dict) or config.get("type") != "cloud":
        return
    network, packages = config.get("networking"), config.get("packages")
    if not (isinstance(network, dict) and isinstance(packages, dict)):
        return
    wanted = any(value and value is not UNKNOWN for wire, value in packages.items() if wire != "type")
    if network.get("type") == "limited" and wanted and not network.get("allowPackageManagers"):
        reason = "must be true when packages are installed and the network is limited"
        yield Failure(("config", "networking", "allowPackageManagers"), reason)


ENVIRONMENT = Kind(
    name="Environment",
    doc=(
        "The container that sessions run in: networking and packages. Changes are made in place and reach sessions "
        "that are created afterwards; only a change between `cloud` and `self_hosted` needs a new environment. "
        "Removing it deletes the environment, or archives it while sessions still refer to it."
    ),
    inputs=EnvironmentInputs,
    outputs=EnvironmentOutputs,
    lifecycle=Lifecycle("environments", "environment_id", removal=("delete", "archive")),
    rules=rules,
    prose=lambda text: {"description": text},
)

"""Rules about where agents reach: the container's network, and MCP servers."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field

from ..rule import Broken, Change, Outcomes, Parameters, ResourceRule, unchecked
from ..view import JSON, Declared, Withheld, entries, withheld_among, within

Host = Annotated[str, Field(pattern=r"^(\*\.)?[A-Za-z0-9.-]+$")]


class Network(Parameters):
    """What the remediation leaves open."""

    allowed_hosts: list[Host] = Field(
        default=["github.com", "api.github.com"],
        description="The hosts that an environment may reach after the remediation, besides its MCP servers.",
    )


def _network(declared: Declared) -> JSON:
    """The type of network: None where it is the default."""
    return within(declared.get("config"), "networking", "type")


def _unrestricted(declared: Declared, parameters: Network) -> Outcomes:
    del parameters
    place, network = within(declared.get("config"), "type"), _network(declared)
    yield from unchecked(declared, "its network", network)
    if place in (None, "cloud") and network in (None, "unrestricted"):
        yield Broken(declared, "has an unrestricted network")


def _restricted(declared: Declared, parameters: Network) -> Change | None:
    if not any(isinstance(item, Broken) for item in _unrestricted(declared, parameters)):
        return None
    config = declared.get("config")
    installs = _installs(within(config, "packages")) or within(config, "setupScript") is not None
    networking = {
        "type": "limited",
        "allowedHosts": list(parameters.allowed_hosts),
        "allowMcpServers": True,
        "allowPackageManagers": installs,
    }
    if config is None:
        return Change(("config",), {"type": "cloud", "networking": networking})
    return Change(("config", "networking"), networking)


def _installs(packages: JSON) -> bool:
    if not isinstance(packages, dict):
        return isinstance(packages, Withheld)
    return any(names for manager, names in packages.items() if manager != "type")


RESTRICTED_NETWORK = ResourceRule(
    name="restricted-network",
    sentence="The network of an environment is limited to what its work needs.",
    severity="medium",
    fix="Set `config.networking` to `limited`, with the hosts that are needed.",
    level="advisory",
    parameters=Network,
    notes="An environment without `networking` is open too: that is the platform's default. One on machines of your "
    "own is left out. The remediation limits the network to `allowedHosts` and the agent's MCP servers, and to package "
    "registries where something is installed; it is a change in place.",
    kinds=("Environment",),
    check=_unrestricted,
    remedy=_restricted,
)


class Hosts(Parameters):
    """Where MCP servers may be."""

    allowed_hosts: Annotated[list[Host], Field(description="Hosts, or `*.` and a domain for all hosts below it.")]


def _servers(declared: Declared, parameters: Hosts) -> Outcomes:
    servers = _declared_servers(declared)
    yield from unchecked(declared, "its list of MCP servers", withheld_among(servers))
    for index, server in entries(servers):
        url = server.get("url")
        yield from unchecked(declared, "the address of an MCP server", url)
        if isinstance(url, str) and not _is_allowed(_host(url), parameters.allowed_hosts):
            yield Broken(declared, f"uses an MCP server on a host that is not allowed: see `mcpServers[{index}]`")


def _declared_servers(declared: Declared) -> JSON:
    """An agent's servers, or those with which a session overrides them."""
    return declared.get("mcpServers") if declared.kind == "Agent" else within(declared.get("agent"), "mcpServers")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_allowed(host: str, allowed: list[str]) -> bool:
    return any(
        host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern
        for pattern in (item.lower() for item in allowed)
    )


ALLOWED_MCP_HOSTS = ResourceRule(
    name="allowed-mcp-hosts",
    sentence="MCP servers are on allowed hosts.",
    severity="high",
    fix="Use a server on one of the `allowedHosts`, or allow its host there.",
    level="disabled",
    parameters=Hosts,
    notes="The servers of agents, and those with which a session overrides them.",
    kinds=("Agent", "Session"),
    check=_servers,
)

"""Rules about where agents and their secrets reach: the container's network, and MCP servers."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from ...declaration.addresses import BLANKS, read_address
from ...declaration.hosts import HostPattern, host_pattern
from ..breadth import is_broad
from ..overrides import of_agent
from ..rule import Broken, Change, Outcomes, Parameters, ResourceRule, unchecked
from ..view import JSON, Declared, Withheld, entries, first_hidden, hidden_in, listed, text, within


def _host(pattern: str) -> str:
    if host_pattern(pattern) is None:
        message = "is no host: write it as `example.com` or `*.example.com`"
        raise ValueError(message)
    return pattern


Host = Annotated[str, AfterValidator(_host), Field(pattern=r"^(\*\.)?[A-Za-z0-9._-]+$")]


class Network(Parameters):
    """What the remediation leaves open."""

    allowed_hosts: list[Host] = Field(
        default=["github.com", "api.github.com"],
        description="The hosts that an environment may reach after the remediation, besides its MCP servers.",
    )


_OPEN, _LIMITED = "unrestricted", "limited"


def _reach(declared: Declared, parameters: Network) -> Outcomes:
    del parameters
    networking = _networking(declared)
    if networking is not None:
        form = text(within(networking, "type"))
        yield from unchecked(declared, "its network", form if form in (_OPEN, _LIMITED) else _why(form))
        if form == _OPEN:
            yield Broken(declared, _SENTENCES[declared.kind])
        elif form == _LIMITED:
            yield from _hosts(declared, within(networking, "allowedHosts"))


_SENTENCES = {
    "Environment": "has an unrestricted network",
    "Credential": "holds a secret that may be sent to every host",
}


def _networking(declared: Declared) -> JSON:
    """What says where it reaches: None where nothing has to, or why it cannot be seen."""
    if declared.kind == "Credential":
        return _of_credential(declared.get("auth"))
    config = declared.get("config")
    place = text(within(config, "type"))
    if place not in (None, "cloud", "self_hosted"):
        return _why(place)
    if place == "self_hosted":
        return None
    networking = within(config, "networking")
    if networking is None and declared.platform in _LIMITED_BY_DEFAULT:
        return None
    return {"type": _OPEN} if networking is None else networking


_LIMITED_BY_DEFAULT = ("qoder",)
"""The platforms whose own network is limited."""


def _of_credential(auth: JSON) -> JSON:
    kind = text(within(auth, "type"))
    if kind in ("mcp_oauth", "static_bearer"):
        return None
    if kind != "environment_variable":
        return _why(kind)
    networking = within(auth, "networking")
    return {"type": _OPEN} if networking is None else networking


def _why(value: JSON) -> Withheld:
    return value if isinstance(value, Withheld) else Withheld.UNREADABLE


def _hosts(declared: Declared, hosts: JSON) -> Outcomes:
    patterns = [host_pattern(host) or Withheld.UNREADABLE for host in listed(hosts) if isinstance(host, str)]
    yield from unchecked(declared, "its list of hosts", first_hidden([hidden_in(hosts, str), *patterns]))
    if any(isinstance(pattern, HostPattern) and is_broad(pattern) for pattern in patterns):
        yield Broken(declared, "names hosts so broadly that anybody may have one of them: see `allowedHosts`")


def _restricted(declared: Declared, parameters: Network) -> Change | None:
    if declared.kind != "Environment" or within(_networking(declared), "type") != _OPEN:
        return None
    config = declared.get("config")
    installs = _installs(within(config, "packages")) or within(config, "setupScript") is not None
    networking = {
        "type": _LIMITED,
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
    sentence="The network of an environment is limited to what its work needs, and so is where a secret may be sent.",
    severity="medium",
    fix="Set `config.networking` (of a credential `auth.networking`) to `limited`, with the hosts that are needed.",
    level="advisory",
    parameters=Network,
    notes="An environment without `networking` is open too on Claude Managed Agents, and limited on Qoder Cloud "
    "Agents: these are the platforms' defaults. One on machines of your own is left out. Credentials of the type "
    "`environment_variable` have a network of their own. Patterns such as `*.com`, `*.co.uk` or `*.github.io` break "
    "the rule: below these, anybody gets a host. The remediation limits the network of an environment to "
    "`allowedHosts` and the agent's MCP servers, and to package registries where something is installed; it is a "
    "change in place. It touches no list of hosts, and no credential.",
    kinds=("Environment", "Credential"),
    check=_reach,
    remedy=_restricted,
)


class Hosts(Parameters):
    """Where MCP servers may be."""

    allowed_hosts: Annotated[list[Host], Field(description="Hosts, or `*.` and a domain for all hosts below it.")]


def _servers(declared: Declared, parameters: Hosts) -> Outcomes:
    allowed = [pattern for host in parameters.allowed_hosts if (pattern := host_pattern(host))]
    servers = of_agent(declared, "mcpServers")
    yield from unchecked(declared, "its list of MCP servers", hidden_in(servers))
    for index, server in entries(servers):
        host = _host_of(server.get("url"))
        yield from unchecked(declared, f"the address of `mcpServers[{index}]`", host)
        if isinstance(host, str) and not _is_allowed(host, allowed):
            yield Broken(declared, f"uses an MCP server on a host that is not allowed: see `mcpServers[{index}]`")


def _host_of(url: JSON) -> JSON:
    """The host of an address, or why it cannot be told."""
    url = text(url)
    if isinstance(url, Withheld):
        return url
    address = read_address((url or "").strip(BLANKS))
    return address.host if address and address.scheme in ("https", "http") else Withheld.UNREADABLE


def _is_allowed(host: str, allowed: list[HostPattern]) -> bool:
    return any(pattern.holds(host) for pattern in allowed)


ALLOWED_MCP_HOSTS = ResourceRule(
    name="allowed-mcp-hosts",
    sentence="MCP servers are on allowed hosts.",
    severity="high",
    fix="Use a server on one of the `allowedHosts`, or allow its host there.",
    level="disabled",
    parameters=Hosts,
    notes="The servers of agents, and those with which a session overrides them. An address that different programs "
    "may read differently (a backslash, a second `@`, letters beyond ASCII in its host) breaks the rule; ports make "
    "no difference.",
    kinds=("Agent", "Session"),
    check=_servers,
)

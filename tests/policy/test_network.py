"""Rules about where agents reach, and the remedy for an open network."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from policy.views import agent, broken, declared, found, not_checked, session

from pulumi_managed_agents.policy.configuration import parameters_of
from pulumi_managed_agents.policy.rule import Change
from pulumi_managed_agents.policy.rules import ALLOWED_MCP_HOSTS, RESTRICTED_NETWORK
from pulumi_managed_agents.policy.view import Withheld

CLOSED = {"type": "limited", "allowedHosts": ["github.com"]}
OPEN = {"type": "unrestricted"}


def environment(config: Any = None) -> Any:
    return declared("Environment", "sandbox", **({} if config is None else {"config": config}))


def remedy(config: Any = None, **given: Any) -> Change | None:
    assert RESTRICTED_NETWORK.remedy is not None
    return RESTRICTED_NETWORK.remedy(environment(config), parameters_of(RESTRICTED_NETWORK, given))


@pytest.mark.parametrize("config", [None, {"type": "cloud"}, {"type": "cloud", "networking": OPEN}])
def test_an_open_network_is_found_also_where_nothing_is_said(config: Any) -> None:
    assert found(RESTRICTED_NETWORK, environment(config)) == [("sandbox", "has an unrestricted network")]


@pytest.mark.parametrize("config", [None, {"type": "cloud"}])
def test_a_network_that_the_platform_limits_is_fine_where_nothing_is_said(config: Any) -> None:
    there = replace(environment(config), platform="qoder")

    assert broken(RESTRICTED_NETWORK, there) == []
    opened = replace(environment({"type": "cloud", "networking": OPEN}), platform="qoder")
    assert found(RESTRICTED_NETWORK, opened) == [("sandbox", "has an unrestricted network")]


@pytest.mark.parametrize(
    "config",
    [
        {"type": "cloud", "networking": CLOSED},
        {"type": "self_hosted"},
        {"type": "cloud", "networking": Withheld.UNKNOWN},
        Withheld.UNKNOWN,
    ],
)
def test_a_network_that_is_not_known_to_be_open_is_fine_and_not_remedied(config: Any) -> None:
    assert broken(RESTRICTED_NETWORK, environment(config)) == []
    assert remedy(config) is None


def test_the_remedy_leaves_the_allowed_hosts_and_mcp_servers_open() -> None:
    limited = {
        "type": "limited",
        "allowedHosts": ["example.com"],
        "allowMcpServers": True,
        "allowPackageManagers": False,
    }

    assert remedy(allowedHosts=["example.com"]) == Change(("config",), {"type": "cloud", "networking": limited})
    assert remedy({"type": "cloud"}, allowedHosts=["example.com"]) == Change(("config", "networking"), limited)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"packages": {"type": "packages", "pip": ["ruff"]}}, True),
        ({"packages": {"type": "packages", "pip": []}}, False),
        ({"packages": Withheld.UNKNOWN}, True),
        ({"setupScript": "npm install"}, True),
    ],
)
def test_the_remedy_leaves_registries_open_where_something_is_installed(more: dict[str, Any], expected: bool) -> None:
    change = remedy({"type": "cloud", **more})

    assert change is not None
    assert change.value["allowPackageManagers"] is expected


@pytest.mark.parametrize(
    ("url", "allowed", "is_allowed"),
    [
        ("https://mcp.example.com/sse", ["mcp.example.com"], True),
        ("https://MCP.example.com:8443/sse", ["mcp.EXAMPLE.com"], True),
        ("https://mcp.example.com/sse", ["*.example.com"], True),
        ("https://example.com/sse", ["*.example.com"], False),
        ("https://mcp.example.com.evil.example/sse", ["mcp.example.com", "*.example.com"], False),
        ("https://mcp.example.com@evil.example/sse", ["mcp.example.com"], False),
        ("https://evilexample.com/sse", ["*.example.com"], False),
        ("https://[broken", ["example.com"], False),
        (Withheld.UNKNOWN, ["example.com"], True),
    ],
)
def test_mcp_servers_are_on_allowed_hosts(url: str, allowed: list[str], is_allowed: bool) -> None:
    reviewer = agent(mcpServers=[{"type": "url", "name": "tracker", "url": url}])

    assert broken(ALLOWED_MCP_HOSTS, reviewer, allowedHosts=allowed) == ([] if is_allowed else ["reviewer"])


def test_the_servers_with_which_a_session_overrides_its_agent_count_too() -> None:
    servers = [{"type": "url", "name": "tracker", "url": "https://evil.example/sse"}]

    assert found(ALLOWED_MCP_HOSTS, session(agent={"id": "agent_1", "mcpServers": servers}), allowedHosts=[]) == [
        ("review", "uses an MCP server on a host that is not allowed: see `mcpServers[0]`")
    ]


def test_encrypted_servers_are_not_guessed_at() -> None:
    assert not_checked(ALLOWED_MCP_HOSTS, agent(mcpServers=Withheld.SECRET), allowedHosts=[]) == ["reviewer"]

"""What a rule of the policy pack cannot read is no declaration either: addresses, hosts, schedules and amounts."""

from __future__ import annotations

from typing import Any

import pytest
from core.bags import failures_of
from core.test_elsewhere import CONTEXTS

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import render
from pulumi_managed_agents.resources.registry import KINDS

SESSION = {"agent": "agent_1", "environmentId": "env_1"}
DEPLOYMENT = {**SESSION, "initialEvents": [{"type": "user.message", "content": [{"type": "text", "text": "Work."}]}]}

UNREADABLE = [
    "https://mcp.example.com\\@evil.example/sse",
    "https://evil.example\\.mcp.example.com/",
    "https:/\\mcp.example.com/",
    "https:///mcp.example.com",
    "https:mcp.example.com",
    "//mcp.example.com/",
    "mcp.example.com",
    "ftp://mcp.example.com/",
    "file:///etc/passwd",
    "https://a@b@mcp.example.com/",
    "https://mcp%2eexample.com/",
    "https://mcp..example.com/",
    "https://mcp.example.com:99999/",
    "https://mcp.example.com:8o/",
    "https://m\u0441p.example.com/",
    "https://mcp.example.com\uff0f@evil.example/",
    "https://mcp example.com/",
    "https://[::1/",
    "https://[nonsense]/",
    "https://",
    " https://mcp.example.com/",
    "https://mcp.example.com/ ",
]


def agent(url: str) -> dict[str, Any]:
    server = {"type": "url", "name": "tracker", "url": url}
    return {"model": "m", "mcpServers": [server], "tools": [{"type": "mcp_toolset", "mcpServerName": "tracker"}]}


@pytest.mark.parametrize("url", UNREADABLE)
def test_the_address_of_a_server_says_plainly_where_it_is(url: str) -> None:
    auth = {"type": "static_bearer", "mcpServerUrl": url, "token": "made-up"}
    refresh = {"tokenEndpoint": url, "clientId": "c", "refreshToken": "made-up", "tokenEndpointAuth": {"type": "none"}}
    oauth = {"type": "mcp_oauth", "mcpServerUrl": "https://x.example/", "accessToken": "made-up", "refresh": refresh}
    override = {**SESSION, "agent": {"id": "agent_1", **agent(url)}}
    override["agent"].pop("model")

    assert list(failures_of(KINDS["Agent"], agent(url))) == ["mcpServers[0].url"]
    assert list(failures_of(KINDS["Session"], override)) == ["agent.mcpServers[0].url"]
    assert list(failures_of(KINDS["Credential"], {"vaultId": "v", "auth": auth})) == ["auth.mcpServerUrl"]
    assert list(failures_of(KINDS["Credential"], {"vaultId": "v", "auth": oauth})) == ["auth.refresh.tokenEndpoint"]


@pytest.mark.parametrize(
    "url", ["https://me@mcp.example.com/", "https://me:made-up@mcp.example.com/", "https://@mcp.example.com"]
)
def test_the_address_of_a_server_holds_no_user(url: str) -> None:
    found = failures_of(KINDS["Agent"], agent(url))

    assert list(found) == ["mcpServers[0].url"]
    assert "made-up" not in found["mcpServers[0].url"]


@pytest.mark.parametrize(
    "url",
    [
        "https://mcp.example.com/sse?a=b#c",
        "http://localhost:8080/mcp",
        "HTTPS://MCP.Example.com./",
        "https://[::1]:8443/x",
        "https://10.0.0.1",
        "https://xn--bcher-kva.example/%2e%2e/x y".replace(" ", "%20"),
        "https://mcp.example.com/\u00e4",
        "https://under_score.example.com/",
    ],
)
def test_a_plain_address_of_a_server_is_fine(url: str) -> None:
    assert failures_of(KINDS["Agent"], agent(url)) == {}


@pytest.mark.parametrize(
    "host",
    ["*.*.com", "*com", "exa*mple.com", "a..b", ".example.com", "b\u00fccher.example", "a\\b", "a b", "a;b", "%2e"],
)
def test_a_host_is_a_name_or_a_star_before_one(host: str) -> None:
    networking = {"type": "limited", "allowedHosts": [host]}
    auth = {"type": "environment_variable", "secretName": "A", "secretValue": "made-up", "networking": networking}

    assert list(failures_of(KINDS["Environment"], {"config": {"type": "cloud", "networking": networking}})) == [
        "config.networking.allowedHosts[0]"
    ]
    assert list(failures_of(KINDS["Credential"], {"vaultId": "v", "auth": auth})) == ["auth.networking.allowedHosts[0]"]


@pytest.mark.parametrize(
    "expression",
    [
        "61 * * * *",
        "*/0 * * * *",
        "5-3 * * * *",
        "0 0 0 * *",
        "0 24 * * *",
        "0 0 * 13 *",
        "0 0 * * 8",
        "- * * * *",
        ", * * * *",
        "100 * * * *",
    ],
)
def test_a_schedule_names_moments_that_there_are(expression: str) -> None:
    schedule = {"type": "cron", "expression": expression, "timezone": "UTC"}

    assert list(failures_of(KINDS["Deployment"], {**DEPLOYMENT, "schedule": schedule})) == ["schedule.expression"]


@pytest.mark.parametrize(
    "expression", ["* * 31 2 *", "0 0 29 2 *", "*/15 9-17 * * 1-5", "0 0,12 1 */2 7", "5/10 * * * 0"]
)
def test_a_schedule_of_numbers_is_fine(expression: str) -> None:
    schedule = {"type": "cron", "expression": expression, "timezone": "UTC"}

    assert failures_of(KINDS["Deployment"], {**DEPLOYMENT, "schedule": schedule}) == {}


@pytest.mark.parametrize("digits", [19, 5000])
@pytest.mark.parametrize("kind", ["Session", "Deployment"])
def test_a_budget_is_an_amount_that_somebody_has(kind: str, digits: int) -> None:
    budget = {"type": "limit", "maxListCost": {"amount": "9" * digits, "currency": "USD"}}

    assert list(failures_of(KINDS[kind], {**DEPLOYMENT, "budget": budget})) == ["budget.maxListCost.amount"]


@pytest.mark.parametrize(
    "url",
    [
        "https://u@github.com/org/../evil/x",
        "https://u@github.com//evil/x",
        "https://u@github.com/org/%2e%2e/evil/x",
        "https://u@github.com/org%2f..%2fevil/x",
        "https://u@github.com/org/x\\..\\..\\evil",
        "https://u@github.com\\@evil.example/x/y",
        "https://u@g\u0131thub.com/org/x",
    ],
)
def test_the_address_of_a_git_repository_says_plainly_whose_it_is(url: str) -> None:
    bag = {**SESSION, "resources": [{"type": "git_repository", "url": url}]}
    _, failures = plan.check(KINDS["Session"].on("qoder"), {}, bag, CONTEXTS["qoder"])

    assert [render(failure.path) for failure in failures] == ["resources[0].url"]


@pytest.mark.parametrize(
    "url", ["https://github.com:443/org/app", "https://github.com./org/app", "https://GITHUB.com.:443/org/app.git/"]
)
def test_a_repository_has_one_spelling(url: str) -> None:
    inputs, failures = plan.check(KINDS["RepositoryResource"], {}, {"url": url}, CONTEXTS["claude"])

    assert failures == []
    assert inputs["url"] == "https://github.com/org/app"

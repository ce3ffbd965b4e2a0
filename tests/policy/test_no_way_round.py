"""Ways round a rule: another spelling of what it forbids is found, and what it cannot read is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from policy.test_pack import arguments
from policy.views import (
    BUDGET,
    MOUNT,
    PATH,
    TOOLSET,
    URL,
    agent,
    broken,
    declared,
    not_checked,
    repository,
    session,
    urn,
)
from policy.views import found as told

from pulumi_managed_agents.policy.configuration import chosen, parameters_of
from pulumi_managed_agents.policy.pack import policies
from pulumi_managed_agents.policy.report import findings
from pulumi_managed_agents.policy.rule import Broken
from pulumi_managed_agents.policy.rules import RULES
from pulumi_managed_agents.policy.state import exported_stack
from pulumi_managed_agents.policy.view import Declared, Withheld

if TYPE_CHECKING:
    from pulumi_managed_agents.policy.rule import AnyRule


def rule(name: str) -> AnyRule:
    return next(item for item in RULES if item.name == name)


ONLY_OURS: dict[str, Any] = {"allowed-owners": {"enforcementLevel": "mandatory", "allowedOwners": ["org"]}}
STRANGE = {"url": "https://github.com/evil/x", "mountPath": "/workspace/x"}


# Types


def exported(*rows: dict[str, Any]) -> str:
    return json.dumps({"version": 3, "deployment": {"resources": rows}})


def in_a_state(token: str, properties: dict[str, Any], config: dict[str, Any]) -> list[str]:
    """The rules that find something about a resource of some type in a state."""
    row = {"urn": f"urn:pulumi:dev::p::{token}::x", "type": token, "inputs": properties}
    found = findings(exported_stack(exported(row)), chosen(RULES, config))
    return [item.rule.name for item in found if isinstance(item.outcome, Broken)]


ODD_TYPES = [
    "managed-agents:evil:RepositoryResource",
    "managed-agents:index:repositoryResource",
    "managed-agents:index:x:RepositoryResource",
    "Managed-Agents:index:RepositoryResource",
    "managed-agents:evil$managed-agents:index:RepositoryResource",
    "managed-agents:index:x$managed-agents:index:RepositoryResource",
    "managed-agents:index:RepositoryResource::x",
    "pulumi-python:dynamic/managedagents:evil:RepositoryResource",
    "pulumi-python:dynamic/ManagedAgents:RepositoryResource",
    "pulumi-python:dynamic/managedagents/evil:RepositoryResource",
]


@pytest.mark.parametrize("token", ODD_TYPES)
def test_a_rule_sees_a_resource_under_a_type_that_is_not_quite_its_own(token: str) -> None:
    assert "allowed-owners" in in_a_state(token, STRANGE, ONLY_OURS)


@pytest.mark.parametrize("token", [*ODD_TYPES, "managed-agents:index:Nothing", "managed-agents:evil"])
def test_a_type_that_the_provider_does_not_know_is_told(token: str) -> None:
    assert "known-type" in in_a_state(token, {}, {"known-type": "mandatory"})


PICKLED = (
    "gASVSAAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjAVBZ2VudJRzYi4="
)
"""What the engine keeps of the provider of agents."""


def test_a_class_of_somebodys_own_over_this_provider_is_seen_in_a_state() -> None:
    properties = {"__provider": PICKLED, "model": "claude-opus-4-8"}

    assert in_a_state("pulumi-python:dynamic/mine:Thing", properties, {"all": "mandatory", **DISABLED}) == [
        "pinned-model",
        "known-type",
    ]


DISABLED = dict.fromkeys(("allowed-owners", "stack-budget", "allowed-mcp-hosts"), "disabled")


def test_a_class_of_somebodys_own_over_this_provider_is_told_by_the_pack() -> None:
    stamp = "0123456789ab-0123456789ab-0123456789abcdef01234567"
    policy: Any = next(item for item in policies() if item.name == "known-type")
    reported: list[str] = []
    thing = arguments("Thing", {"creationId": stamp, "model": "m"}, family="pulumi-python:dynamic/mine:")

    policy.validate(thing, lambda message, urn=None: reported.append(f"{urn}: {message}"))

    assert len(reported) == 1


# Addresses

ODD_ADDRESSES = [
    "https://u@github.com/org/../evil/x",
    "https://github.com/org/../evil/x",
    "https://github.com/org/./../evil/x",
    "https://github.com/org/%2e%2e/evil/x",
    "https://github.com/org/%2E./evil/x",
    "https://github.com/org%2F..%2Fevil/x",
    "https://github.com/org%2fx/evil",
    "https://github.com//org/../evil/x",
    "https://github.com//evil/x",
    "https://github.com/org\\..\\evil/x",
    "https://github.com\\@evil.example/org/x",
    "https:\\\\github.com\\org\\x",
    "https://github.com/org",
    "https:github.com/evil/x",
    "https:///github.com/evil/x",
    "http://github.com/evil/x",
    "git@github.com:evil/x",
    "ssh://git@github.com/evil/x",
    "git://github.com/evil/x",
    "https://github.com /org/x",
    "https://git\thub.com/evil/x",
    "https://github.com/org/x?y=/../../evil/x",
    "https://github.com/org/x#/evil",
    "https://\uff47ithub.com/org/x",
    "https://github.com\uff0forg@evil.example/org/x",
    "https://g\u0131thub.com/org/x",
    "https://[::1]/org/../x",
    "https://github.com:99999/org/x",
    "https://a@b@github.com/org/x",
    "https://github%2ecom/org/x",
    "https://..github.com/org/x",
    "https://github.com/%6frg/%252e%252e/x",
    "no address at all",
    "",
    None,
    7,
    [URL],
    {"address": URL},
    True,
]


@pytest.mark.parametrize("url", ODD_ADDRESSES)
def test_an_address_that_is_not_plainly_an_allowed_owners_is_found(url: Any) -> None:
    assert broken(rule("allowed-owners"), repository(url=url), allowedOwners=["org"]) == ["app"]


OURS = [
    "https://github.com:443/org/app",
    "https://github.com./org/app",
    "https://GITHUB.com.:443/ORG/app.git",
    "  https://github.com/org/app\n",
    "HTTPS://github.com/org/app/",
    "https://github.com/%6frg/app",
    "https://github.com:0443/org/app",
    "https://github.com:/org/app",
]


@pytest.mark.parametrize("url", OURS)
def test_another_spelling_of_an_allowed_owners_address_is_no_alarm(url: str) -> None:
    assert broken(rule("allowed-owners"), repository(url=url), allowedOwners=["org"]) == []


@pytest.mark.parametrize("owner", ["github.com/org", "GitHub.com/org"])
def test_an_owner_on_github_may_be_written_with_the_host(owner: str) -> None:
    assert broken(rule("allowed-owners"), repository(), allowedOwners=[owner]) == []


@pytest.mark.parametrize(
    "url", ["https://mcp.example.com./sse", " https://mcp.example.com/sse", "https://mcp.example.com.:443"]
)
def test_another_spelling_of_an_allowed_host_is_no_alarm(url: str) -> None:
    assert broken(rule("allowed-mcp-hosts"), serving(url), allowedHosts=["mcp.example.com"]) == []


def serving(url: Any) -> Declared:
    return agent(mcpServers=[{"type": "url", "name": "tracker", "url": url}])


@pytest.mark.parametrize(
    "url",
    [
        "https://mcp.example.com\\@evil.example/sse",
        "https://evil.example\\.mcp.example.com/sse",
        "https://mcp.example.com\t.evil.example/",
        "ws\n://mcp.example.com/",
        "https://mcp\u3002example.com/",
        "https://a@b@mcp.example.com/",
        "https://evil.example%2f.mcp.example.com/",
        "https:/\\mcp.example.com/",
        "https://evil.example;@mcp.example.com@mcp.example.com/",
        None,
        7,
        ["https://mcp.example.com/"],
    ],
)
def test_an_mcp_server_whose_host_cannot_be_read_is_found(url: Any) -> None:
    allowed = ["mcp.example.com", "*.example.com", "*.mcp.example.com"]

    assert broken(rule("allowed-mcp-hosts"), serving(url), allowedHosts=allowed) == ["reviewer"]


@pytest.mark.parametrize(
    "servers", ["https://evil.example", {"url": "https://evil.example"}, [None], ["https://evil.example"], 7]
)
def test_servers_that_cannot_be_read_are_found(servers: Any) -> None:
    assert broken(rule("allowed-mcp-hosts"), agent(mcpServers=servers), allowedHosts=["a.example"]) == ["reviewer"]


# Tokens

BODY = "x" * 36
FORMS = {
    "classic": "ghp_" + BODY,
    "classic with blanks": " ghp_" + BODY + "\n",
    "OAuth": "gho_" + BODY,
    "of a user": "ghu_" + BODY,
    "refresh": "ghr_" + BODY,
    "of old": "0123456789abcdef" * 2 + "01234567",
    "of old, in capitals": "\t" + "0123456789ABCDEF" * 2 + "01234567 ",
}


@pytest.mark.parametrize("form", [form for form in FORMS if form != "classic"])
def test_every_form_of_a_token_that_opens_everything_is_found(form: str) -> None:
    assert broken(rule("classic-token"), repository(authorizationToken=FORMS[form])) == ["app"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "auth",
    [
        {"type": "mcp_oauth", "refresh": {"refreshToken": ...}},
        {"type": "mcp_oauth", "refresh": {"tokenEndpointAuth": {"type": "client_secret_post", "clientSecret": ...}}},
    ],
    ids=["refresh", "client"],
)
def test_it_is_found_wherever_a_credential_keeps_a_secret(auth: dict[str, Any], form: str) -> None:
    assert broken(rule("classic-token"), declared("Credential", "github", auth=put(auth, FORMS[form]))) == ["github"]


def put(value: Any, secret: str) -> Any:
    """The value with the secret in the place that is left for it."""
    if value is ...:
        return secret
    return {key: put(item, secret) for key, item in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["Session", "Deployment"])
def test_it_is_found_in_a_variable_and_in_an_address(kind: str, form: str) -> None:
    variable = session("review", kind=kind, environmentVariables={"GH_TOKEN": FORMS[form]})
    user = {"type": "git_repository", "url": f"https://{FORMS[form].strip()}@git.example.com/org/app"}
    password = {"type": "git_repository", "url": f"https://me:{FORMS[form].strip()}@git.example.com/org/app"}

    assert broken(rule("classic-token"), variable) == ["review"]
    assert broken(rule("classic-token"), session(kind=kind, resources=[user])) == ["review"]
    assert broken(rule("classic-token"), session(kind=kind, resources=[password])) == ["review"]


@pytest.mark.parametrize("name", ["GIT_COMMIT", "commitSha", "REV", "image_digest_1"])
def test_a_commit_among_the_variables_is_no_token(name: str) -> None:
    commit = session(environmentVariables={name: FORMS["of old"]})

    assert broken(rule("classic-token"), commit) == broken(rule("plain-secret"), commit) == []


@pytest.mark.parametrize("name", ["REFRESH_TOKEN", "PREVIEW", "HASHED_PASSWORD", "shape", "COMMIT_TOKEN"])
@pytest.mark.parametrize("form", ["{}", "Bearer {}", "token {}", "'{}'"])
def test_what_is_not_called_a_commit_is_none(name: str, form: str) -> None:
    variables = session(environmentVariables={name: form.format(FORMS["of old"])})

    assert broken(rule("classic-token"), variables) == ["review"]


@pytest.mark.parametrize("value", ["\u200bghp_" + BODY, f"https://gho_{BODY}@github.com", f"Bearer ghu_{BODY}"])
def test_a_token_among_other_signs_is_one(value: str) -> None:
    assert broken(rule("classic-token"), session(environmentVariables={"A": value})) == ["review"]


def test_what_a_name_calls_a_secret_and_looks_random_is_one() -> None:
    random = "0123456789abcdef" * 2

    assert broken(rule("plain-secret"), agent(metadata={"api_key": random})) == ["reviewer"]
    assert broken(rule("plain-secret"), session(environmentVariables={"DB_PASSWORD": f" {random}\n"})) == ["review"]
    harmless = {
        "request": random,
        "token_budget": "1" * 20,
        "secret_name": "name-of-the-secret-2",
        "passwords": "none at all",
    }
    assert broken(rule("plain-secret"), agent(metadata=harmless)) == []


def test_a_token_with_blanks_around_it_is_the_same_token() -> None:
    app, lib = repository(authorizationToken="made-up"), repository("lib", **STRANGE, authorizationToken=" made-up\n")

    assert broken(rule("token-of-several-owners"), app, lib) == ["lib"]


def test_a_token_of_a_repository_whose_owner_cannot_be_read_is_found() -> None:
    lib = repository("lib", url="https://github.com/org/../evil/x", authorizationToken="made-up")

    assert broken(rule("token-of-several-owners"), repository(authorizationToken="made-up"), lib) == ["lib"]


SECRETS = {
    "of GitHub": "ghp_" + BODY,
    "fine-grained": "github_pat_" + "x" * 22 + "_" + "y" * 59,
    "of an installation": "ghs_" + BODY,
    "of GitLab": "glpat-" + "x" * 20,
    "of Claude": "sk-ant-" + "api03-" + "x" * 30,
    "of AWS": "AK" + "IA" + "ABCDEFGHIJKLMNOP",
    "temporary, of AWS": "AS" + "IA" + "ABCDEFGHIJKLMNOP",
    "of Slack": "xox" + "b-" + "1" * 12 + "-" + "x" * 20,
    "signed": "eyJ" + "hbGciOiJIUzI1NiJ9" + "." + "eyJ" + "zdWIiOiJtYWRlLXVwIn0" + "." + "x" * 43,
    "in PEM": "-----BEGIN " + "RSA PRIVATE KEY-----\nbWFkZS11cA==\n-----END " + "RSA PRIVATE KEY-----",
}
PLACES: dict[str, Any] = {
    "prompt": lambda text: agent(system=f"Clone it with {text}, please."),
    "description": lambda text: agent(description=text),
    "metadata": lambda text: agent(metadata={"token": text}),
    "name of a label": lambda text: agent(metadata={text: "x"}),
    "variable": lambda text: session(environmentVariables={"TOKEN": f"  {text}\n"}),
    "variables in one text": lambda text: session(environmentVariables=f"A=b;TOKEN={text}"),
    "first message": lambda text: session(
        initialEvents=[{"type": "user.message", "content": [{"type": "text", "text": f"Use\n{text}\n"}]}]
    ),
    "user in an address": lambda text: session(
        resources=[{"type": "git_repository", "url": f"https://{text}@git.example.com/org/app"}]
    ),
    "user in the address of a server": lambda text: serving(f"https://{text}@mcp.example.com/"),
    "query of a server": lambda text: serving(f"https://mcp.example.com/?key={text}"),
    "script": lambda text: declared("Environment", "sandbox", config={"type": "cloud", "setupScript": f"X={text}"}),
    "memory": lambda text: declared("Memory", "style", content=text),
    "file": lambda text: declared("File", "notes", text=text, filename="notes"),
    "title": lambda text: session(title=text),
    "override": lambda text: session(agent={"id": "agent_1", "version": 1, "system": text}),
    "tool": lambda text: agent(
        tools=[{"type": "custom", "name": "x", "inputSchema": {"type": "object", "default": text}}]
    ),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", SECRETS)
def test_a_secret_in_plain_text_is_found(form: str, place: str) -> None:
    assert len(broken(rule("plain-secret"), PLACES[place](SECRETS[form]))) == 1


def test_what_is_kept_as_a_secret_is_none_in_plain_text() -> None:
    token = SECRETS["of GitHub"]
    kept = [
        repository(authorizationToken=token),
        session(resources=[{**MOUNT, "authorizationToken": token}]),
        declared("Credential", "github", auth={"type": "static_bearer", "token": token}),
        declared("GitHubInstallationToken", "bot", privateKey=SECRETS["in PEM"], token=token),
    ]

    assert broken(rule("plain-secret"), *kept) == []


def test_what_only_looks_like_a_secret_is_none() -> None:
    harmless = [
        agent(system="Tokens begin with ghp_ or sk-ant-; never print one.", metadata={"commit": "0123456789" * 4}),
        session(resources=[{**MOUNT, "checkout": {"type": "commit", "sha": "0123456789" * 4}}]),
        declared("File", "notes", sha256="0123456789abcdef" * 4),
        agent(system="-----BEGIN " + "CERTIFICATE-----\nbWFkZS11cA==\n-----END " + "CERTIFICATE-----"),
    ]

    assert broken(rule("plain-secret"), *harmless) == []


# Tools

ASK, ALLOW = {"permissionPolicy": {"type": "always_ask"}}, {"permissionPolicy": {"type": "always_allow"}}
OFF = {**TOOLSET, "defaultConfig": {"enabled": False}}


@pytest.mark.parametrize(
    "tools",
    [
        [{**TOOLSET, "defaultConfig": ASK}, TOOLSET],
        [OFF, TOOLSET],
        [OFF, {**TOOLSET, "configs": [{"name": "bash", "enabled": True}], **OFF}],
        [{**TOOLSET, "defaultConfig": ASK, "configs": [{"name": "bash", **ASK}, {"name": "Bash", **ALLOW}]}],
        [{**TOOLSET, "defaultConfig": ASK}, {"type": "agent_toolset_20270101"}],
        [{"type": " agent_toolset_20260401"}],
        [{"type": "computer_20270101"}],
        [{**TOOLSET, "defaultConfig": {"permissionPolicy": {"type": "never_ask"}}}],
        [{**TOOLSET, "defaultConfig": {"permissionPolicy": "always_ask"}}],
        [{**TOOLSET, "defaultConfig": {"enabled": "no"}}],
        [{**TOOLSET, "defaultConfig": ASK, "configs": {"name": "bash", **ALLOW}}],
        [{**TOOLSET, "defaultConfig": ASK, "configs": ["bash"]}],
        [{**TOOLSET, "defaultConfig": ASK, "configs": [{"name": 7, **ALLOW}]}],
        [{**TOOLSET, "enabledTools": "read"}],
        [{**TOOLSET, "disallowedTools": [7, "bash", "write", "edit"]}],
        ["agent_toolset_20260401"],
        [None],
        "agent_toolset_20260401",
        {"0": TOOLSET},
        [{"type": "mcp_toolset", "defaultConfig": {"permissionPolicy": {"type": "ALWAYS_ALLOW"}}}],
        [{"type": "mcp_toolset", "defaultConfig": ["always_allow"]}],
        [{"type": None}],
        [{}],
    ],
)
def test_tools_of_which_any_list_allows_writing_or_that_cannot_be_read_are_found(tools: Any) -> None:
    assert broken(rule("asked-before-writing"), agent(tools=tools)) == ["reviewer"]
    assert broken(rule("asked-before-writing"), session(agent={"id": "agent_1", "tools": tools})) == ["review"]


def test_a_tool_that_one_of_two_toolsets_has_is_there() -> None:
    half = [{**OFF, "configs": [{"name": name, "enabled": True} for name in ("bash", "read", "write")]}]
    rest = [{**OFF, "configs": [{"name": name, "enabled": True} for name in ("edit", "glob", "grep")]}]

    assert broken(rule("tools-for-repositories"), agent(tools=[*half, *rest]), session(resources=[MOUNT])) == []


# Networks


def environment(**networking: Any) -> Declared:
    return declared("Environment", "sandbox", config={"type": "cloud", "networking": {"type": "limited", **networking}})


@pytest.mark.parametrize(
    "hosts",
    [
        ["*.com"],
        ["github.com", "*.COM."],
        ["*.co.uk"],
        ["*.com.au"],
        ["*.github.io"],
        ["*.amazonaws.com"],
        ["*"],
        ["*."],
        ["*.*"],
        ["*.*.com"],
        ["*com"],
        ["exa*mple.com"],
        [" *.com "],
        ["https://example.com"],
        ["0.0.0.0/0"],
        ["example.com/path"],
        [7],
        [None],
        "*.com",
        {"0": "*.com"},
        ["*.\u7f51\u7edc"],
    ],
)
def test_a_list_of_hosts_that_opens_too_much_or_cannot_be_read_is_found(hosts: Any) -> None:
    auth = {"type": "environment_variable", "networking": {"type": "limited", "allowedHosts": hosts}}

    assert broken(rule("restricted-network"), environment(allowedHosts=hosts)) == ["sandbox"]
    assert broken(rule("restricted-network"), declared("Credential", "github", auth=auth)) == ["github"]


@pytest.mark.parametrize(
    "config",
    [
        "cloud",
        ["cloud"],
        {"type": "Cloud"},
        {"type": 7},
        {"networking": "limited"},
        {"networking": {"type": "LIMITED"}},
    ],
)
def test_an_environment_that_cannot_be_read_is_found(config: Any) -> None:
    assert broken(rule("restricted-network"), declared("Environment", "sandbox", config=config)) == ["sandbox"]


@pytest.mark.parametrize("networking", [{"type": "unrestricted"}, None, {}, "limited", ...])
def test_a_variable_in_a_vault_that_may_be_sent_anywhere_is_found(networking: Any) -> None:
    auth = {"type": "environment_variable", **({} if networking is ... else {"networking": networking})}

    assert broken(rule("restricted-network"), declared("Credential", "github", auth=auth)) == ["github"]


@pytest.mark.parametrize(
    "hosts", [["github.com."], ["API.github.com"], ["*.example.com"], ["*.corp.co.uk"], ["10.0.0.1"], []]
)
def test_a_list_of_hosts_that_says_what_is_needed_is_no_alarm(hosts: list[str]) -> None:
    assert broken(rule("restricted-network"), environment(allowedHosts=hosts)) == []


# Schedules


def nightly(expression: Any) -> Declared:
    return session("nightly", kind="Deployment", schedule={"type": "cron", "expression": expression, "timezone": "UTC"})


@pytest.mark.parametrize(
    "expression",
    [
        "@hourly",
        "@daily",
        "61 * * * *",
        "* * * *",
        "0 * * * * *",
        "*/0 * * * *",
        "5-3 * * * *",
        "0 0 * JAN *",
        "0 0 L * *",
        "0 0 * * 8",
        "0,70 9 * * *",
        "\u0661 * * * *",
        "* * * * ?",
        "",
        None,
        7,
        ["* * * * *"],
    ],
)
def test_a_schedule_that_cannot_be_read_is_found(expression: Any) -> None:
    assert broken(rule("schedule-interval"), nightly(expression)) == ["nightly"]


@pytest.mark.parametrize("schedule", ["* * * * *", ["* * * * *"], {}, 7])
def test_a_schedule_that_is_none_is_found(schedule: Any) -> None:
    assert broken(rule("schedule-interval"), session("nightly", kind="Deployment", schedule=schedule)) == ["nightly"]


@pytest.mark.parametrize("expression", ["* * 31 2 *", "*/5 0 30 2 *", "* * 31 4,6,9,11 *"])
def test_a_schedule_that_never_runs_is_no_alarm(expression: str) -> None:
    assert broken(rule("schedule-interval"), nightly(expression)) == []


# Budgets


def costing(amount: Any, **more: Any) -> Declared:
    return session(budget={"type": "limit", "maxListCost": {"amount": amount, "currency": "USD", **more}})


@pytest.mark.parametrize(
    "amount",
    [
        "9" * 5000,
        "1" + "0" * 40,
        500,
        500.0,
        "5e2",
        "0x1f4",
        "-5",
        "0500",
        "0",
        "\u0665\u0660\u0660",
        " 500",
        ["500"],
        True,
        {},
    ],
)
def test_a_budget_that_cannot_be_read_is_found(amount: Any) -> None:
    assert broken(rule("session-budget"), costing(amount)) == ["review"]
    assert broken(rule("stack-budget"), costing(amount), maxStackBudgetCents=10**6) == ["review"]


@pytest.mark.parametrize("budget", ["500", ["500"], {"type": "none"}, {**BUDGET, "type": "unlimited"}, 7])
def test_a_budget_of_another_form_is_found(budget: Any) -> None:
    assert broken(rule("session-budget"), session(budget=budget)) == ["review"]


def test_a_budget_in_another_currency_is_found() -> None:
    assert broken(rule("session-budget"), costing("500", currency="XAU")) == ["review"]


# Agents that are reached through others


def team(*members: Any) -> dict[str, Any]:
    return {"type": "coordinator", "agents": list(members)}


def of_team(form: str, member: Any) -> dict[str, Any]:
    if form == "coordinator":
        return team({"type": "self"}, member)
    return {"type": "multiagent_20261001", form: {"type": "enabled", "predefinedAgents": [member]}}


every_form = pytest.mark.parametrize("form", ["coordinator", "subagents", "workflows"])


@every_form
@pytest.mark.parametrize(
    "member", ["agent_2", {"type": "agent", "id": "agent_2"}, {"type": "agent", "id": "agent_2", "version": "latest"}]
)
def test_a_roster_names_versions_too(form: str, member: Any) -> None:
    assert broken(rule("pinned-agent"), agent(multiagent=of_team(form, member))) == ["reviewer"]


@pytest.mark.parametrize(
    "multiagent", ["agent_2", [], {"type": "coordinator", "agents": "agent_2"}, team(7), team(None), {"type": "swarm"}]
)
def test_a_roster_that_cannot_be_read_is_found(multiagent: Any) -> None:
    assert broken(rule("pinned-agent"), agent(multiagent=multiagent)) == ["reviewer"]


@pytest.mark.parametrize(
    "multiagent",
    [
        team({"type": "advisor", "model": "claude-opus-4-8"}),
        {"type": "multiagent_20261001", "advisor": {"type": "enabled", "model": "claude-opus-4-8"}},
    ],
)
def test_a_model_that_advises_is_a_model_too(multiagent: Any) -> None:
    assert broken(rule("pinned-model"), agent(multiagent=multiagent)) == ["reviewer"]


@every_form
def test_an_agent_of_a_roster_works_on_the_same_repositories(form: str) -> None:
    member = {"type": "agent", "id": Withheld.UNKNOWN, "version": 1}
    leader = agent("leader", multiagent=of_team(form, member))
    leader = Declared(
        leader.kind, leader.name, leader.urn, leader.properties, references={"multiagent": (urn("Agent", "helper"),)}
    )
    helper = agent("helper", tools=None, system=None)
    review = session(runs="leader", resources=[MOUNT])

    assert broken(rule("tools-for-repositories"), leader, helper, review) == ["helper"]
    assert broken(rule("mount-path-in-prompt"), leader, helper, review) == ["helper"]


def test_an_agent_that_is_named_by_its_id_alone_is_seen_in_a_state() -> None:
    rows = [
        {
            "urn": urn("Agent", "reviewer"),
            "type": "managed-agents:index:Agent",
            "id": "agent_1",
            "inputs": {"model": "m"},
        },
        {
            "urn": urn("Session", "review"),
            "type": "managed-agents:index:Session",
            "inputs": {"agent": "agent_1", "resources": [MOUNT], "budget": BUDGET},
        },
    ]
    stack = exported_stack(exported(*rows))
    tools = rule("tools-for-repositories")

    outcomes = list(tools.judge(stack, parameters_of(tools, {})))

    assert [item.subject.name for item in outcomes] == ["reviewer"]


def test_an_agent_of_which_nothing_can_be_seen_is_told() -> None:
    elsewhere = session(runs="somebody-else", resources=[MOUNT])

    for name in ("tools-for-repositories", "mount-path-in-prompt"):
        assert not_checked(rule(name), agent(), elsewhere) == ["review"]
        assert broken(rule(name), agent(), elsewhere) == []


@pytest.mark.parametrize("version", ["latest", 0, -1, 1.5, True, ["1"], {}, ""])
@pytest.mark.parametrize("kind", ["Session", "Deployment"])
def test_a_version_that_is_none_pins_nothing(kind: str, version: Any) -> None:
    assert broken(rule("pinned-agent"), session(kind=kind, agent={"id": "agent_1", "version": version})) == ["review"]


# Values of another form


@pytest.mark.parametrize(
    ("name", "resource"),
    [
        ("pinned-model", agent(model=7)),
        ("pinned-model", agent(model=None)),
        ("pinned-model", agent(model={"id": ["claude-sonnet-4-5-20250929"]})),
        ("pinned-model", agent(model={})),
        ("pinned-model", agent(model="claude-x-20259999")),
        ("pinned-model", agent(model="claude-x-20\u0662\u0665\u0660\u0669\u0662\u0669")),
        ("verified-access", repository(verifyAccess="no")),
        ("verified-access", repository(verifyAccess=1)),
        ("classic-token", repository(authorizationToken=["ghp_" + BODY])),
        ("classic-token", repository(authorizationToken=7)),
        ("classic-token", declared("Credential", "github", auth="ghp_" + BODY)),
        ("classic-token", declared("Credential", "github", auth={"type": "static_bearer", "token": 7})),
        ("classic-token", session(resources="ghp_" + BODY)),
        ("allowed-owners", session(resources={"0": MOUNT})),
        ("allowed-owners", session(resources=[URL])),
        ("allowed-owners", session(resources=[None])),
        ("allowed-owners", session(resources=[{**MOUNT, "type": "Github_Repository"}])),
        ("allowed-owners", session(resources=[{"url": URL}])),
        ("verified-access", session(resources=[URL])),
        ("pinned-agent", session(agent=None)),
        ("pinned-agent", session(agent=7)),
        ("pinned-agent", session(agent=[{"id": "a", "version": 1}])),
    ],
)
def test_what_a_rule_cannot_read_is_told(name: str, resource: Declared) -> None:
    given = {"allowedOwners": ["org"]} if name == "allowed-owners" else {}

    assert len(broken(rule(name), resource, **given)) == 1


@pytest.mark.parametrize("path", [7, ["/workspace/app"], "workspace/app", ""])
def test_a_mount_path_that_cannot_be_read_is_told(path: Any) -> None:
    resources = [{**MOUNT, "mountPath": path}]

    assert broken(rule("mount-path-in-prompt"), agent(), session(resources=resources)) == ["review"]


@pytest.mark.parametrize("system", [7, [PATH], {"text": PATH}, f"Work in /other{PATH}.", f"Work in ~{PATH}"])
def test_a_prompt_that_does_not_name_the_path_is_found(system: Any) -> None:
    assert broken(rule("mount-path-in-prompt"), agent(system=system), session(resources=[MOUNT])) == ["reviewer"]


def test_another_spelling_of_a_mount_path_is_no_alarm() -> None:
    resources = [{**MOUNT, "mountPath": f"/{PATH}/"}]

    assert broken(rule("mount-path-in-prompt"), agent(), session(resources=resources)) == []


@pytest.mark.parametrize("name", ["classic-token", "allowed-owners", "session-budget", "pinned-agent", "pinned-model"])
def test_what_is_not_known_yet_is_said_to_be_unchecked(name: str) -> None:
    resources = [
        repository(url=Withheld.UNKNOWN, authorizationToken=Withheld.UNKNOWN),
        session(budget=Withheld.UNKNOWN, agent=Withheld.UNKNOWN),
        agent(model=Withheld.UNKNOWN),
    ]
    given = {"allowedOwners": ["org"]} if name == "allowed-owners" else {}

    assert not_checked(rule(name), *resources, **given) != []
    assert told(rule(name), *resources, **given) == []

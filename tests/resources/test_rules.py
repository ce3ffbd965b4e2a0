"""Rules between properties: what fits together, and what is told where it does not."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from core.bags import failures_of
from core.platform import HELLO, SERVER, USES_SERVER, repository

from pulumi_managed_agents.declaration.values import UNKNOWN, Bag
from pulumi_managed_agents.resources.registry import KINDS

REQUIRED: dict[str, Bag] = {
    "Agent": {"model": "claude-opus-5-5"},
    "Environment": {},
    "Session": {"agent": "agent_1", "environmentId": "env_1"},
}
TOOLSET: Bag = {"type": "agent_toolset_20260401"}
CUSTOM: Bag = {"type": "custom", "name": "ask", "description": "d", "inputSchema": {"type": "object"}}
OUTCOME: Bag = {"type": "user.define_outcome", "description": "d", "rubric": {"type": "text", "content": "c"}}
FILE: Bag = {"type": "file", "fileId": "file_1"}
STORE: Bag = {"type": "memory_store", "memoryStoreId": "memstore_1"}
FORM = "multiagent_20261001"


@dataclass(frozen=True)
class Case:
    """Inputs, and a word of what is told at each place."""

    id: str
    kind: str
    bag: Bag
    told: dict[str, str] = field(default_factory=dict)


def agent(id_: str, told: dict[str, str] | None = None, /, **bag: Any) -> Case:
    return Case(id_, "Agent", bag, told or {})


def schema(id_: str, told: dict[str, str] | None = None, /, **words: Any) -> Case:
    return agent(id_, told, tools=[{**CUSTOM, "inputSchema": {"type": "object", **words}}])


def network(id_: str, told: dict[str, str] | None = None, /, **config: Any) -> Case:
    return Case(id_, "Environment", {"config": {"type": "cloud", **config}}, told or {})


def host(id_: str, name: str) -> Case:
    networking = {"type": "limited", "allowedHosts": ["example.com", name]}
    return network(id_, {"config.networking.allowedHosts[1]": "host name"}, networking=networking)


def session(id_: str, told: dict[str, str] | None = None, /, **bag: Any) -> Case:
    return Case(id_, "Session", bag, told or {})


FITS = [
    agent("a server and its toolset", mcpServers=[SERVER], tools=[USES_SERVER]),
    agent("a toolset whose server is not known yet", tools=[USES_SERVER], mcpServers=UNKNOWN),
    agent("a server whose toolset may be among unknown ones", tools=[UNKNOWN], mcpServers=[SERVER]),
    agent(
        "a server whose toolset may have its name",
        tools=[{**USES_SERVER, "mcpServerName": UNKNOWN}],
        mcpServers=[SERVER],
    ),
    agent("a toolset that may name a server", tools=[USES_SERVER], mcpServers=[{**SERVER, "name": UNKNOWN}]),
    agent("two custom tools", tools=[CUSTOM, {**CUSTOM, "name": "tell"}]),
    schema("a schema with words of its own", properties={"a": {"oneOf": [{"type": "string"}]}}),
    schema("a schema of a type that is not known yet", type=UNKNOWN),
    agent(
        "a roster of several", multiagent={"type": "coordinator", "agents": ["agent_1", "agent_2", {"type": "self"}]}
    ),
    agent("an adviser with a model", multiagent={"type": FORM, "advisor": {"type": "enabled", "model": "a"}}),
    agent("an adviser who is switched off", multiagent={"type": FORM, "advisor": {"type": "disabled"}}),
    agent(
        "a team of somebody",
        multiagent={"type": FORM, "subagents": {"inlineAgents": {"type": "disabled"}, "predefinedAgents": ["agent_1"]}},
    ),
    agent(
        "a team that is not known yet",
        multiagent={"type": FORM, "subagents": {"inlineAgents": {"type": "disabled"}, "predefinedAgents": UNKNOWN}},
    ),
    network("packages where everything can be reached", packages={"apt": ["a"]}),
    network(
        "packages whose registries can be reached",
        networking={"type": "limited", "allowPackageManagers": True},
        packages={"apt": ["a"]},
    ),
    network("no packages in a limited network", networking={"type": "limited"}, packages={"apt": []}),
    network("packages that may be none", networking={"type": "limited"}, packages={"apt": UNKNOWN}),
    network(
        "a switch that is not known yet",
        networking={"type": "limited", "allowPackageManagers": UNKNOWN},
        packages={"apt": ["a"]},
    ),
    network("hosts", networking={"type": "limited", "allowedHosts": ["example.com", "*.example.com", "localhost"]}),
    session("an override without a type", agent={"id": "agent_1", "system": "a"}),
    session("an override of its type", agent={"type": "agent_with_overrides", "id": "agent_1", "system": ""}),
    session("a type for no override", agent={"type": "agent_with_overrides", "id": "agent_1"}),
    session("files without a path", resources=[FILE, FILE]),
    session("500 files", resources=[{**FILE, "fileId": f"file_{n}"} for n in range(500)]),
    session("8 memory stores", resources=[{**STORE, "memoryStoreId": f"memstore_{n}"} for n in range(8)]),
    session("one outcome among messages", initialEvents=[HELLO, OUTCOME, HELLO]),
]

CLASHES = [
    agent("a toolset without its server", {"tools[0].mcpServerName": "`mcpServers`"}, tools=[USES_SERVER]),
    agent("a server without its toolset", {"mcpServers[0].name": "`mcp_toolset`"}, mcpServers=[SERVER], tools=[CUSTOM]),
    agent("a server twice", {"mcpServers[1].name": "another server"}, mcpServers=[SERVER, SERVER], tools=[USES_SERVER]),
    agent("a custom tool twice", {"tools[1].name": "another custom tool"}, tools=[CUSTOM, CUSTOM]),
    agent(
        "domains that are allowed and blocked",
        {"tools[0].configs[0].blockedDomains": "`allowedDomains`"},
        tools=[
            {**TOOLSET, "configs": [{"name": "web_fetch", "allowedDomains": ["a.com"], "blockedDomains": ["b.com"]}]}
        ],
    ),
    schema("a schema of another type", {"tools[0].inputSchema.type": "object"}, type="array"),
    schema("a choice at the top of a schema", {"tools[0].inputSchema.anyOf": "refused"}, anyOf=[]),
    schema(
        "a reference deep in a schema", {"tools[0].inputSchema": "$ref"}, properties={"a": [{"b": {"$ref": "#/c"}}]}
    ),
    agent(
        "a member twice",
        {"multiagent.agents[2]": "already"},
        multiagent={"type": "coordinator", "agents": ["agent_1", "agent_2", {"type": "agent", "id": "agent_1"}]},
    ),
    agent(
        "`self` twice",
        {"multiagent.agents[1]": "already"},
        multiagent={"type": "coordinator", "agents": [{"type": "self"}, {"type": "self"}]},
    ),
    agent(
        "an adviser without a model",
        {"multiagent.advisor.model": "required"},
        multiagent={"type": FORM, "advisor": {"type": "enabled"}},
    ),
    agent(
        "a team of nobody",
        {"multiagent.workflows.predefinedAgents": "`inlineAgents`"},
        multiagent={"type": FORM, "workflows": {"inlineAgents": {"type": "disabled"}}},
    ),
    network(
        "packages whose registries cannot be reached",
        {"config.networking.allowPackageManagers": "true"},
        networking={"type": "limited"},
        packages={"pip": ["a"]},
    ),
    host("a host with a scheme", "https://example.com"),
    host("a host with a port", "example.com:443"),
    host("a host with a path", "example.com/a"),
    host("a host with a user", "me@example.com"),
    host("a host of stars and dots", "*."),
    Case("an empty label", "Environment", {"metadata": {"a": "", "b": "1"}}, {"metadata.a": "empty"}),
    session(
        "an effort among the overrides",
        {"agent.model.effort": "ignores"},
        agent={"id": "agent_1", "model": {"id": "claude-opus-5", "effort": "low"}},
    ),
    session(
        "an override under a plain type",
        {"agent.system": "agent_with_overrides"},
        agent={"type": "agent", "id": "agent_1", "system": "a"},
    ),
    session(
        "two repositories at one path",
        {"resources[1].mountPath": "resources[0]"},
        resources=[repository(), repository(url="https://github.com/org/web")],
    ),
    session(
        "a file at a repository's path",
        {"resources[1].mountPath": "resources[0]"},
        resources=[repository(), {**FILE, "mountPath": "/workspace/app"}],
    ),
    session("501 files", {"resources": "500"}, resources=[{**FILE, "fileId": f"file_{n}"} for n in range(501)]),
    session("9 memory stores", {"resources": "8"}, resources=[{**STORE, "memoryStoreId": f"m_{n}"} for n in range(9)]),
    session("two outcomes", {"initialEvents[2]": "one"}, initialEvents=[OUTCOME, HELLO, OUTCOME]),
    session(
        "101 documents by file",
        {"initialEvents": "100"},
        initialEvents=[
            {
                "type": "user.message",
                "content": [{"type": "document", "source": {"type": "file", "fileId": "file_1"}}] * 101,
            }
        ],
    ),
]

TYPOS = {
    "a property": ("Agent", {"modle": "a", "model": "a"}, "modle", "`model`"),
    "a property of an object": ("Agent", {"model": {"id": "a", "sped": "fast"}}, "model.sped", "`speed`"),
    "a property of an item": (
        "Agent",
        {"model": "a", "tools": [{**TOOLSET, "config": []}]},
        "tools[0].config",
        "`configs`",
    ),
    "a property of a variant": (
        "Environment",
        {"config": {"type": "cloud", "networking": {"type": "limited", "allowedHost": []}}},
        "config.networking.allowedHost",
        "`allowedHosts`",
    ),
    "a property of another variant": (
        "Environment",
        {"config": {"type": "cloud", "networking": {"type": "unrestricted", "allowMcpServers": True}}},
        "config.networking.allowMcpServers",
        "",
    ),
    "a variant": ("Environment", {"config": {"type": "clout"}}, "config", "`cloud`"),
    "a word of a closed set": ("Agent", {"model": {"id": "a", "speed": "quick"}}, "model.speed", "fast"),
}


@pytest.mark.parametrize("case", FITS, ids=lambda case: case.id)
def test_what_fits_together_is_accepted(case: Case) -> None:
    assert failures_of(KINDS[case.kind], {**REQUIRED[case.kind], **case.bag}) == {}


@pytest.mark.parametrize("case", CLASHES, ids=lambda case: case.id)
def test_what_does_not_fit_together_is_told_at_its_place(case: Case) -> None:
    told = failures_of(KINDS[case.kind], {**REQUIRED[case.kind], **case.bag})

    assert list(told) == list(case.told)
    for path, word in case.told.items():
        assert word in told[path]


@pytest.mark.parametrize("case", TYPOS)
def test_a_slip_of_the_pen_is_told_with_what_was_meant(case: str) -> None:
    kind, bag, path, meant = TYPOS[case]

    told = failures_of(KINDS[kind], bag)

    assert list(told) == [path]
    assert meant in told[path]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    bag = {
        "name": "",
        "model": {"id": [3]},
        "tools": [{"type": "mcp_toolset", "mcpServerName": "a"}, {"type": "unheard_of"}, CUSTOM, CUSTOM],
        "metadata": {"": "a", "b": 4.5},
        "unheardOf": True,
    }

    assert sorted(failures_of(KINDS["Agent"], bag)) == [
        "metadata.b",
        'metadata[""]',
        "model.id",
        "name",
        "tools[0].mcpServerName",
        "tools[1]",
        "tools[3].name",
        "unheardOf",
    ]

"""What a difference between two declarations means, one case for each rule."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from core.platform import repository

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import UNKNOWN, Bag, Path, render
from pulumi_managed_agents.resources.registry import KINDS

BASE: dict[str, Bag] = {
    "Agent": {"model": "claude-opus-5-5"},
    "Environment": {},
    "RepositoryResource": {"url": "https://github.com/org/app"},
    "Session": {"agent": "agent_1", "environmentId": "env_1"},
}
FILE = {"type": "file", "fileId": "file_1", "mountPath": "/data.csv"}
STORE = {"type": "memory_store", "memoryStoreId": "memstore_1"}
OTHER = repository(url="https://github.com/org/web", mountPath="/workspace/web")
TOOLSET = {"type": "agent_toolset_20260401"}
CUSTOM = {"type": "custom", "name": "ask", "description": "d", "inputSchema": {"type": "object", "maximum": 0}}
CLOUD = {"type": "cloud"}
LIMITED = {"type": "limited", "allowedHosts": ["a.com", "b.com"]}
BUDGET = {"type": "limit", "maxListCost": {"amount": "500", "currency": "USD"}}
COORDINATOR = {"type": "coordinator", "agents": ["agent_1", {"type": "self"}]}


def env(**config: Any) -> Bag:
    return {"config": {**CLOUD, **config}}


@dataclass(frozen=True)
class Case:
    """Two declarations and the difference: what is added, deleted and updated, `!` where that needs a new object."""

    id: str
    kind: str
    old: Bag
    new: Bag
    expected: list[str] = field(default_factory=list)


def case(id_: str, kind: str, old: Bag, new: Bag, *expected: str) -> Case:
    return Case(id_, kind, {**BASE[kind], **old}, {**BASE[kind], **new}, list(expected))


def words(case: Case) -> list[str]:
    found = plan.diff(KINDS[case.kind], case.old, case.new)
    return [f"{change.action} {render(change.path)}{'!' if change.replaces else ''}" for change in found]


ALIKE = [
    case("a model by id and as an object", "Agent", {}, {"model": {"id": "claude-opus-5-5"}}),
    case(
        "an effort as a word and as an object",
        "Agent",
        {"model": {"id": "a", "effort": "high"}},
        {"model": {"id": "a", "effort": {"type": "high"}}},
    ),
    case("tools in another order", "Agent", {"tools": [TOOLSET, CUSTOM]}, {"tools": [CUSTOM, TOOLSET]}),
    case(
        "domains in another order",
        "Agent",
        {"tools": [{**TOOLSET, "configs": [{"name": "web_search", "allowedDomains": ["a.com", "b.com"]}]}]},
        {"tools": [{**TOOLSET, "configs": [{"name": "web_search", "allowedDomains": ["b.com", "a.com"]}]}]},
    ),
    case(
        "a document with its keys in another order",
        "Agent",
        {"tools": [{**CUSTOM, "inputSchema": {"type": "object", "properties": {"a": 1, "b": {}}}}]},
        {"tools": [{**CUSTOM, "inputSchema": {"properties": {"b": {}, "a": 1}, "type": "object"}}]},
    ),
    case(
        "a document with a whole number written as a double",
        "Agent",
        {"tools": [{**CUSTOM, "inputSchema": {"type": "object", "maximum": 3}}]},
        {"tools": [{**CUSTOM, "inputSchema": {"type": "object", "maximum": 3.0}}]},
    ),
    case(
        "a member by id and as an object",
        "Agent",
        {"multiagent": COORDINATOR},
        {"multiagent": {**COORDINATOR, "agents": [{"type": "self"}, {"type": "agent", "id": "agent_1"}]}},
    ),
    case("the default environment left out and written down", "Environment", {}, env()),
    case(
        "defaults of a limited network",
        "Environment",
        env(networking=LIMITED),
        env(networking={**LIMITED, "allowMcpServers": False, "allowPackageManagers": False}),
    ),
    case(
        "hosts and packages in another order",
        "Environment",
        env(networking=LIMITED, packages={"apt": ["a", "b"]}),
        env(networking={**LIMITED, "allowedHosts": ["b.com", "a.com"]}, packages={"apt": ["b", "a"]}),
    ),
    case("an environment's scope, which is always the same", "Environment", {"scope": "organization"}, {}),
    case("the stamp of a creation", "Environment", {"creationId": "a"}, {"creationId": "b"}),
    case("an agent by id and as an object", "Session", {}, {"agent": {"type": "agent", "id": "agent_1"}}),
    case(
        "the service account left out and written down", "Agent", {}, {"executionIdentity": {"type": "service_account"}}
    ),
    case(
        "repositories in another order",
        "Session",
        {"resources": [repository(), OTHER]},
        {"resources": [OTHER, repository()]},
    ),
    case("no resources and an empty list of them", "Session", {"resources": []}, {}),
    case("an empty list of resources and none", "Session", {}, {"resources": []}),
    case("an empty list of vaults and none", "Session", {"vaultIds": []}, {}),
    case("no vaults and an empty list of them", "Session", {}, {"vaultIds": []}),
    case("no events and an empty list of them", "Session", {"initialEvents": []}, {}),
    case("how a session is removed, by default", "Session", {"onDelete": "archive"}, {}),
    case(
        "a memory store's default access",
        "Session",
        {"resources": [STORE]},
        {"resources": [{**STORE, "access": "read_write"}]},
    ),
]

UNLIKE = [
    case("a text", "Agent", {"system": "a"}, {"system": "b"}, "update system"),
    case("a text that is added", "Agent", {}, {"description": "a"}, "add description"),
    case("a text that is removed", "Agent", {"description": "a"}, {}, "delete description"),
    case("another model", "Agent", {}, {"model": {"id": "b", "speed": "fast"}}, "update model.id", "add model.speed"),
    case(
        "metadata key by key",
        "Agent",
        {"metadata": {"kept": "1", "changed": "1", "gone": "1"}},
        {"metadata": {"changed": "2", "kept": "1", "new": "1"}},
        "update metadata.changed",
        "delete metadata.gone",
        "add metadata.new",
    ),
    case(
        "one config of one toolset among tools in another order",
        "Agent",
        {"tools": [CUSTOM, {**TOOLSET, "configs": [{"name": "bash"}, {"name": "read", "enabled": True}]}]},
        {"tools": [{**TOOLSET, "configs": [{"name": "read", "enabled": False}, {"name": "bash"}]}, CUSTOM]},
        "update tools[0].configs[0].enabled",
    ),
    case("a tool that is added", "Agent", {"tools": [CUSTOM]}, {"tools": [TOOLSET, CUSTOM]}, "add tools[0]"),
    case("a tool that is removed", "Agent", {"tools": [TOOLSET, CUSTOM]}, {"tools": [CUSTOM]}, "delete tools[0]"),
    case(
        "a document in which 0 becomes false",
        "Agent",
        {"tools": [CUSTOM]},
        {"tools": [{**CUSTOM, "inputSchema": {"type": "object", "maximum": False}}]},
        "update tools[0].inputSchema",
    ),
    case(
        "the other variant",
        "Agent",
        {"multiagent": COORDINATOR},
        {"multiagent": {"type": "multiagent_20261001"}},
        "update multiagent.type",
    ),
    case(
        "an environment's type",
        "Environment",
        {},
        {"config": {"type": "self_hosted"}},
        "update config.type!",
    ),
    case(
        "a network's type",
        "Environment",
        env(networking=LIMITED),
        env(networking={"type": "unrestricted"}),
        "update config.networking.type",
    ),
    case(
        "a host",
        "Environment",
        env(networking=LIMITED),
        env(networking={**LIMITED, "allowedHosts": ["b.com", "c.com"]}),
        "add config.networking.allowedHosts[1]",
        "delete config.networking.allowedHosts[0]",
    ),
    case("a scope", "Environment", {}, {"scope": "account"}, "add scope"),
    case(
        "a token",
        "RepositoryResource",
        {"authorizationToken": "a"},
        {"authorizationToken": "b"},
        "update authorizationToken",
    ),
    case("a first token", "RepositoryResource", {}, {"authorizationToken": "a"}, "add authorizationToken"),
    case("no token any more", "RepositoryResource", {"authorizationToken": "a"}, {}, "delete authorizationToken!"),
    case("a checkout", "RepositoryResource", {}, {"checkout": {"type": "branch", "name": "a"}}, "add checkout!"),
    case(
        "a branch",
        "RepositoryResource",
        {"checkout": {"type": "branch", "name": "a"}},
        {"checkout": {"type": "branch", "name": "b"}},
        "update checkout.name!",
    ),
    case("another agent", "Session", {}, {"agent": "agent_2"}, "update agent.id!"),
    case(
        "a pinned version",
        "Session",
        {},
        {"agent": {"type": "agent", "id": "agent_1", "version": 2}},
        "add agent.version!",
    ),
    case(
        "tools of an agent that is overridden for the first time",
        "Session",
        {"agent": {"type": "agent", "id": "agent_1"}},
        {"agent": {"type": "agent_with_overrides", "id": "agent_1", "tools": [TOOLSET]}},
        "update agent.type",
        "add agent.tools",
    ),
    case(
        "an overridden tool",
        "Session",
        {"agent": {"id": "agent_1", "tools": [TOOLSET]}},
        {"agent": {"id": "agent_1", "tools": []}},
        "delete agent.tools[0]",
    ),
    case(
        "tools that are not overridden any more",
        "Session",
        {"agent": {"id": "agent_1", "tools": [TOOLSET]}},
        {"agent": {"id": "agent_1"}},
        "delete agent.tools!",
    ),
    case(
        "an overridden prompt",
        "Session",
        {"agent": {"id": "agent_1", "system": "a"}},
        {"agent": {"id": "agent_1", "system": ""}},
        "update agent.system!",
    ),
    case(
        "another token of one repository among several in another order",
        "Session",
        {"resources": [repository(authorizationToken="a"), OTHER]},
        {"resources": [OTHER, repository(authorizationToken="b")]},
        "update resources[1].authorizationToken",
    ),
    case("a repository more", "Session", {"resources": [FILE]}, {"resources": [FILE, OTHER]}, "add resources[1]!"),
    case("a repository less", "Session", {"resources": [OTHER, FILE]}, {"resources": [FILE]}, "delete resources[0]!"),
    case("a first repository", "Session", {}, {"resources": [OTHER]}, "add resources[0]!"),
    case("no repository any more", "Session", {"resources": [OTHER]}, {}, "delete resources[0]!"),
    case("a first file", "Session", {}, {"resources": [FILE]}, "add resources[0]"),
    case("no file any more", "Session", {"resources": [FILE]}, {}, "delete resources[0]"),
    case("a memory store more", "Session", {"resources": []}, {"resources": [STORE]}, "add resources[0]!"),
    case(
        "a repository at another path",
        "Session",
        {"resources": [repository()]},
        {"resources": [repository(mountPath="/workspace/b")]},
        "add resources[0]!",
        "delete resources[0]!",
    ),
    case(
        "another file at the same path",
        "Session",
        {"resources": [FILE]},
        {"resources": [{**FILE, "fileId": "file_2"}]},
        "add resources[0]",
        "delete resources[0]",
    ),
    case(
        "a memory store's access",
        "Session",
        {"resources": [STORE]},
        {"resources": [{**STORE, "access": "read_only"}]},
        "add resources[0].access!",
    ),
    case("a budget that is added later", "Session", {}, {"budget": BUDGET}, "add budget!"),
    case("a budget that is removed", "Session", {"budget": BUDGET}, {}, "delete budget"),
    case(
        "a budget that is raised",
        "Session",
        {"budget": BUDGET},
        {"budget": {"type": "limit", "maxListCost": {"amount": "900", "currency": "USD"}}},
        "update budget.maxListCost.amount",
    ),
    case("a vault", "Session", {"vaultIds": ["vlt_1"]}, {"vaultIds": ["vlt_2"]}, "update vaultIds[0]!"),
    case(
        "vaults in another order",
        "Session",
        {"vaultIds": ["vlt_1", "vlt_2"]},
        {"vaultIds": ["vlt_2", "vlt_1"]},
        "update vaultIds[0]!",
        "update vaultIds[1]!",
    ),
    case(
        "what a session starts with",
        "Session",
        {},
        {"initialEvents": [{"type": "user.message"}]},
        "add initialEvents[0]!",
    ),
    case("how a session is removed", "Session", {}, {"onDelete": "delete"}, "add onDelete"),
]

NOT_KNOWN_YET = [
    case("a text", "Agent", {"system": "a"}, {"system": UNKNOWN}, "update system"),
    case("a whole object", "Environment", env(), {"config": UNKNOWN}, "update config"),
    case("a property of an object", "Agent", {"model": {"id": "a"}}, {"model": {"id": UNKNOWN}}, "update model.id"),
    case("an agent's id", "Session", {}, {"agent": UNKNOWN}, "update agent!"),
    case("an environment's id", "Session", {}, {"environmentId": UNKNOWN}, "update environmentId!"),
    case("a value of a map", "Agent", {"metadata": {"a": "1"}}, {"metadata": {"a": UNKNOWN}}, "update metadata.a"),
    case(
        "the tag of a variant",
        "Environment",
        env(networking=LIMITED),
        env(networking={"type": UNKNOWN}),
        "update config.networking.type",
    ),
    case(
        "inside a document",
        "Agent",
        {"tools": [CUSTOM]},
        {"tools": [{**CUSTOM, "inputSchema": {"type": "object", "maximum": [UNKNOWN]}}]},
        "update tools[0].inputSchema",
    ),
    case(
        "an item of a set of texts",
        "Environment",
        env(packages={"apt": ["a"]}),
        env(packages={"apt": [UNKNOWN]}),
        "update config.packages.apt[0]",
    ),
    case("an item of a set of objects", "Agent", {"tools": [CUSTOM]}, {"tools": [CUSTOM, UNKNOWN]}, "add tools[1]"),
    case(
        "the key of an item",
        "Agent",
        {"mcpServers": [{"type": "url", "name": "a", "url": "u"}]},
        {"mcpServers": [{"type": "url", "name": UNKNOWN, "url": "u"}]},
        "update mcpServers[0].name",
    ),
    case(
        "a token on a session",
        "Session",
        {"resources": [repository(authorizationToken="a")]},
        {"resources": [repository(authorizationToken=UNKNOWN)]},
        "update resources[0].authorizationToken",
    ),
    case(
        "a mounted entry, which may be another repository",
        "Session",
        {"resources": [repository()]},
        {"resources": [UNKNOWN]},
        "update resources[0]!",
    ),
    case(
        "a further entry, which may be a repository",
        "Session",
        {"resources": [FILE]},
        {"resources": [FILE, UNKNOWN]},
        "add resources[1]!",
    ),
    case(
        "all that is mounted, which may hold another repository",
        "Session",
        {"resources": [FILE]},
        {"resources": UNKNOWN},
        "update resources!",
    ),
    case(
        "a new file's id",
        "Session",
        {"resources": [FILE]},
        {"resources": [{**FILE, "fileId": UNKNOWN}]},
        "update resources[0].fileId",
    ),
]


@pytest.mark.parametrize("case", ALIKE, ids=lambda case: case.id)
def test_what_means_the_same_is_no_change(case: Case) -> None:
    assert words(case) == []
    assert words(Case("", case.kind, case.new, case.old)) == []


@pytest.mark.parametrize("case", UNLIKE, ids=lambda case: case.id)
def test_a_change_is_named_where_it_is(case: Case) -> None:
    assert words(case) == case.expected


@pytest.mark.parametrize("case", NOT_KNOWN_YET, ids=lambda case: case.id)
def test_what_is_not_known_yet_is_announced_as_a_change(case: Case) -> None:
    assert words(case) == case.expected


def test_a_change_knows_both_values_and_its_property() -> None:
    (change,) = plan.diff(KINDS["Agent"], {"metadata": {"a": "1"}}, {"metadata": {"a": "2"}})

    path: Path = ("metadata", "a")
    assert (change.path, change.name, change.old, change.new) == (path, "metadata", "1", "2")


@pytest.mark.parametrize(
    ("kind", "old", "wire", "replaces"),
    [
        ("Agent", {"model": "m", "name": "a"}, "description", False),
        ("Session", {"agent": "agent_1", "environmentId": "env_1"}, "title", False),
        ("RepositoryResource", {"url": "https://github.com/org/app", "mountPath": "/workspace/app"}, "sessionId", True),
    ],
)
def test_what_is_added_and_not_known_yet_is_a_change(kind: str, old: Bag, wire: str, replaces: bool) -> None:
    (change,) = plan.diff(KINDS[kind], old, {**old, wire: UNKNOWN})

    assert (change.name, change.action, change.replaces) == (wire, "add", replaces)

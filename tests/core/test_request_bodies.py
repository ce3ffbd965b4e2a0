"""What is sent to the platform: the whole object once, afterwards only what changed."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from core.bags import checked
from core.platform import SERVER, USES_SERVER, repository

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.declaration.values import Bag, bare
from pulumi_managed_agents.lifecycle import bodies as request
from pulumi_managed_agents.lifecycle.kind import Kind
from pulumi_managed_agents.resources.registry import KINDS

TOOLSET = {"type": "agent_toolset_20260401"}
NO_PACKAGES = {"apt": [], "cargo": [], "gem": [], "go": [], "npm": [], "pip": []}
COORDINATOR = {"type": "coordinator", "agents": ["agent_1"]}
FORM = "multiagent_20261001"
REQUIRED: dict[str, Bag] = {
    "Agent": {"model": "claude-opus-5-5"},
    "Environment": {},
    "Session": {"agent": "agent_1", "environmentId": "env_1"},
}


@dataclass(frozen=True)
class Case:
    """Two declarations, and the body of the update that leads from one to the other."""

    id: str
    kind: str
    old: Bag
    new: Bag
    body: Bag = field(default_factory=dict)


def agent(id_: str, old: Bag, new: Bag, body: Bag) -> Case:
    return Case(id_, "Agent", old, new, body)


def config(id_: str, old: Bag | None, new: Bag | None, body: Bag) -> Case:
    bags = [{} if value is None else {"config": {"type": "cloud", **value}} for value in (old, new)]
    return Case(id_, "Environment", *bags, {"config": {"type": "cloud", **body}})


def team(id_: str, old: Bag, new: Bag, body: Bag) -> Case:
    bags = [{"multiagent": {"type": FORM, **value}} for value in (old, new)]
    return Case(id_, "Agent", *bags, {"multiagent": {"type": FORM, **body}})


LIMITED = {"type": "limited", "allowedHosts": ["a.com"], "allowMcpServers": True}

CASES = [
    agent("one text", {"system": "a", "description": "d"}, {"system": "b", "description": "d"}, {"system": "b"}),
    agent("a text that is cleared", {"system": "a", "description": "d"}, {}, {"system": None, "description": None}),
    agent(
        "lists that are cleared",
        {"tools": [USES_SERVER], "mcpServers": [SERVER], "skills": [{"type": "custom", "skillId": "a"}]},
        {},
        {"tools": [], "mcp_servers": [], "skills": []},
    ),
    agent("a list that is emptied", {"tools": [TOOLSET]}, {"tools": []}, {"tools": []}),
    agent(
        "an identity that is taken back",
        {"executionIdentity": {"type": "aws_role", "roleArn": "arn:1"}},
        {},
        {"execution_identity": {"type": "service_account"}},
    ),
    agent("a roster that is taken back", {"multiagent": COORDINATOR}, {}, {"multiagent": None}),
    agent(
        "a model, which is replaced as a whole",
        {"model": {"id": "a", "effort": "low", "inferenceGeo": "us"}},
        {"model": {"id": "a", "effort": "low", "speed": "fast"}},
        {"model": {"id": "a", "effort": "low", "speed": "fast"}},
    ),
    agent(
        "a list of tools, which is replaced as a whole",
        {"tools": [TOOLSET]},
        {"tools": [{**TOOLSET, "configs": [{"name": "bash", "enabled": False}]}]},
        {"tools": [{**TOOLSET, "configs": [{"name": "bash", "enabled": False}]}]},
    ),
    agent(
        "metadata, key by key",
        {"metadata": {"kept": "1", "changed": "1", "gone": "1"}},
        {"metadata": {"kept": "1", "changed": "2", "new": ""}},
        {"metadata": {"changed": "2", "gone": None, "new": ""}},
    ),
    agent("metadata that is taken back", {"metadata": {"a": "1"}}, {}, {"metadata": {"a": None}}),
    agent(
        "a roster of members, which is replaced as a whole",
        {"multiagent": COORDINATOR},
        {"multiagent": {**COORDINATOR, "agents": ["agent_2", {"type": "self"}]}},
        {"multiagent": {**COORDINATOR, "agents": ["agent_2", {"type": "self"}]}},
    ),
    agent(
        "another form of roster, which keeps nothing",
        {"multiagent": COORDINATOR},
        {"multiagent": {"type": FORM, "advisor": {"type": "disabled"}}},
        {"multiagent": {"type": FORM, "advisor": {"type": "disabled"}}},
    ),
    team(
        "a part of a roster that is taken back",
        {"subagents": {"predefinedAgents": ["agent_1"]}, "advisor": {"type": "disabled"}},
        {"advisor": {"type": "disabled"}},
        {"advisor": {"type": "disabled"}, "subagents": None},
    ),
    team(
        "agents that are taken out of a team",
        {"subagents": {"inlineAgents": {"type": "enabled"}, "predefinedAgents": ["agent_1"]}},
        {"subagents": {}},
        {"subagents": {"type": "enabled", "inline_agents": None, "predefined_agents": []}},
    ),
    team(
        "a team that is switched off, which keeps nothing of what it was",
        {"workflows": {"inlineAgents": {"type": "disabled"}, "predefinedAgents": ["agent_1"]}},
        {"workflows": {"type": "disabled"}},
        {"workflows": {"type": "disabled"}},
    ),
    team(
        "an adviser who is switched off, which keeps nothing of what it was",
        {"advisor": {"type": "enabled", "model": "claude-opus-5"}},
        {"advisor": {"type": "disabled"}},
        {"advisor": {"type": "disabled"}},
    ),
    team(
        "a first team",
        {},
        {"subagents": {"predefinedAgents": ["agent_1", {"id": "agent_2", "version": 3}]}},
        {
            "subagents": {
                "type": "enabled",
                "predefined_agents": ["agent_1", {"type": "agent", "id": "agent_2", "version": 3}],
            }
        },
    ),
    Case("an environment's text that is cleared", "Environment", {"description": "a"}, {}, {"description": None}),
    config("a first package", {}, {"packages": {"apt": ["a"]}}, {"packages": {"apt": ["a"]}}),
    config(
        "packages of one manager that are taken back",
        {"packages": {"apt": ["a"], "pip": ["b"]}},
        {"packages": {"pip": ["b"]}},
        {"packages": {"apt": [], "pip": ["b"]}},
    ),
    config("all packages that are taken back", {"packages": {"apt": ["a"]}}, {}, {"packages": NO_PACKAGES}),
    config(
        "a whole config that is taken back",
        {"packages": {"apt": ["a"]}, "networking": {"type": "limited", "allowPackageManagers": True}},
        None,
        {"packages": NO_PACKAGES, "networking": {"type": "unrestricted"}},
    ),
    config("a network that is taken back", {"networking": LIMITED}, {}, {"networking": {"type": "unrestricted"}}),
    config(
        "a network that is opened, which has no switches",
        {"networking": LIMITED},
        {"networking": {"type": "unrestricted"}},
        {"networking": {"type": "unrestricted"}},
    ),
    config(
        "a network that is closed",
        {"networking": {"type": "unrestricted"}},
        {"networking": {"type": "limited"}},
        {"networking": {"type": "limited"}},
    ),
    config(
        "hosts and switches that are taken back",
        {"networking": {**LIMITED, "allowPackageManagers": True}},
        {"networking": {"type": "limited", "allowPackageManagers": True}},
        {
            "networking": {
                "type": "limited",
                "allowed_hosts": [],
                "allow_mcp_servers": False,
                "allow_package_managers": True,
            }
        },
    ),
    Case("a session's title that is cleared", "Session", {"title": "a"}, {}, {"title": None}),
    Case(
        "a budget that is taken back",
        "Session",
        {"budget": {"type": "limit", "maxListCost": {"amount": "5", "currency": "USD"}}},
        {},
        {"budget": None},
    ),
    Case("what steers only us", "Session", {"onDelete": "delete"}, {"waitForReady": True}, {}),
]


def patch(kind: Kind, old: Bag, new: Bag) -> Bag:
    return request.patch(shape_of(kind.inputs), plan.diff(kind, old, new), old, new)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_an_update_sends_just_what_leads_to_the_wanted_object(case: Case) -> None:
    kind, required = KINDS[case.kind], REQUIRED[case.kind]

    body = patch(kind, checked(kind, {**required, **case.old}), checked(kind, {**required, **case.new}))

    assert body == case.body


def test_a_create_sends_the_whole_declaration_by_the_platforms_names() -> None:
    bag: dict[str, Any] = {
        "agent": {"id": "agent_1", "mcpServers": [SERVER], "tools": [USES_SERVER]},
        "environmentId": "env_1",
        "resources": [repository(authorizationToken="token-of-last-week")],
        "onDelete": "delete",
    }

    body = request.creation(shape_of(KINDS["Session"].inputs), checked(KINDS["Session"], bag))

    assert bare(body) == {
        "agent": {
            "type": "agent_with_overrides",
            "id": "agent_1",
            "mcp_servers": [SERVER],
            "tools": [{"type": "mcp_toolset", "mcp_server_name": "github"}],
        },
        "environment_id": "env_1",
        "resources": [
            {
                "type": "github_repository",
                "url": "https://github.com/org/app",
                "mount_path": "/workspace/app",
                "authorization_token": "token-of-last-week",
            }
        ],
    }


def test_the_users_own_lists_and_maps_are_not_touched() -> None:
    kind = KINDS["Agent"]
    old = checked(kind, {"model": "a", "metadata": {"a": "1"}, "tools": [TOOLSET]})
    new = checked(kind, {"model": "b", "metadata": {"b": "1"}})
    before = repr((old, new))

    patch(kind, old, new)

    assert repr((old, new)) == before

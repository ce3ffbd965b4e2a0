"""A value under its three names: the program's, Pulumi's and the platform's."""

from typing import Any

import pytest
from core.platform import repository

from pulumi_managed_agents.declaration.names import expanded, from_api, rebuilt, to_api, to_python, wire_name
from pulumi_managed_agents.declaration.shape import Shape, shape_of
from pulumi_managed_agents.declaration.values import JSON, UNKNOWN, Secret
from pulumi_managed_agents.resources.registry import KINDS

AGENT, ENVIRONMENT, SESSION = (KINDS[name] for name in ("Agent", "Environment", "Session"))
SCHEMA = {"type": "object", "properties": {"mcpServers": {"mountPath": ["camelCase", {"snake_case": None}]}}}


def to_wire(shape: Shape, value: JSON) -> JSON:
    """What the front ends make of a program's value."""
    return rebuilt(shape, value, to_wire, wire_name)


def test_a_users_map_and_documents_keep_their_names_on_every_way() -> None:
    shape = shape_of(AGENT.inputs)
    own = {
        "metadata": {"mcpServers": "a", "mcp_servers": "b", "type": "c"},
        "tools": [{"type": "custom", "name": "t", "description": "d", "inputSchema": SCHEMA}],
    }

    in_python, on_api = to_python(shape, own), to_api(shape, own)

    assert in_python == on_api
    assert in_python["metadata"] == own["metadata"]
    assert in_python["tools"][0]["input_schema"] == SCHEMA
    assert from_api(shape, on_api) == own


def test_a_program_may_use_either_name() -> None:
    bag = {"mcp_servers": [{"name": "a"}], "executionIdentity": {"type": "aws_role", "role_arn": "b"}}

    assert to_wire(shape_of(AGENT.inputs), bag) == {
        "mcpServers": [{"name": "a"}],
        "executionIdentity": {"type": "aws_role", "roleArn": "b"},
    }


def test_the_platform_gets_secrets_wrapped_and_nothing_that_steers_only_us() -> None:
    inputs = {
        "agent": "agent_1",
        "resources": [repository(authorizationToken="token-of-last-week")],
        "onDelete": "delete",
        "waitForReady": True,
        "creationId": "0123",
    }

    assert to_api(shape_of(SESSION.inputs), inputs) == {
        "agent": "agent_1",
        "resources": [
            {
                "type": "github_repository",
                "url": "https://github.com/org/app",
                "mount_path": "/workspace/app",
                "authorization_token": Secret("token-of-last-week"),
            }
        ],
    }


def test_a_secret_that_is_not_known_yet_stays_unknown() -> None:
    entry = repository(authorizationToken=UNKNOWN)

    sent = to_api(shape_of(SESSION.inputs), {"resources": [entry]})

    assert sent["resources"][0]["authorization_token"] is UNKNOWN


def test_of_an_answer_only_declared_properties_that_are_there_are_taken() -> None:
    answer = {
        "name": "sandbox",
        "description": None,
        "config": {"type": "cloud", "networking": None, "packages": {"apt": [], "fresh_manager": ["a"]}, "region": "x"},
        "fresh_property": {"a": 1},
    }

    assert from_api(shape_of(ENVIRONMENT.inputs), answer) == {
        "name": "sandbox",
        "config": {"type": "cloud", "packages": {"apt": []}},
    }


@pytest.mark.parametrize("answer", [None, "text", 4, [], [1], True], ids=repr)
@pytest.mark.parametrize("name", ["metadata", "tools", "model", "multiagent", "execution_identity"])
def test_an_answer_of_another_type_passes_through(name: str, answer: Any) -> None:
    found = from_api(shape_of(AGENT.inputs), {name: answer})

    assert list(found.values()) == ([] if answer is None else [answer])


def test_every_shorthand_is_written_out_at_any_depth() -> None:
    bag = {
        "model": "claude-opus-5-5",
        "multiagent": {"type": "coordinator", "agents": ["agent_1", {"type": "self"}]},
    }

    assert expanded(shape_of(AGENT.inputs), bag) == {
        "model": {"id": "claude-opus-5-5"},
        "multiagent": {"type": "coordinator", "agents": [{"type": "agent", "id": "agent_1"}, {"type": "self"}]},
    }


def test_writing_shorthands_out_leaves_unknowns_and_what_is_written_out_already() -> None:
    bag = {"model": {"id": "a", "effort": "high"}, "multiagent": {"type": "coordinator", "agents": [UNKNOWN]}}

    once = expanded(shape_of(AGENT.inputs), bag)

    assert once["model"] == {"id": "a", "effort": {"type": "high"}}
    assert once["multiagent"]["agents"] == [UNKNOWN]
    assert expanded(shape_of(AGENT.inputs), once) == once

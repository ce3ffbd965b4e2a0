"""What a program no longer says is cleared on the platform, whichever part of which kind it is.

One stack, made once: each test looks at its own part of what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import agent, environment, ref, row
from engine.deployment_fields import budget, cron, message, repo
from engine.yaml_stack import YamlStack

if TYPE_CHECKING:
    from collections.abc import Callable

SERVER = {"type": "url", "name": "github", "url": "https://mcp.example.com/"}
TOOLSET = {"type": "agent_toolset_20260401"}
LOUD = "claude-opus-4-8"
QUIET = "claude-sonnet-4-6"

Found = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The platform's objects by resource name, after everything that can be left out was left out."""
    stack = YamlStack(tmp_path_factory.mktemp("cleared"))
    stack.write({"skill/SKILL.md": "---\nname: reviewing\ndescription: What it does.\n---\nLook.\n"})
    around = [agent("helper"), environment(), row("Vault")("vault"), row("Skill")("skill", path="skill")]
    deployed = {"agent": ref("helper.id"), "environment_id": ref("sandbox.id"), "initial_events": [message("Look.")]}
    with_all: list[tuple[Callable[..., Any], str, dict[str, Any], dict[str, Any]]] = [
        (agent, "tools", {"tools": [TOOLSET]}, {}),
        (
            agent,
            "servers",
            {"tools": [TOOLSET, {"type": "mcp_toolset", "mcp_server_name": "github"}], "mcp_servers": [SERVER]},
            {"tools": [TOOLSET]},
        ),
        (
            agent,
            "skills",
            {"tools": [TOOLSET], "skills": [{"type": "custom", "skill_id": ref("skill.id")}]},
            {"tools": [TOOLSET]},
        ),
        (agent, "roster", {"multiagent": {"type": "coordinator", "agents": [ref("helper.id")]}}, {}),
        (agent, "labels", {"metadata": {"team": "a", "old": "1"}}, {"metadata": {"team": "a"}}),
        (agent, "model", {"model": {"id": LOUD, "effort": "max"}}, {"model": QUIET}),
        (row("Deployment"), "schedule", {**deployed, **cron()}, deployed),
        (row("Deployment"), "budget", {**deployed, **budget("100")}, deployed),
        (row("Deployment"), "vaults", {**deployed, "vault_ids": [ref("vault.id")]}, deployed),
        (row("Deployment"), "mounts", {**deployed, "resources": [repo("app")]}, deployed),
    ]
    stack.declare(*around, *(declare(name, **before) for declare, name, before, _ in with_all))
    stack.up()
    stack.declare(*around, *(declare(name, **after) for declare, name, _, after in with_all))
    assert stack.up().operations == {name: ["update"] for _, name, _, _ in with_all}
    stack.quiet()
    ids = {found["id"]: name for name, found in stack.state().items()}
    objects = [item for kind in ("agents", "deployments") for item in stack.objects(kind)]
    return {ids[item["id"]]: item for item in objects if item["id"] in ids}


def test_removed_tools_are_cleared(left: Found) -> None:
    assert left["tools"]["tools"] == []


def test_removed_servers_are_cleared(left: Found) -> None:
    assert left["servers"]["mcp_servers"] == []


def test_removed_skills_are_cleared(left: Found) -> None:
    assert left["skills"]["skills"] == []


def test_a_removed_roster_is_cleared(left: Found) -> None:
    assert left["roster"]["multiagent"] is None


def test_a_removed_metadata_key_reaches_the_server(left: Found) -> None:
    assert {key for key in left["labels"]["metadata"] if not key.startswith("pulumi_")} == {"team"}


def test_a_changed_model_does_not_drag_the_old_effort_along(left: Found) -> None:
    assert (left["model"]["model"]["id"], left["model"]["model"]["effort"]) == (QUIET, {"type": "high"})


def test_a_removed_schedule_is_cleared(left: Found) -> None:
    assert left["schedule"]["schedule"] is None


def test_a_removed_budget_is_cleared(left: Found) -> None:
    assert left["budget"].get("budget") is None


def test_removed_vault_ids_are_cleared(left: Found) -> None:
    assert left["vaults"]["vault_ids"] == []


def test_removed_repositories_of_a_deployment_are_cleared(left: Found) -> None:
    assert left["mounts"]["resources"] == []

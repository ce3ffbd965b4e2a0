"""What people get wrong in their first weeks: each message says what is wrong, where, and what to do.

What only the engine shows stands in `tests/engine/test_what_the_engine_says_of_mistakes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from plugin.client import Client
from plugin.front_ends import classes, close
from pulumi.dynamic import ResourceProvider

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag

URL = "https://github.com/org/app"
AGENT: Bag = {"model": "claude-sonnet-4-6"}
SESSION: Bag = {"agent": "agent_1", "environmentId": "env_1"}
TASK = [{"type": "user.message", "content": [{"type": "text", "text": "Review."}]}]
HTTPS = "write it as `https://github.com/OWNER/REPOSITORY`"


def mount(**words: str) -> Bag:
    return {"type": "github_repository", "url": URL, **words}


def scheduled(expression: str) -> Bag:
    return {**SESSION, "initialEvents": TASK, "schedule": {"type": "cron", "expression": expression, "timezone": "UTC"}}


@dataclass(frozen=True)
class Mistake:
    """A declaration, and the three things that its message has to say."""

    kind: str
    declared: Bag
    where: str
    what: str
    to_do: str
    settings: dict[str, str] = field(default_factory=dict)


PREVIEWED = {
    "a typo in a property": Mistake(
        "Agent", {**AGENT, "sytem": "x"}, "sytem", "is not a property here", "did you mean `system`?"
    ),
    "a wrong type": Mistake("Agent", {**AGENT, "tools": "bash"}, "tools", "must be", "a list"),
    "a missing required one": Mistake("Agent", {}, "model", "is", "required"),
    "a key in a token's place": Mistake(
        "RepositoryResource",
        {"url": URL, "authorizationToken": "sk-" + "ant-" + "x" * 40},
        "authorizationToken",
        "is a key of Claude, which opens no repository",
        "give a token of GitHub",
    ),
    "an id of another kind": Mistake(
        "Session",
        {**SESSION, "agent": "env_" + "x" * 24},
        "agent",
        "is the id of an Environment",
        "an Agent is meant",
    ),
    "an ssh address": Mistake(
        "RepositoryResource", {"url": "git@github.com:org/app.git"}, "url", "is an SSH address", HTTPS
    ),
    "a GHES address": Mistake(
        "RepositoryResource",
        {"url": "https://git.example.com/org/app"},
        "url",
        "is no repository on github.com, and Claude Managed Agents clones from nowhere else",
        "Qoder Cloud Agents takes other hosts",
    ),
    "two mounts at one path": Mistake(
        "Session",
        {**SESSION, "resources": [mount(), mount(url="https://github.com/org/lib", mountPath="/workspace/app")]},
        "resources[1].mountPath",
        "is the mount path of resources[0] too (`/workspace/app`)",
        "give one of them another `mountPath`",
    ),
    "a bad cron": Mistake(
        "Deployment", scheduled("61 * * * *"), "schedule.expression", "has a minute that is not", "between 0 and 59"
    ),
    "a prompt too long": Mistake(
        "Agent", {**AGENT, "system": "x" * 100_001}, "system", "has 100001 characters", "at most 100000 are accepted"
    ),
    "an MCP toolset without its server": Mistake(
        "Agent",
        {**AGENT, "tools": [{"type": "mcp_toolset", "mcpServerName": "github"}]},
        "tools[0].mcpServerName",
        "names no server of `mcpServers`",
        "declare it there",
    ),
    "a property that Qoder lacks": Mistake(
        "Session",
        {**SESSION, "budget": {"type": "limit", "maxListCost": {"amount": "1", "currency": "USD"}}},
        "budget.maxListCost",
        "does not exist on Qoder Cloud Agents (it is Claude Managed Agents's)",
        "state `maxCreditCost`, since credits are billed there",
        {"platform": "qoder"},
    ),
    "rights that nobody asks for": Mistake(
        "RepositoryResource",
        {"url": URL, "needs": ["push"]},
        "needs",
        "is looked at with `verifyAccess` only",
        "set `verifyAccess` to true",
    ),
}
"""What the preview says."""


@pytest.mark.parametrize("mistake", PREVIEWED.values(), ids=list(PREVIEWED))
def test_the_plugin_s_preview_says_where_what_and_what_to_do(mistake: Mistake, tmp_path: Path) -> None:
    with Client() as plugin:
        plugin.configure(emulator=str(tmp_path / "world.emulator"), **mistake.settings)
        plugin.check(mistake.kind, mistake.declared)

    assert mistake.where in plugin.failures
    said = plugin.failures[mistake.where]
    assert mistake.what in said
    assert mistake.to_do in said


@pytest.mark.parametrize("mistake", PREVIEWED.values(), ids=list(PREVIEWED))
def test_the_preview_of_the_classes_says_where_what_and_what_to_do(mistake: Mistake, tmp_path: Path) -> None:
    settings = {"emulator": str(tmp_path / "world.emulator"), **mistake.settings}
    provider: ResourceProvider = classes(mistake.kind, **settings)
    said = [failure.reason for failure in provider.check({}, dict(mistake.declared)).failures]
    close(settings)

    wanted = [in_python(words) for words in (mistake.where, mistake.what, mistake.to_do)]
    assert any(f"`{wanted[0]}` " in reason and wanted[1] in reason and wanted[2] in reason for reason in said), said


def in_python(words: str) -> str:
    """The words with properties as Python users write them."""
    for wire, python in (
        ("authorizationToken", "authorization_token"),
        ("maxListCost", "max_list_cost"),
        ("maxCreditCost", "max_credit_cost"),
        ("mcpServerName", "mcp_server_name"),
        ("mcpServers", "mcp_servers"),
        ("mountPath", "mount_path"),
        ("verifyAccess", "verify_access"),
    ):
        words = words.replace(wire, python)
    return words


ANSWERED = {
    "a model that does not exist": (
        "Agent",
        {"model": "claude-sonet-4-6"},
        ("`model` is none that the platform lists", "did you mean `claude-sonnet-4-6`?"),
    ),
    "an unknown environment": (
        "Session",
        {"environmentId": "env_gone"},
        ("environment_id: 'env_gone' was not found", "Check the id: what it names was removed, or belongs to another"),
    ),
}
"""What the platform says, and what is said beside."""


@pytest.mark.parametrize(("kind", "declared", "words"), ANSWERED.values(), ids=list(ANSWERED))
def test_a_refusal_of_the_platform_says_what_to_do(
    plugin: Client, kind: str, declared: Bag, words: tuple[str, ...]
) -> None:
    if kind == "Session":
        declared = {**declared, "agent": plugin.create("Agent", plugin.check("Agent", AGENT))[0]}

    with pytest.raises(grpc.RpcError) as refused:
        plugin.create(kind, plugin.check(kind, declared))

    assert [word for word in words if word not in said_in(refused)] == []


def test_a_key_that_is_refused_is_named_by_where_it_comes_from(world: Emulator, tmp_path: Path) -> None:
    world.control.faults([{"operation": "agents.create", "status": 401, "error_type": "authentication_error"}])

    with Client() as plugin:
        refused = refusal(plugin, {"emulator": str(tmp_path / "world.emulator"), "apiKey": "made-up-key"})

    assert "POST /v1/agents: 401 authentication_error" in refused
    assert "Check `managed-agents:apiKey`" in refused
    assert "made-up-key" not in refused


SETTINGS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "no key": (
        {},
        ("No API key", "`pulumi config set --secret managed-agents:apiKey`", "or in the environment variable"),
    ),
    "an unwritable path of the emulator": (
        {"emulator": "/proc/nowhere/world.emulator"},
        ("managed-agents:emulator", "there is no folder '/proc/nowhere' for the emulator's file"),
    ),
}


@pytest.mark.parametrize(("settings", "words"), SETTINGS.values(), ids=list(SETTINGS))
def test_a_setting_that_is_wrong_or_missing_says_which_and_what_to_do(
    settings: dict[str, str], words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    with Client() as plugin:
        refused = refusal(plugin, settings)

    assert [word for word in words if word not in refused] == []


def refusal(plugin: Client, settings: dict[str, str]) -> str:
    """What is said where an agent cannot be made under some settings."""
    try:
        plugin.configure(**settings)
        plugin.create("Agent", plugin.check("Agent", AGENT))
    except grpc.RpcError as error:
        return str(error.details())
    return ""


def said_in(refused: Any) -> str:
    """What the engine shows of a call that failed."""
    return str(refused.value.details())


def test_an_environment_in_use_is_archived_so_that_its_sessions_go_on(plugin: Client, world: Emulator) -> None:
    environment, kept = plugin.create("Environment", plugin.check("Environment", {"config": {"type": "cloud"}}))
    agent, _ = plugin.create("Agent", plugin.check("Agent", AGENT))
    plugin.create("Session", plugin.check("Session", {"agent": agent, "environmentId": environment}))

    plugin.delete("Environment", environment, kept)

    (left,) = world.control.objects("environments")
    assert left["archived_at"] is not None

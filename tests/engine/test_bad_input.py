"""What is wrong with a declaration: all of it at once, each at its place, in a sentence, and never the value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import MODEL, URL, agent, environment, ref, repository, session

if TYPE_CHECKING:
    from engine.stack import Stack

PASSWORD = "password-in-an-address"
TOOLSET = {"type": "agent_toolset_20260401"}
LONG = "x" * 501


def repo(**args: Any) -> dict[str, Any]:
    return {"type": "github_repository", "url": URL, **args}


CASES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "Agent": (
        agent(
            "wrong",
            model={"id": MODEL, "effrot": "high", "speed": "slow"},
            description="x" * 2049,
            system=5,
            tools=[
                {**TOOLSET, "defaultConfg": {}},
                {"type": "hammer"},
                {"type": "mcp_toolset", "mcp_server_name": "no"},
            ],
            mcp_servers="https://tracker.example.com/mcp",
            multiagent={"type": "coordinator", "agents": [{"type": "advisor", "model": {"id": MODEL}}]},
            metadata={f"key{number}": "x" for number in range(17)},
        ),
        {
            "model.effrot": "is not a property here: did you mean `effort`?",
            "model.speed": "must be one of `standard` or `fast`",
            "description": "has 2049 characters: at most 2048 are accepted",
            "system": "must be a string",
            "tools[0].defaultConfg": "is not a property here: did you mean `defaultConfig`?",
            "tools[1]": "has an unknown `type`: expected one of `agent_toolset_20260401`, `mcp_toolset`, `custom`",
            "tools[2].mcpServerName": "names no server of `mcpServers`",
            "mcpServers": "must be a list",
            "multiagent.agents[0].model": "must be a string",
            "metadata": "has 17 entries: at most 16 are accepted",
        },
    ),
    "Environment": (
        environment(
            "wrong",
            name="",
            config={
                "type": "cloud",
                "networking": {"type": "limited", "allowed_hosts": ["https://example.com"], "allow_mcp_server": True},
                "packages": {"pip": ["httpx"], "conda": []},
            },
            metadata={"a.b": "x" * 513, "y" * 65: "x", "c": 3},
            scope="galaxy",
        ),
        {
            "name": "must not be shorter than 1 character(s)",
            "config.networking.allowedHosts[0]": (
                "must be a host name such as `example.com` or `*.example.com`, without scheme, port or path"
            ),
            "config.networking.allow_mcp_server": "is not a property here: did you mean `allowMcpServers`?",
            "config.networking.allowPackageManagers": (
                "must be true when packages are installed and the network is limited"
            ),
            "config.packages.conda": "is not a property here",
            'metadata["a.b"]': "has 513 characters: at most 512 are accepted",
            f"metadata.{'y' * 65}": "has 65 characters: at most 64 are accepted",
            "metadata.c": "must be a string",
            "scope": "must be one of `organization` or `account`",
        },
    ),
    "RepositoryResource": (
        repository(
            "wrong",
            url=f"https://someone:{PASSWORD}@github.com/org/app",
            mount_path="/home/app",
            checkout={"type": "branch", "sha": "0123456789abcdef"},
            authorization_token="",
            session_id=["sesn_1"],
        ),
        {
            "url": (
                "must not hold a user name or password (the token belongs in `authorizationToken`): "
                "write it as `https://github.com/OWNER/REPOSITORY`"
            ),
            "mountPath": "is outside the workspace: Claude Managed Agents mounts below `/workspace/`",
            "checkout.name": "is required",
            "checkout.sha": "is not a property here",
            "authorizationToken": "must not be shorter than 1 character(s)",
            "sessionId": "must be a string",
        },
    ),
    "Session": (
        session(
            "wrong",
            agent={"type": "agent", "id": "agent_1", "version": "latest", "system": "Be brief."},
            environment_id="e" * 129,
            title="x" * 501,
            resources=[
                repo(),
                repo(mount_path="/workspace/app"),
                repo(url="git@github.com:org/app.git", mount_path="/workspace/../etc"),
                repo(url="https://gitlab.com/org/app", checkout={"type": "commit", "sha": "mainline"}),
                {"type": "file", "file": "file_plan"},
            ],
            vault_ids="vlt_one",
            budget={"type": "limit", "max_list_cost": {"amount": "1.50", "currency": "USD"}},
            initial_events=[{"type": "user.message", "content": []}],
            on_delete="shred",
            delete_timeout_seconds=-1,
            wait_for_ready="perhaps",
        ),
        {
            "agent.version": "must be a whole number",
            "agent.system": 'overrides the agent: leave `type` out, or make it "agent_with_overrides"',
            "environmentId": "has 129 characters: at most 128 are accepted",
            "title": "has 501 characters: at most 500 are accepted",
            "resources[1].mountPath": "is the mount path of resources[0] too",
            "resources[2].url": (
                "is an SSH address, and only HTTPS is cloned: write it as `https://github.com/OWNER/REPOSITORY`"
            ),
            "resources[2].mountPath": "must not contain `..`",
            "resources[3].url": ("is no repository on github.com: write it as `https://github.com/OWNER/REPOSITORY`"),
            "resources[3].checkout.sha": "must match ^[0-9a-fA-F]+$",
            "resources[4].fileId": "is required",
            "resources[4].file": "is not a property here: did you mean `fileId`?",
            "vaultIds": "must be a list",
            "budget.maxListCost.amount": "must match ^[1-9][0-9]*$",
            "initialEvents[0].content": "has 0 entries: at least 1 are needed",
            "onDelete": "must be one of `archive` or `delete`",
            "deleteTimeoutSeconds": "must be greater than or equal to 0",
            "waitForReady": "must be true or false",
        },
    ),
}


# In YAML the language host finds unknown properties and wrong types by itself, with the schema, before the provider is
# asked: what the plugin answers to them is tested over gRPC.
@pytest.mark.front_end("dynamic")
@pytest.mark.parametrize("kind", CASES)
def test_everything_that_is_wrong_is_told_at_once_with_its_place(stack: Stack, kind: str) -> None:
    stack.secrets.add(PASSWORD)
    row, expected = CASES[kind]
    stack.declare(row)

    refused = stack.fail("preview")

    prefix = f"{stack.token}{kind} resource 'wrong' has a problem: "
    problems = [text.removeprefix(prefix).strip() for severity, text in refused.diagnostics if severity == "error"]
    assert sorted(problems) == sorted(f"`{path}` {sentence}" for path, sentence in expected.items())


TWICE = {"type": "github_repository", "url": URL, "mount_path": "/workspace/app"}
WRONG_VALUES = {
    "url, mountPath": repository("app", url=f"https://someone:{PASSWORD}@github.com/org/app", mount_path="/etc"),
    "description, metadata": agent(description="x" * 2049, metadata={f"key-{number}": "value" for number in range(17)}),
    "title, resources[1].mountPath": session(
        agent="agent_1", environment_id="env_1", resources=[TWICE, TWICE], title=""
    ),
}


@pytest.mark.front_end("plugin")
@pytest.mark.parametrize("paths", WRONG_VALUES)
def test_every_wrong_value_is_told_at_once_and_never_shown(stack: Stack, paths: str) -> None:
    stack.secrets.add(PASSWORD)
    stack.declare(WRONG_VALUES[paths])

    refused = stack.fail("preview")

    told = "\n".join(text for severity, text in refused.diagnostics if severity == "error")
    assert [path for path in paths.split(", ") if f"`{path}` " not in told] == []


def test_an_agent_that_does_not_exist_is_refused_by_the_platform_in_its_own_words(stack: Stack) -> None:
    stack.declare(environment(), session(agent="agent_missing"))
    stack.preview()

    refused = stack.fail("up", "--yes", "--skip-preview")

    assert (
        "POST /v1/sessions: 404 not_found_error: agent: agent 'agent_missing' was not found. (request id req_"
        in refused.output
    )


def test_a_preview_needs_no_key_and_an_up_says_how_to_set_one(stack: Stack) -> None:
    stack.succeed("config", "rm", "managed-agents:emulator")
    stack.declare(agent(), environment(), repository("app"), session(resources=[ref("app")]))

    stack.preview()
    refused = stack.fail("up", "--yes", "--skip-preview")

    assert "No API key: set it with `pulumi config set --secret managed-agents:apiKey`" in refused.output
    assert "ANTHROPIC_API_KEY" in refused.output


SETTINGS = {
    "plain HTTP": (
        {"baseUrl": "http://api.example.com"},
        "managed-agents:baseUrl is plain HTTP to api.example.com, which would send the key in the clear: use `https://`",
    ),
    "no address": ({"baseUrl": "api.example.com"}, "managed-agents:baseUrl is no address: write it as `https://HOST`"),
    "wrong values": (
        {"maxRetries": "many", "platform": "other"},
        "managed-agents:platform must be 'claude'; managed-agents:maxRetries must be a valid integer",
    ),
    "a file that cannot be written": ({"emulator": "Pulumi.yaml/world"}, "managed-agents:emulator: "),
    "a file of another program": ({"emulator": "Pulumi.yaml"}, "managed-agents:emulator: "),
}


@pytest.mark.parametrize(("settings", "sentence"), SETTINGS.values(), ids=list(SETTINGS))
def test_a_setting_that_cannot_be_used_is_named(stack: Stack, settings: dict[str, str], sentence: str) -> None:
    for name, value in settings.items():
        stack.configure(f"managed-agents:{name}", value)
    stack.declare(agent())

    refused = stack.fail("up", "--yes", "--skip-preview")

    (told,) = {text for severity, text in refused.diagnostics if severity == "error" and "managed-agents:" in text}
    assert sentence in told

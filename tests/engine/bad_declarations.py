"""Declarations with everything wrong that one can get wrong, and the sentence that each mistake deserves."""

from __future__ import annotations

from typing import Any

from engine.declare import MODEL, URL, agent, environment, repository, session

PASSWORD = "password-in-an-address"
TOOLSET = {"type": "agent_toolset_20260401"}


def repo(**args: Any) -> dict[str, Any]:
    return {"type": "github_repository", "url": URL, **args}


CASES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "Agent": (
        agent(
            "wrong",
            model={"id": MODEL, "effrot": "high", "speed": "slow"},
            description="x" * 2049,
            system=["Be brief."],
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
            "tools[0].defaultConfg": "is not a property here: did you mean `default_config`?",
            "tools[1]": (
                "has an unknown `type`: expected one of `agent_toolset_20260401`, `browser_toolset_20260714`, "
                "`mcp_toolset`, `custom`"
            ),
            "tools[2].mcp_server_name": "names no server of `mcp_servers`: declare it there, with its `url`",
            "mcp_servers": "must be a list",
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
            metadata={"a.b": "x" * 513, "y" * 65: "x", "c": ["x"]},
            scope="galaxy",
        ),
        {
            "name": "must not be shorter than 1 character(s)",
            "config.networking.allowed_hosts[0]": (
                "must be a host name such as `example.com` or `*.example.com`, without scheme, port or path"
            ),
            "config.networking.allow_mcp_server": "is not a property here: did you mean `allow_mcp_servers`?",
            "config.networking.allow_package_managers": (
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
                "must not hold a user name or password (the token belongs in `authorization_token`): "
                "write it as `https://github.com/OWNER/REPOSITORY`"
            ),
            "mount_path": "is outside the workspace: Claude Managed Agents mounts below `/workspace/`",
            "checkout.name": "is required",
            "checkout.sha": "is not a property here",
            "authorization_token": "must not be shorter than 1 character(s)",
            "session_id": "must be a string",
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
            "environment_id": "has 129 characters: at most 128 are accepted",
            "title": "has 501 characters: at most 500 are accepted",
            "resources[1].mount_path": (
                "is the mount path of resources[0] too (`/workspace/app`): give one of them another `mount_path`"
            ),
            "resources[2].url": (
                "is an SSH address, and only HTTPS is cloned: write it as `https://github.com/OWNER/REPOSITORY`"
            ),
            "resources[2].mount_path": "must not contain `..`",
            "resources[3].url": (
                "is no repository on github.com, and Claude Managed Agents clones from nowhere else (Qoder Cloud "
                "Agents takes other hosts): write it as `https://github.com/OWNER/REPOSITORY`"
            ),
            "resources[3].checkout.sha": "must be the commit's SHA, in hexadecimal digits",
            "resources[4].file_id": "is required",
            "resources[4].file": "is not a property here: did you mean `file_id`?",
            "vault_ids": "must be a list",
            "budget.max_list_cost.amount": "must be whole cents above 0, such as `250` for 2.50",
            "initial_events[0].content": "has 0 entries: at least 1 are needed",
            "on_delete": "must be one of `archive` or `delete`",
            "delete_timeout_seconds": "must be greater than or equal to 0",
            "wait_for_ready": "must be true or false",
        },
    ),
}

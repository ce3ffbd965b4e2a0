"""A stack that breaks every rule once, by values that must not be shown, and a configuration that asks for all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from policy.views import declared, session

from pulumi_managed_agents.policy.view import Declared, Stack

VALUES = {
    "token": "ghp_canary-of-last-week",
    "shared": "github_pat_canary-of-last-week",
    "owner": "canary-stranger",
    "host": "canary.example",
    "model": "canary-model",
    "prompt": "You are a canary.",
    "path": "/workspace/canary-path",
    "schedule": "*/7 * * * *",
    "title": "canary-title",
    "leak": "gh" + "s_canary0of0last0week0",
}
"""What stands in the stack; whatever a rule says, it says none of it."""

CONFIG: dict[str, Any] = {
    "all": "mandatory",
    "allowed-owners": {"allowedOwners": ["org"]},
    "stack-budget": {"maxStackBudgetCents": 600},
    "allowed-mcp-hosts": {"allowedHosts": ["*.org.example"]},
    "living-model": {"models": [{"id": VALUES["model"], "lifecycle": "deprecated"}]},
    "recent-agent": {"maxBehind": 5},
}


def _mount(name: str, owner: str, token: str | None, **more: Any) -> dict[str, Any]:
    url = f"https://github.com/{owner}/{name}"
    return {"url": url, "mountPath": f"/workspace/{name}", "authorizationToken": token, **more}


def everything() -> list[Declared]:
    toolset = {"type": "agent_toolset_20260401", "configs": [{"name": "grep", "enabled": False}]}
    app = _mount("canary-path", "org", VALUES["token"])
    docs = _mount("docs", "org", VALUES["shared"])
    cheap = {"type": "limit", "maxListCost": {"amount": "1", "currency": "USD"}}
    schedule = {"type": "cron", "expression": VALUES["schedule"], "timezone": "UTC"}
    return [
        declared("Vault", "secrets", displayName=VALUES["title"]),
        declared("Environment", "sandbox", description=VALUES["title"]),
        declared(
            "Agent",
            "reviewer",
            model=VALUES["model"],
            system=VALUES["prompt"],
            tools=[toolset],
            version=20,
            mcpServers=[{"type": "url", "name": VALUES["title"], "url": f"https://{VALUES['host']}/mcp"}],
        ),
        declared("RepositoryResource", "app", **app),
        declared("RepositoryResource", "docs", **docs, verifyAccess=True),
        declared("RepositoryResource", "lib", **_mount("lib", VALUES["owner"], VALUES["shared"], verifyAccess=True)),
        session("review", mounts="app", budget=None, resources=[{"type": "github_repository", **app}]),
        session(
            "pair",
            agent="agent_canary",
            title=VALUES["title"],
            metadata={"note": f"use {VALUES['leak']}"},
            environmentId="env_1",
            resources=[{"type": "github_repository", **docs}],
        ),
        session(
            "twin",
            runs="elsewhere",
            agent={"id": "agent_elsewhere", "version": 1},
            budget=cheap,
            environmentId="env_2",
            resources=[{"type": "github_repository", **docs}],
        ),
        session("nightly", runs="elsewhere", kind="Deployment", schedule=schedule),
        declared("TunnelCertificate", "trust", expiresAt="2026-01-01T00:00:00Z"),
        declared(
            "Credential",
            "mcp",
            auth={"type": "mcp_oauth", "mcpServerUrl": "https://mcp.org.example/"},
            tokenStatus="invalid",
        ),
        replace(declared("Vault", "odd", displayName=VALUES["title"]), protect=True, is_known=False),
    ]


EXPECTED = [
    ("classic-token", "app"),
    ("token-of-several-owners", "lib"),
    ("token-of-several-environments", "twin"),
    ("verified-access", "app"),
    ("allowed-owners", "lib"),
    ("session-budget", "review"),
    ("stack-budget", "pair"),
    ("restricted-network", "sandbox"),
    ("allowed-mcp-hosts", "reviewer"),
    ("asked-before-writing", "reviewer"),
    ("tools-for-repositories", "reviewer"),
    ("mount-path-in-prompt", "reviewer"),
    ("pinned-agent", "pair"),
    ("pinned-model", "reviewer"),
    ("living-model", "reviewer"),
    ("recent-agent", "review"),
    ("lasting-credential", "trust"),
    ("accepted-token", "mcp"),
    ("schedule-interval", "nightly"),
    ("protected-kinds", "secrets"),
    ("known-type", "odd"),
    ("plain-secret", "pair"),
]
"""Each rule, in the order in which they are listed, with the resource that breaks it."""


def stack(resources: list[Declared]) -> Stack:
    return Stack.of(iter(resources))

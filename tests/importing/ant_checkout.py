"""A checkout of `ant apply`: files of every form, the objects that they became, and the lock file that says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from importing.populated import MODEL, TOOLSET, client

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Server

TOKEN = "made-up-token-in-a-file"
SKILL = "---\nname: reviewing\ndescription: How we review.\n---\nLook twice.\n"
PROMPT = "You review.\n\nA shell has $$ and ${HOME}."
TOOLS = [TOOLSET, {"type": "custom", "name": "ask", "description": "Asks.", "input_schema": {"type": "object"}}]
REPOSITORY = {"type": "github_repository", "url": "https://github.com/org/app", "mount_path": "/workspace/app"}

FILES = {
    "skills/reviewing/SKILL.md": SKILL,
    "agents/reviewer.md": f"""---
model: {MODEL}
skills: [../skills/*]
tools: [../data/tools.yaml]
metadata: {{since: 2026-01-02}}
---
{PROMPT}
""",
    "agents/lead.yaml": f"""type: agent
name: Lead
model: {{id: {MODEL}}}
tools: [{{type: agent_toolset_20260401}}]
multiagent: {{type: coordinator, agents: [./reviewer.md, {{type: self}}]}}
""",
    "data/tools.yaml": json.dumps(TOOLS),
    "environments/open.json": json.dumps({"name": "open", "config": {"type": "cloud"}, "description": "For all."}),
    "memory_stores/notes.md": "---\nname: notes\n---\nWhat was learnt.\n",
    "vaults/keys.yaml": "display_name: Keys\n",
    "deployments/nightly.md": f"""---
type: deployment
agent: ../agents/reviewer.md
environment_id: ../environments/open.json
schedule: {{type: cron, expression: "0 3 * * *", timezone: UTC}}
resources:
  - path: ../memory_stores/notes.md
    access: read_only
  - type: github_repository
    url: https://github.com/org/app
    mount_path: /workspace/app
    authorization_token: {TOKEN}
---
Review what changed.
""",
}


def check_out(server: Server, folder: Path) -> dict[str, str]:
    """Makes the objects as `ant apply` would, and writes the files and the lock file; gives the ids by key."""
    api = client(server)
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    made = _made(api)
    answer = api.beta.agents.with_raw_response.list(limit=1)
    origin = {
        "base_url": str(api.base_url),
        "organization_id": answer.headers["anthropic-organization-id"],
        "workspace_id": answer.headers["anthropic-workspace-id"],
    }
    rows = {f"./{key}": {"hash": "0" * 64, **row} for key, row in made.items()}
    (folder / "claude-lock.json").write_text(json.dumps({"version": 1, "origin": origin, "resources": rows}))
    return {key: row["id"] for key, row in made.items()}


def _made(api: Any) -> dict[str, dict[str, Any]]:
    skill = api.skills.create(files=[("reviewing/SKILL.md", SKILL.encode())])
    reviewer = api.beta.agents.create(
        name="reviewer",
        model=MODEL,
        system=PROMPT,
        tools=TOOLS,
        skills=[{"type": "custom", "skill_id": skill.id, "version": skill.latest_version_id}],
        metadata={"since": "2026-01-02"},
    )
    roster = {"type": "coordinator", "agents": [{"type": "agent", "id": reviewer.id}, {"type": "self"}]}
    lead = api.beta.agents.create(name="Lead", model=MODEL, tools=[TOOLSET], multiagent=roster)
    environment = api.beta.environments.create(name="open", config={"type": "cloud"}, description="For all.")
    store = api.beta.memory_stores.create(name="notes", description="What was learnt.")
    vault = api.beta.vaults.create(display_name="Keys")
    deployment = api.beta.deployments.create(
        name="nightly",
        agent=reviewer.id,
        environment_id=environment.id,
        initial_events=[{"type": "user.message", "content": [{"type": "text", "text": "Review what changed."}]}],
        schedule={"type": "cron", "expression": "0 3 * * *", "timezone": "UTC"},
        resources=[
            {"type": "memory_store", "memory_store_id": store.id, "access": "read_only"},
            {**REPOSITORY, "authorization_token": TOKEN},
        ],
    )
    return {
        "deployments/nightly.md": {"kind": "deployment", "id": deployment.id},
        "agents/lead.yaml": {"kind": "agent", "id": lead.id, "version": lead.version},
        "agents/reviewer.md": {"kind": "agent", "id": reviewer.id, "version": reviewer.version},
        "skills/reviewing": {"kind": "skill", "id": skill.id, "version": skill.latest_version_id},
        "environments/open.json": {"kind": "environment", "id": environment.id},
        "memory_stores/notes.md": {"kind": "memory_store", "id": store.id},
        "vaults/keys.yaml": {"kind": "vault", "id": vault.id},
    }

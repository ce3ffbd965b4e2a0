"""A workspace that others made, through the platform's official client: two dozen objects of all kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anthropic

if TYPE_CHECKING:
    from pulumi_managed_agents.emulator import Server

MODEL = "claude-opus-4-8"
TOOLSET = {"type": "agent_toolset_20260401"}
TOKENS = ("made-up-bearer", "made-up-access", "made-up-refresh", "made-up-client", "made-up-value", "made-up-clone")
"""Every secret that is in there."""

PROMPT = "You review code.\n\nA price is $${amount}, a shell has $$, and ${HOME} is a folder.\n  - y: no\n"
HOSTILE = "evil ${config.x}\"'''; import os #"
SKILL = [("reviewing/SKILL.md", b"---\nname: reviewing\ndescription: 'How: we review'\n---\nLook twice.\n")]


def client(server: Server) -> anthropic.Anthropic:
    """The official client of a served emulator."""
    return anthropic.Anthropic(base_url=server.url, api_key="a-made-up-key", max_retries=0)


def populate(server: Server) -> dict[str, str]:
    """Makes everything; gives some ids by the names that are used here."""
    api = client(server)
    ids = {**_content(api), **_vault(api)}
    ids |= _agents(api, ids)
    return {**ids, **_work(api, ids)}


def _content(api: Any) -> dict[str, str]:
    store = api.beta.memory_stores.create(name="Team notes", description="What was learnt.", metadata={"team": "a"})
    memories = api.beta.memory_stores.memories
    memories.create(store.id, path="/style/python.md", content="Short.\n\nTyped.")
    memories.create(store.id, path="/prices.md", content="  It costs $${x}.  ")
    return {
        "skill": api.skills.create(files=SKILL, display_name="Reviewing, twice").id,
        "plan": api.files.upload(file=("plan.txt", b"The plan.")).id,
        "data": api.files.upload(file=("1e3.csv", b"1,2"), expires_in_seconds=3600).id,
        "store": store.id,
    }


def _vault(api: Any) -> dict[str, str]:
    api.beta.vaults.create(display_name="spare keys")
    vault = api.beta.vaults.create(display_name="keys", metadata={"0o17": "1e3", "yes": "null"}).id
    create = api.beta.vaults.credentials.create
    refresh = {
        "token_endpoint": "https://login.example.com/token",
        "client_id": "us",
        "refresh_token": TOKENS[2],
        "token_endpoint_auth": {"type": "client_secret_basic", "client_secret": TOKENS[3]},
    }
    bearer = {"type": "static_bearer", "mcp_server_url": "https://mcp.example.com/a", "token": TOKENS[0]}
    oauth = {
        "type": "mcp_oauth",
        "mcp_server_url": "https://mcp.example.com/b",
        "access_token": TOKENS[1],
        "refresh": refresh,
    }
    variable = {
        "type": "environment_variable",
        "secret_name": "PAGER_KEY",
        "secret_value": TOKENS[4],
        "networking": {"type": "limited", "allowed_hosts": ["pager.example.com"]},
    }
    auths = {"github": bearer, "tickets": oauth, "pager": variable}
    made = {name: create(vault, auth=auth, display_name=name).id for name, auth in auths.items()}
    return {"vault": vault, **{name: f"{vault}/{id_}" for name, id_ in made.items()}}


def _agents(api: Any, ids: dict[str, str]) -> dict[str, str]:
    create = api.beta.agents.create
    schema = {"type": "object", "properties": {"mcp_server": {"type": "string", "default": "${x}"}}, "x-empty": {}}
    reviewer = create(
        name="Code reviewer",
        model=MODEL,
        system=PROMPT,
        description="Reviews: thoroughly",
        tools=[
            TOOLSET,
            {"type": "custom", "name": "ask", "description": "Asks.", "input_schema": schema},
            {"type": "mcp_toolset", "mcp_server_name": "a"},
        ],
        mcp_servers=[{"type": "url", "name": "a", "url": "https://mcp.example.com/a"}],
        skills=[{"type": "custom", "skill_id": ids["skill"]}],
    ).id
    hostile = create(
        name=HOSTILE, model={"id": MODEL, "effort": "high"}, metadata={"${pulumi.cwd}": "$$", "b": HOSTILE}
    )
    roster = {"type": "coordinator", "agents": [{"type": "agent", "id": reviewer}, {"type": "self"}]}
    lead = create(name="コード", model=MODEL, tools=[TOOLSET], multiagent=roster)
    gone = create(name="Code reviewer", model=MODEL).id
    api.beta.agents.archive(gone)
    return {"reviewer": reviewer, "hostile": hostile.id, "lead": lead.id, "gone": gone}


def _work(api: Any, ids: dict[str, str]) -> dict[str, str]:
    limited = {"type": "limited", "allowed_hosts": ["*.example.com"], "allow_package_managers": True}
    config = {"type": "cloud", "networking": limited, "packages": {"pip": ["httpx"]}}
    environment = api.beta.environments.create(name="review", config=config).id
    api.beta.environments.create(name="on premise", config={"type": "self_hosted"})
    address = {"url": "https://github.com/org/app", "mount_path": "/workspace/app"}
    repository = {"type": "github_repository", **address, "authorization_token": TOKENS[5]}
    mounts = [repository, {"type": "memory_store", "memory_store_id": ids["store"], "access": "read_only"}]
    message = {"type": "user.message", "content": [{"type": "text", "text": "Review ${this}."}]}
    deployment = api.beta.deployments.create(
        name="Weekly review",
        agent=ids["reviewer"],
        environment_id=environment,
        initial_events=[message],
        vault_ids=[ids["vault"]],
        schedule={"type": "cron", "expression": "0 8 * * 1", "timezone": "Europe/Berlin"},
        resources=[*mounts, {"type": "file", "file_id": ids["plan"], "mount_path": "plan.txt"}],
    ).id
    api.beta.deployments.create(
        name="on demand", agent=ids["lead"], environment_id=environment, initial_events=[message]
    )
    session = api.beta.sessions.create(
        agent=ids["reviewer"],
        environment_id=environment,
        title="review",
        vault_ids=[ids["vault"]],
        resources=[*mounts, {"type": "file", "file_id": ids["plan"]}],
        metadata={"pull-request": "17"},
    )
    mounted = next(item.id for item in session.resources if item.type == "github_repository")
    return {
        "environment": environment,
        "deployment": deployment,
        "session": session.id,
        "mount": f"{session.id}/{mounted}",
    }

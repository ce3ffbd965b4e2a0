"""A vault with the three kinds of credential, for a session's MCP servers and tools. Rotate one of the secrets."""

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()

GITHUB = "https://api.githubcopilot.com/mcp/"
TICKETS = "https://mcp.example.com/tickets"

sandbox = ma.Environment("sandbox", config={"type": "cloud"})

# The agent names the servers; what it may do there is decided by the vault of each session.
on_call = ma.Agent(
    "on-call",
    model="claude-sonnet-4-6",
    system="You look into alerts: read the ticket, find the change that caused it, and page its author.",
    mcp_servers=[
        {"type": "url", "name": "github", "url": GITHUB},
        {"type": "url", "name": "tickets", "url": TICKETS},
    ],
    tools=[
        {"type": "agent_toolset_20260401"},
        {"type": "mcp_toolset", "mcp_server_name": "github"},
        {"type": "mcp_toolset", "mcp_server_name": "tickets"},
    ],
)

keys = ma.Vault("on-call-keys")

github = ma.Credential(
    "github",
    vault_id=keys.id,
    auth={"type": "static_bearer", "mcp_server_url": GITHUB, "token": config.require_secret("githubToken")},
)
# The platform refreshes this one by itself: what is configured here is where it starts from.
tickets = ma.Credential(
    "tickets",
    vault_id=keys.id,
    auth={
        "type": "mcp_oauth",
        "mcp_server_url": TICKETS,
        "access_token": config.require_secret("ticketsAccessToken"),
        "refresh": {
            "token_endpoint": "https://login.example.com/oauth/token",
            "client_id": "on-call",
            "refresh_token": config.require_secret("ticketsRefreshToken"),
            "token_endpoint_auth": {"type": "none"},
        },
    },
)
# Tools see a stand-in for the value; the value itself goes to this host only.
pager = ma.Credential(
    "pager",
    vault_id=keys.id,
    auth={
        "type": "environment_variable",
        "secret_name": "PAGER_KEY",
        "secret_value": config.require_secret("pagerKey"),
        "networking": {"type": "limited", "allowed_hosts": ["pager.example.com"]},
    },
)

incident = ma.Session(
    "incident",
    agent=on_call.id,
    environment_id=sandbox.id,
    vault_ids=[keys.id],
    opts=pulumi.ResourceOptions(depends_on=[github, tickets, pager]),
)

pulumi.export("session", incident.id)

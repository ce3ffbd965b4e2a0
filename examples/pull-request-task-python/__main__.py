"""A task for an agent at work on a repository: fix something, commit it to a branch, open a pull request."""

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()

sandbox = ma.Environment("sandbox", config={"type": "cloud"})

engineer = ma.Agent(
    "engineer",
    model="claude-sonnet-4-6",
    system="You fix what you are asked to, with a test. Your working directory is /workspace/app.",
    mcp_servers=[{"type": "url", "name": "github", "url": "https://api.githubcopilot.com/mcp/"}],
    tools=[{"type": "agent_toolset_20260401"}, {"type": "mcp_toolset", "mcp_server_name": "github"}],
)

# The token clones and pushes: Contents: Read and write. The vault's lets the GitHub server open the pull request.
token = config.require_secret("githubToken")
app = ma.RepositoryResource(
    "app", url="https://github.com/org/app", mount_path="/workspace/app", authorization_token=token
)
keys = ma.Vault("engineer-keys")
github = ma.Credential(
    "github",
    vault_id=keys.id,
    auth={"type": "static_bearer", "mcp_server_url": "https://api.githubcopilot.com/mcp/", "token": token},
)

work = ma.Session(
    "work",
    agent=engineer.id,
    environment_id=sandbox.id,
    resources=[app],
    vault_ids=[keys.id],
    opts=pulumi.ResourceOptions(depends_on=[github]),
)

# Sent when it is created, and again whenever it changes; `pulumi up` ends when the agent has come to rest.
task = ma.SessionEvents("task", session_id=work.id, source="task.md", wait_for_idle=True)

pulumi.export("session", work.id)
pulumi.export("stopReason", task.stop_reason)

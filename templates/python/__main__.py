"""A reviewer agent at work on one repository. Rotate `githubToken` and watch what `pulumi up` does."""

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()

sandbox = ma.Environment("sandbox", config={"type": "cloud", "networking": {"type": "unrestricted"}})

reviewer = ma.Agent(
    "code-reviewer",
    model="claude-sonnet-4-6",
    system="You are a code review assistant with access to GitHub. Your working directory is /workspace/app.",
    mcp_servers=[{"type": "url", "name": "github", "url": "https://api.githubcopilot.com/mcp/"}],
    tools=[{"type": "agent_toolset_20260401"}, {"type": "mcp_toolset", "mcp_server_name": "github"}],
)

app = ma.RepositoryResource(
    "app",
    url="https://github.com/org/app",
    mount_path="/workspace/app",
    authorization_token=config.require_secret("githubToken"),
)

review = ma.Session("review", agent=reviewer.id, environment_id=sandbox.id, resources=[app])

pulumi.export("session", review.id)

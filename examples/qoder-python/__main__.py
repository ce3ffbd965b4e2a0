"""Two repositories on Qoder Cloud Agents, each with its token, and a task that ends in a pull request."""

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()

sandbox = ma.Environment("sandbox", config={"type": "cloud"})

engineer = ma.Agent(
    "engineer",
    model="ultimate",
    source="engineer.md",
    tools=[
        {
            "type": "agent_toolset_20260401",
            "enabled_tools": ["bash", "read", "write", "edit", "glob", "grep"],
        }
    ],
)

# `git` and `gh` in the container use these tokens. To push and open a pull request, a token needs Contents and
# Pull requests: Read and write; to read and clone, Contents: Read.
frontend = ma.RepositoryResource(
    "frontend",
    url="https://github.com/your-org/frontend",
    mount_path="/app/frontend",
    authorization_token=config.require_secret("frontendToken"),
)
backend = ma.RepositoryResource(
    "backend",
    url="https://github.com/your-org/backend",
    mount_path="/app/backend",
    authorization_token=config.require_secret("backendToken"),
)

debugging = ma.Session(
    "debugging",
    agent={"id": engineer.id, "version": engineer.version},
    environment_id=sandbox.id,
    title="Full-stack debugging",
    resources=[frontend, backend],
)

task = ma.SessionEvents("issue-128", session_id=debugging.id, source="issue-128.md", wait_for_idle=True)

pulumi.export("session", debugging.id)
pulumi.export("stopReason", task.stop_reason)

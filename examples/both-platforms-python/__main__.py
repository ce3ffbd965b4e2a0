"""One program for both platforms: the stack says which one it is, and which model the reviewer has there."""

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()

sandbox = ma.Environment("sandbox", config={"type": "cloud"})

reviewer = ma.Agent(
    "reviewer",
    model=config.require("model"),
    system="You review the code that is mounted in your container. Report a finding only with an input that shows it.",
    tools=[{"type": "agent_toolset_20260401", "configs": [{"name": "web_fetch", "enabled": False}]}],
)

# Without a mount path: each platform has a place of its own for it. Qoder needs the token for public ones too.
app = ma.RepositoryResource(
    "app", url="https://github.com/org/app", authorization_token=config.require_secret("githubToken")
)

review = ma.Session("review", agent=reviewer.id, environment_id=sandbox.id, resources=[app])

pulumi.export("session", review.id)
pulumi.export("mounted", review.mounted_resources)

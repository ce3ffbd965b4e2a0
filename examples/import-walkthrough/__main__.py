"""What `outside.py` created, as a program: `pulumi import` wrote it, but for the token, which is never read back."""

import pulumi
import pulumi_managed_agents_sdk as ma

config = pulumi.Config()

reviewer = ma.Agent(
    "reviewer",
    name="Code reviewer",
    model={"id": "claude-sonnet-4-6", "effort": "high"},
    system="You review code.",
    tools=[{"type": "agent_toolset_20260401"}],
)

sandbox = ma.Environment("sandbox", name="review")

review = ma.Session(
    "review",
    agent=reviewer.id,
    environment_id=sandbox.id,
    title="Review",
    resources=[{"type": "github_repository", "url": "https://github.com/org/app", "mount_path": "/workspace/app"}],
)

# The mount of that session: its token is rotated from here on, once `githubToken` is set.
app = ma.RepositoryResource(
    "app",
    session_id=review.id,
    url="https://github.com/org/app",
    mount_path="/workspace/app",
    authorization_token=config.get_secret("githubToken"),
)

pulumi.export("session", review.id)

"""A review of a repository every Monday, and once more whenever `run` changes. Both prompts are Markdown files."""

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()

sandbox = ma.Environment("sandbox", config={"type": "cloud"})
reviewer = ma.Agent("reviewer", source="reviewer.md")
app = ma.RepositoryResource(
    "app",
    url="https://github.com/org/app",
    authorization_token=config.require_secret("githubToken"),
)

# Its schedule stands in the front matter of the file, its first message is the text. With the agent's version: what
# changes in reviewer.md holds from the next run on.
weekly = ma.Deployment(
    "weekly-review",
    source="weekly-review.md",
    agent={"id": reviewer.id, "version": reviewer.version},
    environment_id=sandbox.id,
    resources=[app],
    run_trigger=config.require("run"),
)

pulumi.export("next", weekly.upcoming_runs_at)
pulumi.export("session", weekly.triggered_session_id)

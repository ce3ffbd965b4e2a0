"""A review session for one pull request. A push to it sends another task to the same session."""

import os

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()
number, commit = config.require_int("number"), config.require("commit")

code = ma.RepositoryResource(
    "code",
    url=config.require("repository"),
    mount_path="/workspace/code",
    checkout={"type": "branch", "name": config.require("branch")},
    # From the environment of this one command: in no configuration, and in no other command's words.
    authorization_token=pulumi.Output.secret(os.environ["CLONE_TOKEN"]),
)

review = ma.Session(
    "review",
    agent=config.require("agent"),
    environment_id=config.require("environmentId"),
    title=f"Review of #{number}",
    resources=[code],
    interrupt_on_delete=True,  # nobody waits for the review of what is closed
)

# Nothing that the author of the pull request wrote stands in the task: it is read as data, in the repository.
task = f"Fetch and check out {commit} in /workspace/code, and review what pull request #{number} changes with it."
ma.SessionEvents(
    "task",
    session_id=review.id,
    events=[{"type": "user.message", "content": [{"type": "text", "text": task}]}],
)

pulumi.export("session", review.id)

"""A reviewer at work on one repository; what the pipelines of this example preview, deploy, watch and rotate."""

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()
repository = config.get("repository") or "https://github.com/org/app"


def token() -> pulumi.Input[str]:
    """A GitHub App's short-lived token where an app is configured; else the token in the stack's configuration."""
    app = config.get("appId")
    if app is None:
        return config.require_secret("githubToken")
    minted = ma.GitHubInstallationToken(
        "clone-token",
        app_id=app,
        installation_id=config.require("installationId"),
        private_key=config.require_secret("privateKey"),
        repositories=[repository.rpartition("/")[2]],
        permissions={"contents": "read"},
    )
    return minted.token


sandbox = ma.Environment("sandbox", config={"type": "cloud", "networking": {"type": "unrestricted"}})

reviewer = ma.Agent(
    "reviewer",
    model="claude-sonnet-4-6",
    system="You review code. Your working directory is /workspace/app.",
    tools=[{"type": "agent_toolset_20260401"}],
)

app = ma.RepositoryResource("app", url=repository, mount_path="/workspace/app", authorization_token=token())

review = ma.Session("review", agent=reviewer.id, environment_id=sandbox.id, resources=[app])

pulumi.export("agent", reviewer.id)
pulumi.export("environment", sandbox.id)
pulumi.export("session", review.id)

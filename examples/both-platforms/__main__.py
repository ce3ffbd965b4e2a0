"""The same reviewer on both platforms: one declaration, a provider instance and a model for each of them."""

import pulumi
import pulumi_managed_agents_sdk as ma

config = pulumi.Config()

PROMPT = "You review the code that is mounted in your container. Report a finding only with an input that shows it."


def reviewer_on(platform: str, model: str) -> ma.Session:
    """A session on the platform, at work on the repository."""
    provider = ma.Provider(
        platform, platform=platform, api_key=config.get_secret(f"{platform}Key"), emulator=config.get("emulator")
    )
    there = pulumi.ResourceOptions(provider=provider)

    sandbox = ma.Environment(f"{platform}-sandbox", config={"type": "cloud"}, opts=there)
    reviewer = ma.Agent(
        f"{platform}-reviewer",
        model=model,
        system=PROMPT,
        tools=[
            {"type": "agent_toolset_20260401", "configs": [{"name": ma.ToolConfigName.WEB_FETCH, "enabled": False}]}
        ],
        opts=there,
    )
    app = ma.RepositoryResource(
        f"{platform}-app",
        url="https://github.com/org/app",
        authorization_token=config.require_secret("githubToken"),
        opts=there,
    )
    return ma.Session(
        f"{platform}-review", agent=reviewer.id, environment_id=sandbox.id, resources=[app.mount], opts=there
    )


pulumi.export("claude", reviewer_on("claude", "claude-sonnet-4-6").mounted_resources)
pulumi.export("qoder", reviewer_on("qoder", "ultimate").mounted_resources)

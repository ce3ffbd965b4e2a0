"""Two teams, each on its own account: a provider instance with its own key for each of them."""

import pulumi
import pulumi_managed_agents_sdk as ma

config = pulumi.Config()


def session_of(team: str, system: str) -> ma.Session:
    """A session on the team's account, at work on the team's repository."""
    account = ma.Provider(team, api_key=config.get_secret(f"{team}Key"), emulator=config.get(f"{team}Emulator"))
    on_the_account = pulumi.ResourceOptions(provider=account)

    sandbox = ma.Environment(f"{team}-sandbox", opts=on_the_account)
    agent = ma.Agent(
        f"{team}-agent",
        model="claude-sonnet-4-6",
        system=system,
        tools=[{"type": "agent_toolset_20260401"}],
        opts=on_the_account,
    )
    repository = ma.RepositoryResource(
        f"{team}-repository",
        url=f"https://github.com/org/{team}",
        authorization_token=config.require_secret("githubToken"),
        opts=on_the_account,
    )
    return ma.Session(
        f"{team}-session",
        agent=agent.id,
        environment_id=sandbox.id,
        resources=[repository.mount],
        opts=on_the_account,
    )


pulumi.export("productSession", session_of("product", "You review code in /workspace/product.").id)
pulumi.export("supportSession", session_of("support", "You answer questions about /workspace/support.").id)

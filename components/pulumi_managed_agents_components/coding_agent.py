"""An agent with a container, repositories and a session for each of them."""

from typing import TypedDict

import pulumi
import pulumi_managed_agents_sdk as agents

GITHUB_MCP = "https://api.githubcopilot.com/mcp/"
INSTRUCTIONS = "You work on the repository in your working directory."


class Repository(TypedDict):
    """A repository that a session works on."""

    url: str
    """As `https://github.com/OWNER/NAME`."""
    token: pulumi.Input[str] | None
    """A token of its own (default: `githubToken`); rotated on the running session."""
    branch: str | None
    """The branch to check out (default: the repository's own)."""
    mountPath: str | None
    """Where it stands in the container (default: below the workspace, by the repository's name)."""


class Schedule(TypedDict):
    """When the agent is set to work by itself."""

    expression: str
    """Cron: minute, hour, day of month, month, day of week."""
    timezone: str
    """Such as `Europe/Berlin`."""
    task: str
    """What it is told each time."""


class CodingAgentArgs(TypedDict):
    """What a coding agent is made of."""

    repositories: list[Repository]
    """A session is made for each."""
    githubToken: pulumi.Input[str] | None
    """Clones the repositories, and lets the agent use GitHub's MCP server (secret)."""
    model: pulumi.Input[str] | None
    """The model's id (default: `claude-sonnet-4-6`)."""
    instructions: pulumi.Input[str] | None
    """The system prompt."""
    allowedHosts: list[str] | None
    """The hosts that the container may reach besides GitHub (default: every host)."""
    schedule: Schedule | None
    """Makes a deployment that mounts all repositories."""


class CodingAgent(pulumi.ComponentResource):
    """An agent in a container, with a session for each repository, and GitHub's MCP server where there is a token."""

    agentId: pulumi.Output[str]
    """The agent's id."""
    environmentId: pulumi.Output[str]
    """The environment's id."""
    sessionIds: pulumi.Output[list[str]]
    """The sessions' ids, in the order of the repositories."""
    vaultId: pulumi.Output[str | None]
    """The vault's id, where there is a token."""
    deploymentId: pulumi.Output[str | None]
    """The deployment's id, where there is a schedule."""

    def __init__(self, name: str, args: CodingAgentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("managed-agents-components:index:CodingAgent", name, {}, opts)
        self._name = name
        self._ours = pulumi.ResourceOptions(parent=self)
        token = args.get("githubToken")
        environment = self._environment(args.get("allowedHosts"))
        agent = self._agent(args, with_github=token is not None)
        vault = self._vault(token) if token is not None else None
        mounts = [self._mount(repository, token) for repository in args["repositories"]]
        vaults = [vault.id] if vault else None
        sessions = [
            agents.Session(
                f"{name}-{_short(repository['url'])}",
                agent=agent.id,
                environment_id=environment.id,
                vault_ids=vaults,
                resources=[mount],
                opts=self._ours,
            )
            for repository, mount in zip(args["repositories"], mounts, strict=True)
        ]
        deployment = self._deployment(args.get("schedule"), agent, environment, vaults, mounts)
        self.agentId = agent.id
        self.environmentId = environment.id
        self.sessionIds = pulumi.Output.all(*[session.id for session in sessions])
        self.vaultId = vault.id if vault else pulumi.Output.from_input(None)
        self.deploymentId = deployment.id if deployment else pulumi.Output.from_input(None)
        names = ("agentId", "environmentId", "sessionIds", "vaultId", "deploymentId")
        self.register_outputs({output: getattr(self, output) for output in names})

    def _environment(self, allowed: list[str] | None) -> agents.Environment:
        networking = {"type": "unrestricted"}
        if allowed is not None:
            networking = {"type": "limited", "allowed_hosts": ["github.com", "api.githubcopilot.com", *allowed]}
        config = {"type": "cloud", "networking": networking}
        return agents.Environment(f"{self._name}-environment", config=config, opts=self._ours)

    def _agent(self, args: CodingAgentArgs, *, with_github: bool) -> agents.Agent:
        tools = [{"type": "agent_toolset_20260401"}]
        servers = []
        if with_github:
            servers = [{"type": "url", "name": "github", "url": GITHUB_MCP}]
            tools.append({"type": "mcp_toolset", "mcp_server_name": "github"})
        return agents.Agent(
            f"{self._name}-agent",
            model=args.get("model") or "claude-sonnet-4-6",
            system=args.get("instructions") or INSTRUCTIONS,
            mcp_servers=servers or None,
            tools=tools,
            opts=self._ours,
        )

    def _vault(self, token: pulumi.Input[str]) -> agents.Vault:
        vault = agents.Vault(f"{self._name}-vault", opts=self._ours)
        auth = {"type": "static_bearer", "mcp_server_url": GITHUB_MCP, "token": token}
        agents.Credential(f"{self._name}-github", vault_id=vault.id, auth=auth, opts=self._ours)
        return vault

    def _mount(self, repository: Repository, token: pulumi.Input[str] | None) -> pulumi.Output:
        branch = repository.get("branch")
        return agents.RepositoryResource(
            f"{self._name}-{_short(repository['url'])}-repository",
            url=repository["url"],
            mount_path=repository.get("mountPath"),
            checkout={"type": "branch", "name": branch} if branch else None,
            authorization_token=repository.get("token") or token,
            opts=self._ours,
        ).mount

    def _deployment(
        self,
        schedule: Schedule | None,
        agent: agents.Agent,
        environment: agents.Environment,
        vaults: list[pulumi.Output[str]] | None,
        mounts: list[pulumi.Output],
    ) -> agents.Deployment | None:
        if schedule is None:
            return None
        task = {"type": "user.message", "content": [{"type": "text", "text": schedule["task"]}]}
        return agents.Deployment(
            f"{self._name}-schedule",
            agent=agent.id,
            environment_id=environment.id,
            vault_ids=vaults,
            resources=mounts,
            initial_events=[task],
            schedule={"type": "cron", "expression": schedule["expression"], "timezone": schedule["timezone"]},
            opts=self._ours,
        )


def _short(url: str) -> str:
    """What people call a repository."""
    return url.rstrip("/").rpartition("/")[2].removesuffix(".git")

"""Three repositories, mounted by two sessions. A token belongs to its repository: it is declared, and rotated, once."""

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()
token = config.require_secret("githubToken")

frontend = ma.RepositoryResource("frontend", url="https://github.com/org/frontend", authorization_token=token)
backend = ma.RepositoryResource(
    "backend",
    url="https://github.com/org/backend",
    checkout={"type": "branch", "name": "main"},
    authorization_token=config.get_secret("backendToken") or token,
)
handbook = ma.RepositoryResource("handbook", url="https://github.com/org/handbook")  # public: no token

sandbox = ma.Environment(
    "sandbox",
    config={
        "type": "cloud",
        "networking": {
            "type": "limited",
            "allowed_hosts": ["github.com", "api.github.com"],
            "allow_package_managers": True,
        },
        "packages": {"npm": ["typescript"], "pip": ["pytest"]},
    },
)

engineer = ma.Agent(
    "engineer",
    model={"id": "claude-sonnet-4-6", "effort": "high"},
    system="You work on /workspace/frontend and /workspace/backend, by the rules in /workspace/handbook.",
    tools=[
        {
            "type": "agent_toolset_20260401",
            "default_config": {"permission_policy": {"type": "always_allow"}},
            "configs": [{"name": "web_fetch", "enabled": False}],
        },
    ],
)

full_stack = ma.Session(
    "full-stack",
    agent=engineer.id,
    environment_id=sandbox.id,
    title="Frontend and backend",
    resources=[frontend, backend, handbook],
)
api_only = ma.Session(
    "api-only",
    agent={"id": engineer.id, "version": engineer.version},
    environment_id=sandbox.id,
    title="Backend only",
    resources=[backend.mount, handbook.mount],
    budget={"type": "limit", "max_list_cost": {"amount": "500", "currency": "USD"}},
)

pulumi.export("fullStack", full_stack.id)
pulumi.export("apiOnly", api_only.id)
pulumi.export("mounted", full_stack.mounted_resources)

"""What a program can ask the platform: its models, an agent's history, what a session mounts and what went wrong."""

import pulumi

import pulumi_managed_agents as ma

config = pulumi.Config()

# Before anything is created, while the program runs: of the models that there are, the first that is wanted.
offered = [each.id for each in ma.list_models().models]
model = next(name for name in ("claude-sonnet-5", "claude-sonnet-4-6") if name in offered)

sandbox = ma.Environment("sandbox", config={"type": "cloud"})
guide = ma.Agent(
    "guide",
    model=model,
    system=config.get("prompt") or "You answer questions about /workspace/handbook.",
    tools=[{"type": "agent_toolset_20260401"}],
)
handbook = ma.RepositoryResource("handbook", url="https://github.com/org/handbook")
questions = ma.Session("questions", agent=guide, environment_id=sandbox, resources=[handbook])

# With arguments that are outputs: asked as soon as they are known.
history = ma.get_agent_versions_output(id=guide.id)
mounted = ma.list_session_resources_output(session_id=questions.id)
failures = ma.list_session_events_output(session_id=questions.id, types=["session.error"])

pulumi.export("model", model)
pulumi.export("versions", history.apply(lambda found: [each.version for each in found.versions]))
pulumi.export("paths", mounted.apply(lambda found: [each.mount_path for each in found.resources]))
pulumi.export("failures", failures.apply(lambda found: [each.text for each in found.events]))

# What somebody else looks after: `pulumi config set elsewhere AGENT_ID`.
elsewhere = config.get("elsewhere")
if elsewhere:
    pulumi.export("elsewhere", ma.get_agent(elsewhere).name)

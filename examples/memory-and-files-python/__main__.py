"""What an agent knows beyond its prompt: memories to read, a skill to follow, a file to work on."""

import pulumi

import pulumi_managed_agents as ma

sandbox = ma.Environment("sandbox", config={"type": "cloud"})

handbook = ma.MemoryStore("handbook", description="What the team agreed on. Read it before you write.")
ma.Memory("tone", memory_store_id=handbook.id, source="memories/tone.md")
ma.Memory("contact", memory_store_id=handbook.id, path="/contact.md", content="Questions go to #releases.")

services = ma.File("services", path="services.csv")

release_notes = ma.Skill("release-notes", path="skills/release-notes")

writer = ma.Agent(
    "writer",
    model="claude-sonnet-4-6",
    system="You write release notes for the services in /mnt/session/uploads/services.csv.",
    tools=[{"type": "agent_toolset_20260401"}],
    # With its version: a new one of the skill makes a new version of the agent, and the preview shows both.
    skills=[{"type": "custom", "skill_id": release_notes.id, "version": release_notes.latest_version_id}],
)

notes = ma.Session(
    "notes",
    agent=writer.id,
    environment_id=sandbox.id,
    resources=[
        {"type": "memory_store", "memory_store_id": handbook.id, "access": "read_only"},
        {"type": "file", "file_id": services.id, "mount_path": "/services.csv"},
    ],
)

pulumi.export("session", notes.id)
pulumi.export("skillVersion", release_notes.latest_version_id)

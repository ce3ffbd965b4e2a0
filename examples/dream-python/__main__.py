"""What sessions learnt, put in order. Change `trigger` and watch what `pulumi up` does."""

import pulumi

import pulumi_managed_agents as ma

sandbox = ma.Environment("sandbox")
notes = ma.MemoryStore("notes", description="What reviewers learnt.")
reviewer = ma.Agent("reviewer", model="claude-sonnet-4-6", system="You review code, and note what you learn.")
review = ma.Session(
    "review",
    agent=reviewer.id,
    environment_id=sandbox.id,
    resources=[{"type": "memory_store", "memory_store_id": notes.id}],
)
night = ma.Dream(
    "night",
    memory_store_id=notes.id,
    session_ids=[review.id],
    model="claude-opus-4-8",
    instructions="Keep what holds for every repository.",
    wait_for_completion=True,
    # Another text runs another dream.
    trigger="1",
)

pulumi.export("status", night.status)
pulumi.export("learnt", night.output_memory_store_id)

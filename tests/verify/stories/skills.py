"""Skills and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import story

if TYPE_CHECKING:
    from verify.run import Run


@story("skills: made, versioned, removed")
def life(run: Run) -> None:
    """One skill to its end; its name bears the label."""
    skills = run.at("skills")
    versions = run.at("skills.versions")
    made = run.create("a create", "skills", files=bundle(run, "How"), **titled(run))
    run.see("a read", skills.retrieve, made.id)
    run.listed("a list", skills.list)
    other = run.see("another version", versions.create, made.id, files=bundle(run, "How else"))
    run.see("its versions, the newest first", versions.list, made.id)
    version = other["id"] if run.platform == "claude" else other["version"]
    run.see("one version", versions.retrieve, version, skill_id=made.id)
    run.see("a removal of a version", versions.delete, version, skill_id=made.id)
    run.see("a removal", skills.delete, made.id)
    run.see("a read of what is removed", skills.retrieve, made.id)


@story("skills: refused")
def refused(run: Run) -> None:
    """Nothing is made by any of these."""
    run.create("a create without its file", "skills", files=[("tables/notes.md", b"notes")], **titled(run))
    run.create("a create without a front matter", "skills", files=[("tables/SKILL.md", b"# How")], **titled(run))


def titled(run: Run) -> dict[str, str]:
    """What people call it: the two SDKs have two words for that."""
    return {"display_name" if run.platform == "claude" else "display_title": "tables"}


def bundle(run: Run, words: str) -> Any:
    """A folder with one file."""
    text = f"---\nname: {run.label}\ndescription: Fills in tables.\n---\n\n# {words}\n"
    return [(f"{run.label}/SKILL.md", text.encode())]

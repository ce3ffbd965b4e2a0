"""Every property of memory stores, memories, files and skills, changed."""

from __future__ import annotations

from engine.declare import ref, row
from engine.fields import Change, Table, child

STORES = Table(
    kind="MemoryStore",
    collection="memory_stores",
    declare=row("MemoryStore"),
    changes=(
        Change("store-removal-deletes", {}, {"on_delete": "delete"}, sends=()),
        Change("store-named", {"name": "one"}, {"name": "two"}, platform={"name": "two"}),
        Change("store-described", {"description": "one"}, {"description": "two"}, platform={"description": "two"}),
        Change("store-no-longer-described", {"description": "one"}, {}, platform={"description": ""}),
        Change(
            "store-labelled",
            {"metadata": {"a": "1", "b": "1"}},
            {"metadata": {"b": "2"}},
            platform={"metadata.a": None, "metadata.b": "2"},
        ),
        Change(
            "store-described-in-a-file",
            {"source": "store.md"},
            {"source": "store.md"},
            platform={"description": "Two."},
        ),
        Change("store-file-renamed", {"source": "same-1.md"}, {"source": "same-2.md"}, "same"),
    ),
    updates=("memory_stores.update",),
    removes=("memory_stores.archive",),
    files={
        "before": {"store.md": "One.\n", "same-1.md": "Same.\n", "same-2.md": "Same.\n"},
        "after": {"store.md": "Two.\n"},
    },
)

MEMORIES = Table(
    kind="Memory",
    elsewhere=("metadata",),
    collection="memories",
    declare=lambda name, /, options=None, **args: row("Memory")(
        name, options, **{"memory_store_id": ref("memories-of-all.id"), "path": f"/{name}.md", **args}
    ),
    changes=(
        Change("memory-rewritten", {"content": "one"}, {"content": "two"}),
        Change("memory-emptied", {"content": "one"}, {}),
        Change("memory-moved", {"path": "/a.md"}, {"path": "/b/c.md"}, platform={"path": "/b/c.md"}),
        Change("memory-rewritten-in-a-file", {"source": "memory.md"}, {"source": "memory.md"}),
        Change(
            "memory-to-another-store",
            {},
            {"memory_store_id": ref("memories-elsewhere.id"), "source": "memory.md"},
            "replace",
        ),
    ),
    around=(row("MemoryStore")("memories-of-all"), row("MemoryStore")("memories-elsewhere")),
    updates=("memory_stores.memories.update",),
    removes=("memory_stores.memories.delete",),
    own=child,
    files={"before": {"memory.md": "# One\n"}, "after": {"memory.md": "# Two\n"}},
)

FILES = Table(
    kind="File",
    elsewhere=("metadata",),
    collection="files",
    declare=row("File"),
    changes=(
        Change("file-of-other-bytes", {"path": "plan.txt"}, {"path": "plan.txt"}, "replace"),
        Change(
            "file-from-another-place",
            {"path": "same-1.md", "filename": "a"},
            {"path": "same-2.md", "filename": "a"},
            "same",
        ),
        Change("file-from-text", {"path": "same-1.md", "filename": "a"}, {"text": "Same.\n", "filename": "a"}, "same"),
        Change("file-of-another-text", {"text": "one", "filename": "a"}, {"text": "two", "filename": "a"}, "replace"),
        Change("file-renamed", {"text": "one", "filename": "a"}, {"text": "one", "filename": "b"}, "replace"),
        Change(
            "file-kept-longer",
            {"text": "one", "filename": "a", "expires_in_seconds": 3600},
            {"text": "one", "filename": "a", "expires_in_seconds": 7200},
            "replace",
        ),
        Change(
            "file-that-is-meant",
            {"path": "own.env", "including": ["own.env"]},
            {"path": "own.env", "including": ["*.env"]},
            "same",
        ),
    ),
    removes=("files.delete",),
    files={
        "before": {"plan.txt": "one", "own.env": "A=1\n", "same-1.md": "Same.\n", "same-2.md": "Same.\n"},
        "after": {"plan.txt": "two"},
    },
)


def skill(name: str, words: str) -> str:
    """The text of a `SKILL.md`."""
    return f"---\nname: {name}\ndescription: What it does.\n---\n{words}\n"


SKILLS = Table(
    kind="Skill",
    elsewhere=("metadata",),
    collection="skills",
    declare=row("Skill"),
    changes=(
        Change("skill-rewritten", {"path": "skill-1"}, {"path": "skill-1"}, sends=("skills.versions.create",)),
        Change("skill-with-another-file", {"path": "skill-2"}, {"path": "skill-2"}, sends=("skills.versions.create",)),
        Change("skill-renamed", {"path": "skill-3"}, {"path": "skill-3"}, "replace"),
        Change("skill-titled", {"path": "skill-4"}, {"path": "skill-4", "display_name": "Titled"}, "replace"),
        Change("skill-from-another-folder", {"path": "skill-4"}, {"path": "skill-5"}, "same"),
        Change(
            "skill-with-what-is-meant",
            {"path": "skill-6", "including": [".env"]},
            {"path": "skill-6", "including": ["**"]},
            "same",
        ),
    ),
    removes=("skills.delete",),
    files={
        "before": {
            "skill-6/.env": "A=1\n",
            **{f"skill-{n}/SKILL.md": skill("reviewing" if n > 3 else f"reviewing-{n}", "Look.") for n in range(1, 7)},
        },
        "after": {
            "skill-1/SKILL.md": skill("reviewing-1", "Look twice."),
            "skill-2/scripts/run.sh": "echo\n",
            "skill-3/SKILL.md": skill("judging", "Look."),
        },
    },
)

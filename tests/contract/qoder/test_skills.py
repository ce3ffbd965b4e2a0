import io
import zipfile
from typing import Any

import pytest

ENTRY = b"---\nname: review\ndescription: >\n  Reviews code,\n  line by line.\n---\n\n# Review\n"


@pytest.fixture
def skills(world: Any) -> Any:
    return world.client.skills


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def skill(skills: Any, **fields: Any) -> Any:
    return skills.create(**{"files": [("review/SKILL.md", ENTRY), ("review/lib/x.py", b"pass")]} | fields)


def test_a_skill_has_a_title_and_a_first_version(skills: Any) -> None:
    made = skill(skills, display_title="Code review", metadata={"a": "1"})
    found = made.to_dict(mode="json")

    assert found.pop("id").startswith("skill_")
    stamp = found.pop("created_at")
    assert found == {
        "type": "skill",
        "display_title": "Code review",
        "source": "custom",
        "latest_version": "1",
        "metadata": {"a": "1"},
        "updated_at": stamp,
    }
    assert skills.retrieve(made.id).to_dict() == made.to_dict()


def test_the_front_matter_names_a_version(skills: Any) -> None:
    made = skill(skills)

    (version,) = skills.versions.list(made.id)

    assert version.id.startswith("skillver_")
    assert (version.name, version.description) == ("review", "Reviews code, line by line.\n")
    assert (version.skill_id, version.version, version.directory) == (made.id, "1", "review")
    assert made.display_title == "review"


@pytest.mark.parametrize("field", ["file", "files"])
@pytest.mark.parametrize("top", ["", "review__"])
def test_a_zip_is_taken_under_both_names(world: Any, field: str, top: str) -> None:
    content = zipped(**{f"{top}SKILL.md": ENTRY, f"{top}x.py": b"pass"})
    data = {"type": "custom", "name": "loses", "description": "loses"}

    made = world.http.post("skills", files={field: ("skill.zip", content)}, data=data).json()

    version = world.client.skills.versions.retrieve("1", skill_id=made["id"])
    assert (version.name, version.directory) == ("review", "review")


def test_the_content_of_a_version_comes_back_as_a_zip(skills: Any) -> None:
    made = skill(skills)

    content = skills.versions.download("1", skill_id=made.id).read()

    assert unzipped(content) == {"review/SKILL.md": ENTRY, "review/lib/x.py": b"pass"}


@pytest.mark.parametrize(
    "files",
    [
        [("README.md", ENTRY)],
        [("a/b/SKILL.md", ENTRY)],
        [("SKILL.md", b"# no front matter")],
        [("SKILL.md", b"---\nname: x\n---\n")],
        [("SKILL.md", b"---\nname: [\n---\n")],
        [("SKILL.md", b"---\n- a\n---\n")],
        [("SKILL.md", b"---\nname: 1\ndescription: y\n---\n")],
        [("SKILL.md", b"---\nname: ' '\ndescription: y\n---\n")],
        [("SKILL.md", b"\xff")],
        [("SKILL.md", ENTRY), ("../x", b"")],
        [("/SKILL.md", ENTRY)],
        [("skill.zip", b"PK\x05\x06" + b"\0" * 18)],
        [("skill.zip", zipped(**{"SKILL.md": ENTRY, "..__x": b""}))],
    ],
)
def test_files_of_another_form_are_refused(skills: Any, refused: Any, files: Any) -> None:
    refused(400, lambda: skills.create(files=files), "files", type="invalid_request_error")
    assert list(skills.list()) == []


def test_something_must_be_sent_and_nothing_unknown(world: Any) -> None:
    files = {"files": ("SKILL.md", ENTRY)}
    for data in ({"colour": "red"}, {"type": "qoder"}, {"metadata": "[]"}):
        assert world.http.post("skills", files=files, data=data).status_code == 400
    assert world.http.post("skills", files={"display_title": (None, b"x")}).status_code == 400
    world.call("POST", "skills", {"display_title": "x"}, status=400)


def test_new_content_is_a_new_version(skills: Any) -> None:
    made = skill(skills)
    entry = ENTRY.replace(b"review", b"audit")

    version = skills.versions.create(made.id, files=[("SKILL.md", entry)])

    assert (version.version, version.name, version.directory) == ("2", "audit", "audit")
    found = skills.retrieve(made.id)
    assert (found.latest_version, found.display_title) == ("2", "review")
    assert found.updated_at > made.updated_at
    assert skills.versions.retrieve("1", skill_id=made.id).name == "review"


def test_versions_are_listed_newest_first_page_by_page(world: Any, skills: Any) -> None:
    made = skill(skills)
    for _ in range(4):
        skills.versions.create(made.id, files=[("SKILL.md", ENTRY)])

    assert [each.version for each in skills.versions.list(made.id, limit=2)] == ["5", "4", "3", "2", "1"]
    assert set(world.call("GET", f"skills/{made.id}/versions")) == {"data", "has_more", "next_page"}


def test_a_deleted_version_leaves_the_others(skills: Any, refused: Any) -> None:
    made = skill(skills)
    skills.versions.create(made.id, files=[("SKILL.md", ENTRY)])

    gone = skills.versions.delete("2", skill_id=made.id)

    assert gone.to_dict() == {"id": "2", "type": "skill_version_deleted"}
    assert skills.retrieve(made.id).latest_version == "1"
    refused(404, lambda: skills.versions.retrieve("2", skill_id=made.id), "Skill version")
    assert skills.versions.create(made.id, files=[("SKILL.md", ENTRY)]).version == "3"
    for version in ("1", "3"):
        skills.versions.delete(version, skill_id=made.id)
    assert skills.retrieve(made.id).latest_version is None


def test_a_deleted_skill_takes_its_versions_and_no_agent_along(world: Any, skills: Any, refused: Any) -> None:
    made = skill(skills)
    agent = world.agent(skills=[{"type": "custom", "skill_id": made.id}])

    assert skills.delete(made.id).to_dict() == {"id": made.id, "type": "skill_deleted"}

    refused(404, lambda: skills.retrieve(made.id), "Skill")
    assert world.control.objects("skill_versions") == []
    assert world.agents.retrieve(agent.id).skills[0].skill_id == made.id


def test_skills_are_filtered_and_paged(world: Any, skills: Any) -> None:
    ids = [skill(skills, display_title=title).id for title in ("a", "b", "a")]

    assert [each.id for each in skills.list(limit=1)] == ids[::-1]
    assert [each.id for each in skills.list(display_name="a")] == [ids[2], ids[0]]
    assert len(list(skills.list(name="review", source="custom"))) == 3
    assert list(skills.list(name="other")) == []
    assert list(skills.list(source="qoder")) == []
    world.call("GET", "skills?source=official", status=400)


def test_a_skill_cannot_be_updated(world: Any, skills: Any) -> None:
    world.call("POST", f"skills/{skill(skills).id}", {"display_title": "x"}, status=405)

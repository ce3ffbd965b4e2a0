import hashlib
from typing import Any

import pytest
from contract.refusals import absent, refused

ABOUT = "Fills in tables."
READ = {"type": "agent_toolset_20260401"}


def about(name: str | None = "tables", description: str | None = ABOUT, *more: str) -> bytes:
    said = {"name": name, "description": description}
    lines = [f"{key}: {value}" for key, value in said.items() if value is not None]
    return "\n".join(["---", *lines, *more, "---", "", "# How", ""]).encode()


def bundle(text: bytes | None = None, directory: str = "tables", **more: bytes) -> list[tuple[str, bytes]]:
    files = {"SKILL.md": about() if text is None else text} | more
    return [(f"{directory}/{path}", content) for path, content in files.items()]


@pytest.fixture
def skills(world: Any) -> Any:
    return world.client.skills


def test_a_new_skill_comes_back_with_its_first_version(skills: Any) -> None:
    skill = skills.create(files=bundle())

    assert skill.id.startswith("skill_")
    assert skill.to_dict() == {
        "id": skill.id,
        "type": "skill",
        "display_name": "tables",
        "latest_version_id": skill.latest_version_id,
        "source": {"type": "custom"},
        "created_at": skill.created_at,
        "updated_at": skill.created_at,
    }
    assert skills.retrieve(skill.id) == skill
    version = skills.versions.retrieve(skill.latest_version_id, skill_id=skill.id)
    assert version.id.startswith("skillver_")
    assert version.to_dict() == {
        "id": skill.latest_version_id,
        "type": "skill_version",
        "skill_id": skill.id,
        "name": "tables",
        "description": ABOUT,
        "created_at": version.created_at,
    }


def test_the_control_plane_tells_the_hashes_of_the_files(world: Any, skills: Any) -> None:
    files = bundle(**{"scripts/fill.py": b"print()"})
    skills.create(files=files)

    (found,) = world.control.objects("skill_versions")

    assert found["files"] == {path: hashlib.sha256(content).hexdigest() for path, content in files}


def test_a_display_name_is_a_label_that_need_not_be_unique(skills: Any) -> None:
    one, two = (skills.create(files=bundle(), display_name="Tables & more") for _ in range(2))

    assert one.display_name == two.display_name == "Tables & more"
    assert one.id != two.id


@pytest.mark.parametrize("display_name", ["x" * 256, "two\nlines", ""])
def test_a_display_name_is_one_short_line(world: Any, skills: Any, display_name: str) -> None:
    refused(lambda: skills.create(files=bundle(), display_name=display_name), "display_name")
    assert world.control.objects("skills") == []


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        (about(), "tables", ABOUT),
        (about(None), "from-its-directory", ABOUT),
        (about("'a-1'", '"With: a colon"'), "a-1", "With: a colon"),
        (about("tables", "Words # and a remark"), "tables", "Words"),
        (about("tables", ABOUT, "license: MIT", "", "# a remark"), "tables", ABOUT),
        (about().replace(b"\n", b"\r\n"), "tables", ABOUT),
        (about("x" * 64, "y" * 1024), "x" * 64, "y" * 1024),
    ],
)
def test_name_and_description_stand_in_the_front_matter(skills: Any, text: bytes, name: str, description: str) -> None:
    skill = skills.create(files=bundle(text, "from-its-directory"))

    version = skills.versions.retrieve("latest", skill_id=skill.id)
    assert (version.name, version.description) == (name, description)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (b"", "front matter"),
        (b"# How\n", "front matter"),
        (b"---\nname: tables\n", "front matter"),
        (b"\xff\xfe", "UTF-8"),
        (about("Tables"), "name"),
        (about("my tables"), "name"),
        (about("my_tables"), "name"),
        (about("x" * 65), "name"),
        (about("claude-tables"), "claude"),
        (about("anthropic"), "anthropic"),
        (about("tables", None), "description"),
        (about("tables", ""), "description"),
        (about("tables", "y" * 1025), "description"),
        (about("tables", ABOUT, "name: again"), "once"),
        (about("tables", ABOUT, "metadata:", "  nested: yes"), "key: value"),
        (about("tables", ABOUT, "- item"), "key: value"),
        (about("tables", ABOUT, "tags: [a, b]"), "tags"),
        (about("tables", "> folded"), "description"),
        (about("tables", "one: two"), "description"),
        (about("tables", '"half'), "description"),
    ],
)
def test_a_front_matter_that_breaks_a_rule_is_refused(world: Any, skills: Any, text: bytes, named: str) -> None:
    refused(lambda: skills.create(files=bundle(text)), "SKILL.md", named)
    assert world.control.objects("skills") == []


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ([("SKILL.md", about())], "files"),
        ([("tables/README.md", b"x")], "SKILL.md"),
        ([("tables/docs/SKILL.md", about())], "SKILL.md"),
        ([("tables/skill.md", about())], "SKILL.md"),
        ([*bundle(), ("other/a.txt", b"x")], "top-level"),
        ([*bundle(), ("tables/../a.txt", b"x")], "files"),
        ([*bundle(), ("/tables/a.txt", b"x")], "files"),
        ([*bundle(), ("tables\\a.txt", b"x")], "files"),
        ([*bundle(), *bundle()], "twice"),
        ([], "files"),
    ],
)
def test_files_that_are_no_bundle_are_refused(world: Any, skills: Any, files: Any, named: str) -> None:
    refused(lambda: skills.create(files=files), named)
    assert world.control.objects("skills") == []


def test_an_unknown_field_is_refused(skills: Any) -> None:
    refused(lambda: skills.create(files=bundle(), extra_body={"description": "x"}), "description")
    skill = skills.create(files=bundle())
    refused(lambda: skills.versions.create(skill.id, files=bundle(), extra_body={"display_name": "x"}), "display_name")


def test_a_skill_stays_below_30_megabytes(skills: Any) -> None:
    error = refused(lambda: skills.create(files=bundle(data=b"x" * 30 * 1024 * 1024)), status=413)

    assert error["type"] == "request_too_large"


def test_a_new_upload_is_the_latest_version(skills: Any) -> None:
    skill = skills.create(files=bundle())

    version = skills.versions.create(skill.id, files=bundle(about("tables", "Newer."), "another-directory"))

    changed = skills.retrieve(skill.id)
    assert changed.latest_version_id == version.id != skill.latest_version_id
    assert changed.updated_at > skill.updated_at
    assert skills.versions.retrieve("latest", skill_id=skill.id) == version
    assert skills.versions.retrieve(skill.latest_version_id, skill_id=skill.id).description == ABOUT
    assert [each.id for each in skills.versions.list(skill.id)] == [version.id, skill.latest_version_id]


def test_the_name_of_a_skill_never_changes(skills: Any) -> None:
    skill = skills.create(files=bundle())

    refused(lambda: skills.versions.create(skill.id, files=bundle(about("charts"))), "tables")
    refused(lambda: skills.versions.create(skill.id, files=bundle(about(None), "charts")), "tables")
    assert skills.retrieve(skill.id) == skill


def test_the_latest_of_what_is_left_is_the_latest(skills: Any) -> None:
    skill = skills.create(files=bundle())
    newer = skills.versions.create(skill.id, files=bundle())

    deleted = skills.versions.delete("latest", skill_id=skill.id)

    assert deleted.to_dict() == {"id": newer.id, "type": "skill_version_deleted"}
    assert skills.retrieve(skill.id).latest_version_id == skill.latest_version_id
    absent(
        lambda: skills.versions.retrieve(newer.id, skill_id=skill.id),
        lambda: skills.versions.delete(newer.id, skill_id=skill.id),
    )


@pytest.mark.parametrize("status", [400, 409])
def test_a_skill_keeps_its_only_version(world: Any, skills: Any, status: int) -> None:
    skill = skills.create(files=bundle())
    world.control.settings(last_skill_version_status=status)

    refused(lambda: skills.versions.delete(skill.latest_version_id, skill_id=skill.id), status=status)


def test_a_deleted_skill_takes_its_versions_along(world: Any, skills: Any) -> None:
    skill, other = skills.create(files=bundle()), skills.create(files=bundle())
    skills.versions.create(skill.id, files=bundle())

    assert skills.delete(skill.id).to_dict() == {"id": skill.id, "type": "skill_deleted"}

    absent(
        lambda: skills.retrieve(skill.id),
        lambda: skills.delete(skill.id),
        lambda: skills.versions.list(skill.id),
        lambda: skills.versions.create(skill.id, files=bundle()),
        lambda: skills.versions.retrieve("latest", skill_id=skill.id),
    )
    assert [each["id"] for each in world.control.objects("skill_versions")] == [other.latest_version_id]


def test_a_version_is_found_in_its_own_skill_only(skills: Any) -> None:
    skill, other = skills.create(files=bundle()), skills.create(files=bundle())

    absent(lambda: skills.versions.retrieve(skill.latest_version_id, skill_id=other.id))


def test_skills_and_versions_are_paged_newest_first(skills: Any) -> None:
    made = [skills.create(files=bundle()).id for _ in range(5)]
    versions = [skills.versions.create(made[0], files=bundle()).id for _ in range(4)]

    assert [each.id for each in skills.list(limit=2)] == made[::-1]
    assert [each.id for each in skills.versions.list(made[0], limit=2)][:4] == versions[::-1]
    assert [each.id for each in skills.list(source="custom")] == made[::-1]
    assert list(skills.list(source="anthropic")) == []
    refused(lambda: skills.list(limit=1001), "limit")
    refused(lambda: skills.versions.list(made[0], limit=1001), "limit")


def test_an_agent_is_pinned_to_the_latest_version(world: Any, skills: Any) -> None:
    skill = skills.create(files=bundle())
    reference = {"type": "custom", "skill_id": skill.id}
    agent = world.agent(tools=[READ], skills=[reference])
    newer = skills.versions.create(skill.id, files=bundle())

    assert agent.skills[0].version == skill.latest_version_id
    assert world.agents.update(agent.id, skills=[reference]).skills[0].version == newer.id
    older = world.agents.update(agent.id, skills=[reference | {"version": skill.latest_version_id}])
    assert older.skills[0].version == skill.latest_version_id
    session = world.session(
        agent={"type": "agent_with_overrides", "id": agent.id, "skills": [reference | {"version": "latest"}]}
    )
    assert session.agent.skills[0].version == "latest"
    world.control.settings(explicit_latest_skill="pin")
    pinned = world.agents.update(agent.id, skills=[reference | {"version": "latest"}])
    assert pinned.skills[0].version == newer.id


def test_an_agent_refers_to_skills_and_versions_that_are_there(world: Any, skills: Any) -> None:
    skill = skills.create(files=bundle())
    skills.versions.create(skill.id, files=bundle())
    skills.versions.delete(skill.latest_version_id, skill_id=skill.id)
    gone = {"type": "custom", "skill_id": skill.id, "version": skill.latest_version_id}
    made_up = {"type": "custom", "skill_id": "of-another-day"}

    refused(lambda: world.agent(tools=[READ], skills=[gone]), "skills.0.version", status=404)
    assert world.agent(tools=[READ], skills=[made_up]).skills[0].version == "1"
    skills.delete(skill.id)
    refused(lambda: world.agent(tools=[READ], skills=[made_up, gone]), "skills.1.skill_id", status=404)
    world.control.settings(unknown_references="refuse")
    refused(lambda: world.agent(tools=[READ], skills=[made_up]), "skills.0.skill_id", status=404)
    assert world.agent(tools=[READ], skills=[{"type": "anthropic", "skill_id": "pdf"}]).skills[0].version == "1"


def test_another_program_uploads_and_removes(world: Any, skills: Any) -> None:
    skill = skills.create(files=bundle())
    newer = skills.versions.create(skill.id, files=bundle())

    world.control.change("skills", skill.id, display_name="drifted")
    world.control.remove("skill_versions", newer.id)
    found = skills.retrieve(skill.id)
    assert (found.display_name, found.latest_version_id) == ("drifted", skill.latest_version_id)
    world.control.remove("skills", skill.id)

    absent(lambda: skills.retrieve(skill.id))
    assert world.control.objects("skill_versions") == []

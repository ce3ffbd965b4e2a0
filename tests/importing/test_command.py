"""`managed-agents import` up to the files that it writes; what the engine makes of them is tested on the engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from importing.ant_checkout import TOKEN, check_out
from importing.populated import TOKENS, client, populate

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.declaration.prose import read_prose
from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_managed_agents.emulator import Server


@pytest.fixture
def world(tmp_path: Path) -> Callable[[Callable[[Server], Any]], Any]:
    """Does something with the served emulator that the command then reads."""

    def done(action: Callable[[Server], Any]) -> Any:
        with Emulator(tmp_path / "w.emulator") as emulator, emulator.serve() as server:
            return action(server)

    return done


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., int]:
    """Runs the command on that emulator."""
    return lambda *words: main(["import", "--emulator", str(tmp_path / "w.emulator"), *words])


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(capsys.readouterr().out)
    return rows


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--kind", "Vault", "--kind", "Session"], ["keys", "spare keys", "review"]),
        (["--name", "*review*"], ["Code reviewer", "Weekly review", "review"]),
        (["--name", "Team*"], ["Team notes", "/style/python.md", "/prices.md"]),
        (["--name", "Team*", "--kind", "MemoryStore"], ["Team notes"]),
        (["--name", "review", "--sessions"], ["review", "review"]),
    ],
)
def test_what_is_taken_is_chosen_by_kind_and_name(
    world: Any, command: Any, capsys: pytest.CaptureFixture[str], words: list[str], expected: list[str]
) -> None:
    world(populate)

    assert command("--list", "--json", *words) == 0

    assert sorted(row["name"] for row in listed(capsys)) == sorted(expected)


def test_what_is_taken_is_chosen_by_id(world: Any, command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    ids = world(populate)
    own = ids["github"].partition("/")[2]

    assert command("--list", "--json", "--id", ids["session"], "--id", own, "--id", ids["mount"]) == 0

    assert {row["id"] for row in listed(capsys)} == {ids["session"], ids["github"], ids["mount"]}


def test_what_is_archived_is_not_there(world: Any, command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    ids = world(populate)
    command("--list", "--json")
    assert ids["gone"] not in {row["id"] for row in listed(capsys)}

    assert command("--list", "--id", ids["gone"]) == 1

    assert f"there is no {ids['gone']}" in capsys.readouterr().err


def test_a_list_is_a_table_in_which_names_cannot_steer_the_terminal(
    world: Any, command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    world(lambda server: client(server).beta.vaults.create(display_name="a\x1b[2Jb"))

    command("--list")

    header, row = capsys.readouterr().out.splitlines()
    assert header.split() == ["KIND", "NAME", "ID"]
    assert "a\\x1b[2Jb" in row


def test_sessions_of_deployments_are_taken_by_id_only(
    world: Any, command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(server: Server) -> str:
        ids = populate(server)
        run = client(server).beta.deployments.run(ids["deployment"])
        return str(run.session_id)

    session = world(act)
    command("--list", "--json", "--sessions")
    told = capsys.readouterr()
    assert session not in told.out
    assert "1 that deployments made are left out" in told.err

    assert command("--list", "--id", session) == 0


def test_no_secret_is_in_any_file_and_nothing_is_sent(world: Any, command: Any, tmp_path: Path) -> None:
    world(populate)

    assert command("--out", str(tmp_path / "out"), "--sessions") == 0

    texts = [path.read_text() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not [text for text in texts for token in TOKENS if token in text]
    with Emulator(tmp_path / "w.emulator") as emulator:
        methods = [row["method"] for row in emulator.control.requests() if row["method"] != "GET"]
        made = len([row for row in emulator.control.requests() if row["operation"].endswith((".create", ".upload"))])
    assert len(methods) == made + 1  # the one that was archived


def test_the_program_is_of_the_place_that_was_asked(
    world: Any, command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the setting its import would ask another place, where nothing of it is."""
    world(populate)

    assert command("--out", str(tmp_path / "out"), "--kind", "Vault", "--place", "google-cloud") == 0

    capsys.readouterr()
    assert "managed-agents:place: google-cloud" in (tmp_path / "out" / "Pulumi.yaml").read_text()


def test_files_that_are_there_are_kept_unless_forced(
    world: Any, command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world(populate)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Pulumi.yaml").write_text("mine")

    assert command("--out", str(tmp_path / "out")) == 1

    assert "Pulumi.yaml in" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Pulumi.yaml"]
    assert (tmp_path / "out" / "Pulumi.yaml").read_text() == "mine"
    assert command("--out", str(tmp_path / "out"), "--force") == 0
    assert (tmp_path / "out" / "Pulumi.yaml").read_text() != "mine"


def test_prose_is_written_as_markdown_where_a_file_can_say_it(world: Any, command: Any, tmp_path: Path) -> None:
    prompts = {"plain": "You review.\n\n---\nNo front matter.", "front": "---\nname: x\n---\nText", "spaces": " x "}

    def act(server: Server) -> None:
        for name, system in prompts.items():
            client(server).beta.agents.create(name=name, model="claude-opus-4-8", system=system)

    world(act)

    assert command("--out", str(tmp_path / "out"), "--prose") == 0

    resources = yaml.safe_load((tmp_path / "out" / "Pulumi.yaml").read_text())["resources"]
    assert resources["plain"]["properties"]["source"] == "agents/plain.md"
    assert "system" not in resources["plain"]["properties"]
    assert read_prose((tmp_path / "out" / "agents" / "plain.md").read_bytes()) == ({}, prompts["plain"])
    assert resources["front"]["properties"]["system"] == prompts["front"]
    assert resources["spaces"]["properties"]["system"] == prompts["spaces"]
    assert [path.name for path in (tmp_path / "out" / "agents").iterdir()] == ["plain.md"]


def test_a_skill_gets_a_folder_with_its_name(world: Any, command: Any, tmp_path: Path) -> None:
    world(populate)

    command("--out", str(tmp_path / "out"), "--kind", "Skill")

    front, text = read_prose((tmp_path / "out" / "skills" / "reviewing-twice" / "SKILL.md").read_bytes())
    assert front == {"name": "reviewing", "description": "How: we review"}
    assert "Put the skill's own files into this folder" in text


def test_nothing_to_take_is_said(world: Any, command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world(lambda _: None)

    assert command("--out", str(tmp_path / "out")) == 1

    assert "nothing was chosen" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_checkout_becomes_a_program_that_names_its_files(world: Any, command: Any, tmp_path: Path) -> None:
    world(lambda server: check_out(server, tmp_path / "checkout"))

    assert command("--from-ant", str(tmp_path / "checkout"), "--out", str(tmp_path / "out")) == 0

    text = (tmp_path / "out" / "Pulumi.yaml").read_text()
    properties = {name: row["properties"] for name, row in yaml.safe_load(text)["resources"].items()}
    assert TOKEN not in text
    assert properties["reviewing"] == {"path": "../checkout/skills/reviewing"}
    assert properties["reviewer"]["source"] == "../checkout/agents/reviewer.md"
    assert "system" not in properties["reviewer"]
    assert properties["notes"] == {"source": "../checkout/memory_stores/notes.md"}
    assert properties["lead"]["multiagent"]["agents"][0] == {
        "type": "agent",
        "id": "${reviewer.id}",
        "version": "${reviewer.version}",
    }
    assert properties["nightly"]["resources"][1]["authorizationToken"] == "${nightlyAuthorizationToken}"


def test_a_checkout_that_says_something_else_is_pointed_out(
    world: Any, command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world(lambda server: check_out(server, tmp_path / "checkout"))
    (tmp_path / "checkout" / "vaults" / "keys.yaml").write_text("display_name: Other keys\ncolour: blue\n")

    assert command("--from-ant", str(tmp_path / "checkout"), "--out", str(tmp_path / "out")) == 0

    told = capsys.readouterr().err
    assert "./vaults/keys.yaml: `displayName` is not as the platform has it" in told
    assert "./vaults/keys.yaml: `colour` is no property of Vault" in told


def test_an_object_that_is_gone_is_left_out(
    world: Any, command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(server: Server) -> str:
        ids = check_out(server, tmp_path / "checkout")
        client(server).beta.vaults.delete(ids["vaults/keys.yaml"])
        return ids["vaults/keys.yaml"]

    gone = world(act)

    assert command("--from-ant", str(tmp_path / "checkout"), "--out", str(tmp_path / "out")) == 0

    assert f"{gone} is gone or archived" in capsys.readouterr().err
    assert gone not in (tmp_path / "out" / "import.json").read_text()


def change_lock(folder: Path, **changes: Any) -> None:
    path = folder / "claude-lock.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"origin": {"organization_id": "org_of_others"}}, "another account (organization_id org_of_others)"),
        ({"version": 2}, "has version 2, and only 1 is known"),
        ({"resources": {"../x.md": {"kind": "agent", "id": "agent_1"}}}, "outside of its folder"),
        ({"resources": {"./x.md": {"kind": "dream", "id": "drm_1"}}}, "a kind that is not known"),
        ({"resources": []}, "is no lock file of `ant apply`"),
    ],
)
def test_a_lock_file_that_does_not_fit_is_refused(
    world: Any,
    command: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, Any],
    problem: str,
) -> None:
    world(lambda server: check_out(server, tmp_path / "checkout"))
    change_lock(tmp_path / "checkout", **changes)

    assert command("--from-ant", str(tmp_path / "checkout"), "--out", str(tmp_path / "out")) == 1

    assert problem in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        (
            "agents/reviewer.md",
            "---\nmodel: m\nskills: [../skills/nowhere]\n---\n",
            "does not know: apply it with `ant`",
        ),
        ("agents/reviewer.md", "---\nmodel: m\ntools: [../../outside.yaml]\n---\n", "is outside of the checkout"),
        ("vaults/keys.yaml", "a: 1\n---\nb: 2\n", "holds more than one document"),
        ("vaults/keys.yaml", "- a\n", "mapping"),
        ("environments/open.json", "{", "is no JSON (line 1)"),
    ],
)
def test_a_file_that_cannot_be_understood_is_named(
    world: Any, command: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, problem: str
) -> None:
    world(lambda server: check_out(server, tmp_path / "checkout"))
    (tmp_path / "checkout" / file).write_text(text)

    assert command("--from-ant", str(tmp_path / "checkout"), "--out", str(tmp_path / "out")) == 1

    told = capsys.readouterr().err
    assert problem in told
    assert file in told

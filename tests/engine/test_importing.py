"""`managed-agents import`: a populated platform becomes a program that has nothing left to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine import once
from engine.stack import Stack
from engine.test_import_of_every_kind import FILES, everything
from engine.yaml_stack import YamlStack
from examples.prepared import Prepared
from importing.ant_checkout import TOKEN, check_out
from importing.populated import TOKENS, populate

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "a-made-up-secret,-number"
VALUE = "value-of-a-variable"


class Taken(Stack):
    """A stack of a project that the command wrote."""

    token = "managed-agents:index:"

    def __init__(self, folder: Path, project: Path, world: Path) -> None:
        super().__init__(folder)
        self.folder = project
        self.emulator_path = world
        once.installed(Path(self.environment["PULUMI_HOME"]))
        self.initialise()

    def settings(self, names: list[str]) -> None:
        """Sets each secret to something made up."""
        values = [f"{name}={WORD}-{number}" for number, name in enumerate(names)]
        self.secrets |= {f"{WORD}-{number}" for number in range(len(names))}
        self.succeed("config", "set-all", *(part for value in values for part in ("--secret", value)))

    def take(self) -> int:
        """`pulumi import` as the command says it; how many resources there are then."""
        self.succeed("import", "--file", "import.json", "--generate-code=false", "--protect=false", "--yes")
        return len(self.state())

    def changed(self, since: int) -> list[str]:
        """The operations that were more than a look."""
        return [entry["operation"] for entry in self.log(since) if entry["method"] != "GET"]


def taken(tmp_path: Path, world: Path, *arguments: str) -> Taken:
    """A new stack of the project that the command writes with the arguments."""
    project = tmp_path / "taken" / "over"
    assert main(["import", "--emulator", str(world), "--out", str(project), *arguments]) == 0
    return Taken(tmp_path, project, world)


def texts(folder: Path) -> Iterator[str]:
    return (path.read_text() for path in folder.rglob("*") if path.is_file() and path.suffix != ".emulator")


def needed(output: str) -> list[str]:
    """The secrets that the printed steps set."""
    return [line.split()[-1] for line in output.splitlines() if "config set --secret" in line]


def test_a_populated_workspace_is_taken_over_without_a_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = tmp_path / "w.emulator"
    with Emulator(world) as emulator, emulator.serve() as server:
        ids = populate(server)
        mark = max(row["n"] for row in emulator.control.requests())
    stack = taken(tmp_path, world, "--sessions", "--prose", "--id", ids["mount"])
    secrets = needed(capsys.readouterr().out)
    assert len(secrets) == 5
    assert not [text for text in texts(stack.folder) for token in TOKENS if token in text]

    stack.settings(secrets)
    assert stack.take() == 20
    preview = stack.preview()

    credentials = {"github": ["update"], "tickets": ["update"], "pager": ["update"]}
    assert preview.operations == credentials
    assert stack.changed(mark) == []
    assert stack.up().operations == credentials
    assert stack.changed(mark) == ["vaults.credentials.update"] * 3
    stack.quiet()
    assert {found["id"] for found in stack.state().values()} >= {ids[name] for name in ids if name != "gone"}


def test_the_program_in_python_says_the_same(tmp_path: Path) -> None:
    world = tmp_path / "w.emulator"
    with Emulator(world) as emulator, emulator.serve() as server:
        populate(server)
        mark = max(row["n"] for row in emulator.control.requests())
    kinds = ("Agent", "Deployment", "Environment", "File", "Memory", "MemoryStore", "Skill", "Vault")
    chosen = [word for kind in kinds for word in ("--kind", kind)]
    stack = taken(tmp_path, world, "--language", "python", "--sessions", *chosen)
    Prepared()("python")
    Prepared().give("python", stack.folder)

    assert stack.take() == 16
    stack.quiet()

    assert stack.changed(mark) == []


def test_a_checkout_of_ant_apply_is_taken_over_with_its_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, checkout = tmp_path / "w.emulator", tmp_path / "checkout"
    with Emulator(world) as emulator, emulator.serve() as server:
        check_out(server, checkout)
        mark = max(row["n"] for row in emulator.control.requests())
    stack = taken(tmp_path, world, "--from-ant", str(checkout))
    told = capsys.readouterr()
    assert "is not as the platform has it" not in told.err
    assert not [text for text in texts(stack.folder) if TOKEN in text]

    stack.settings(needed(told.out))
    assert stack.take() == 7
    assert stack.preview().operations == {"nightly": ["update"]}
    assert stack.changed(mark) == []

    stack.up()
    stack.quiet()
    skill = checkout / "skills" / "reviewing" / "SKILL.md"
    skill.write_text(skill.read_text() + "Look three times.\n")
    # The deployment follows its agent to the version that comes.
    assert stack.preview().operations == dict.fromkeys(("reviewing", "reviewer", "lead", "nightly"), ["update"])


@pytest.mark.front_end("plugin")
def test_what_is_on_qoder_is_taken_over_too(stack: YamlStack, tmp_path: Path) -> None:
    stack.use("qoder")
    stack.write(FILES)
    rows = everything("qoder")
    variables = {"environment_variables": {"MODE": VALUE}}
    stack.declare(*({**row, "args": row["args"] | variables} if row["kind"] == "Session" else row for row in rows))
    stack.up()
    mark = stack.mark()
    (tmp_path / "second").mkdir()

    other = taken(tmp_path / "second", stack.emulator_path, "--platform", "qoder", "--sessions")

    assert not [text for text in texts(other.folder) if VALUE in text]
    other.succeed("config", "set", "--secret", "reviewMODE", VALUE)
    assert other.take() == 9
    # The engine wrote the value as the platform has it: the mark is a change of the state, and of nothing else.
    assert other.preview().operations == {"review": ["update"]}
    other.up()
    other.quiet()
    assert other.changed(mark) == []
    listed: list[dict[str, Any]] = json.loads((other.folder / "import.json").read_text())["resources"]
    assert {row["id"] for row in listed} == {row["id"] for row in other.state().values()}
    shutil.rmtree(other.folder)

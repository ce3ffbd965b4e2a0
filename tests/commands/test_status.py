"""`managed-agents status`: for people at a terminal, for programs, and for cron."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from core.crashed import Crashed
from observation.standing import APP, TOKEN, Standing

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["claude", "qoder"])
def stack(request: pytest.FixtureRequest, tmp_path: Path) -> Standing:
    found = Standing(Crashed(tmp_path / "world.emulator", request.param))
    found.session(resources=[{**APP, "authorizationToken": TOKEN}])
    return found


def target(stack: Standing) -> list[str]:
    return ["--emulator", str(stack.path), "--platform", stack.crashed.platform]


def status(stack: Standing, *words: str) -> int:
    file = stack.path.with_suffix(".json")
    file.write_bytes(stack.crashed.text())
    return main(["status", str(file), *words, *target(stack)])


def test_all_is_well(stack: Standing, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(stack) == 0

    text = capsys.readouterr().out
    assert "All is well." in text
    assert "shop/dev: 3 objects, sessions: 1 idle" in text
    assert "https://github.com/org/app" in text
    assert "\x1b" not in text
    assert TOKEN not in text


def test_what_needs_somebody_comes_first_and_has_an_exit_code_of_its_own(
    stack: Standing, capsys: pytest.CaptureFixture[str]
) -> None:
    stack.control().remove("sessions", stack.states["review"].id)

    assert status(stack) == 3

    assert capsys.readouterr().out.splitlines()[1].startswith("x gone       review is gone")


def test_what_cannot_be_looked_at_has_one_too(stack: Standing, capsys: pytest.CaptureFixture[str]) -> None:
    stack.control().faults([{"status": 403, "times": 1000}])

    assert status(stack) == 1

    text = capsys.readouterr().out
    assert "unread" in text
    assert "not looked at" in text


def test_a_program_reads_a_document(stack: Standing, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(stack, "--json") == 0

    document = json.loads(capsys.readouterr().out)
    assert document["stacks"] == ["shop/dev"]
    session = next(each for each in document["things"] if each["kind"] == "Session")
    assert (session["name"], session["status"], session["mounts"][0]["url"]) == ("review", "idle", APP["url"])
    assert document["concerns"] == []


def test_standard_input_is_a_state_too(stack: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stack.crashed.text())))

    assert main(["status", "-", *target(stack)]) == 0


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b'{"deployment": {"resources": 1}}', b"[" * 100_000])
def test_a_state_that_is_none_is_a_wrong_input(
    stack: Standing, text: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = stack.path.with_suffix(".json")
    file.write_bytes(text)

    assert main(["status", str(file), *target(stack)]) == 2
    assert "world.json" in capsys.readouterr().err


def test_a_file_that_is_not_there_and_a_folder_without_a_stack_are_wrong_inputs(
    stack: Standing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", str(tmp_path / "nothing"), *target(stack)]) == 2
    assert main(["status", "--cwd", str(tmp_path), *target(stack)]) == 2
    assert capsys.readouterr().err.count("managed-agents status:") == 2


def test_many_states_are_one_look(stack: Standing, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    one.write_bytes(stack.crashed.text())
    other.write_bytes(stack.crashed.text().replace(b"urn:pulumi:dev::", b"urn:pulumi:prod::"))

    assert main(["status", str(one), str(other), *target(stack)]) == 0

    text = capsys.readouterr().out
    assert "2 stacks: 6 objects" in text
    assert "shop/prod" in text


def test_it_looks_again_until_it_is_interrupted(stack: Standing) -> None:
    file = stack.path.with_suffix(".json")
    file.write_bytes(stack.crashed.text())
    words = ["status", str(file), "--watch", "1", *target(stack)]
    command = [sys.executable, "-m", "pulumi_managed_agents.cli", *words]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        try:
            _until(process.stdout, "All is well.")
            with Emulator(stack.path) as emulator:
                emulator.control.on(stack.crashed.platform).remove("sessions", stack.states["review"].id)
            _until(process.stdout, "review is gone")
        finally:
            process.terminate()


def _until(lines: io.TextIOBase, text: str) -> None:
    assert any(text in line for line in lines)


def test_colour_is_for_a_terminal_and_for_who_wants_it(
    stack: Standing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)

    status(stack)
    coloured = capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    status(stack)

    assert "\x1b[32mAll is well.\x1b[0m" in coloured
    assert "\x1b" not in capsys.readouterr().out

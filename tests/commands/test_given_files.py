"""Files that are given to commands: whatever they are, the command ends."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.emulator import Emulator, EmulatorError
from pulumi_managed_agents.errors import ConfigError
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.settings import configure

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://github.com/org/app"

COMMANDS = {
    "a state": ["policy", "GIVEN"],
    "a configuration": ["policy", "STATE", "--config", "GIVEN"],
    "a token": ["check-access", URL, "--emulator", "WORLD", "--token-file", "GIVEN"],
    "the world of a log": ["requests", "GIVEN"],
    "a world to serve": ["emulator", "--file", "GIVEN"],
    "a world": ["import", "--list", "--emulator", "GIVEN"],
    "a lock file": ["import", "--list", "--emulator", "WORLD", "--from-ant", "GIVEN"],
}


def told(case: str, given: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command says of a file, as it refuses it."""
    with Emulator(folder / "w.emulator"):
        pass
    (folder / "state.json").write_text(json.dumps({"deployment": {"resources": []}}))
    places = {"GIVEN": given, "STATE": folder / "state.json", "WORLD": folder / "w.emulator"}
    code = main([str(places.get(word, word)) for word in COMMANDS[case]])
    assert code in (1, 2)
    return capsys.readouterr().err


@pytest.mark.timeout(5)
@pytest.mark.parametrize("case", [case for case in COMMANDS if case != "a world"])
def test_a_pipe_is_refused_at_once(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert "is no file" in told(case, tmp_path / "pipe", tmp_path, capsys)


@pytest.mark.timeout(5)
def test_a_pipe_is_no_world(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert "there is no emulator in" in told("a world", tmp_path / "pipe", tmp_path, capsys)


@pytest.mark.timeout(5)
def test_a_setting_that_names_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ConfigError, match="is no file"):
        connect(configure({"emulator": str(tmp_path / "pipe")}, {}))
    with pytest.raises(EmulatorError, match="is no file"):
        Emulator(tmp_path / "pipe")


@pytest.mark.parametrize("case", ["a state", "a configuration", "a token", "a lock file"])
def test_a_file_that_is_far_too_large_is_refused_unread(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(20 << 30)

    assert "has more than" in told(case, tmp_path / "sparse", tmp_path, capsys)


@pytest.mark.parametrize("case", ["a state", "a configuration", "a lock file"])
def test_a_document_that_is_nested_very_deeply_is_refused(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deep").write_text("[" * 100_000)

    assert told(case, tmp_path / "deep", tmp_path, capsys)


def test_a_token_may_lie_behind_a_link(tmp_path: Path) -> None:
    with Emulator(tmp_path / "w.emulator") as emulator:
        emulator.control.repositories(
            [{"url": URL, "private": True, "branches": ["main"], "tokens": ["made-up-token"]}]
        )
    (tmp_path / "real").write_text("made-up-token\n")
    (tmp_path / "token").symlink_to("real")

    given = ["--emulator", str(tmp_path / "w.emulator"), "--token-file", str(tmp_path / "token")]
    assert main(["check-access", URL, *given]) == 0

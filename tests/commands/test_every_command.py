"""What holds for every command: help, JSON, completion, sentences for what is wrong, and a start without a wait."""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from waiting import until

from pulumi_managed_agents.cli import main, parser
from pulumi_managed_agents.emulator import Emulator

COMMAND = [sys.executable, "-m", "pulumi_managed_agents.cli"]
URL = "https://github.com/org/app"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """An emulator that was asked a few times."""
    path = tmp_path / "world.emulator"
    with Emulator(path) as emulator:
        private = {"url": f"{URL}-of-others", "private": True, "branches": ["main"], "tokens": []}
        emulator.control.repositories([{"url": URL, "private": False, "branches": ["main"], "tokens": []}, private])
    return path


def ask(world: Path, times: int = 1) -> None:
    """Requests for the emulator to remember."""
    for _ in range(times):
        main(["doctor", "--emulator", str(world)])


def subparsers() -> dict[str, argparse.ArgumentParser]:
    [choices] = [action.choices for action in actions(parser()) if action.dest == "name"]
    return dict(choices or {})


def actions(of: argparse.ArgumentParser) -> list[argparse.Action]:
    return of._actions  # noqa: SLF001 - the library tells it no other way


# Help


def test_every_command_and_every_option_says_what_it_does() -> None:
    silent = [
        name for name, found in subparsers().items() if not found.description or "xit code" not in found.description
    ]
    silent += [f"{name} {a.dest}" for name, found in subparsers().items() for a in actions(found) if not a.help]

    assert silent == []


def test_the_file_of_a_world_is_named_alike_everywhere() -> None:
    spoken = {name: found.format_help() for name, found in subparsers().items()}

    assert {name for name, text in spoken.items() if "--emulator FILE" not in text} == {
        "rotate",
        "policy",
        "completion",
    }


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_can_complete_commands_and_options(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0

    script = capsys.readouterr().out
    assert [word for word in ("check-access", "--token-variable", "orphans") if word not in script] == []


# JSON


def reported(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = main([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_doctor_s_findings_as_json(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = reported(capsys, "doctor", "--emulator", str(world))

    assert code == 0
    assert {"what": "platform", "good": True, "finding": "Claude Managed Agents answers"} in found


def test_access_as_json(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reported(capsys, "check-access", URL, "--emulator", str(world)) == (
        0,
        {"url": URL, "access": "granted", "failures": [], "warnings": []},
    )
    code, denied = reported(capsys, "check-access", f"{URL}-of-others", "--emulator", str(world))
    assert (code, denied["access"]) == (1, "denied")
    assert denied["failures"]


def test_requests_as_json(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask(world)

    code, [row] = reported(capsys, "requests", "--emulator", str(world))

    assert code == 0
    assert (row["method"], row["path"], row["status"]) == ("GET", "/v1/agents", 200)


def test_what_was_due_as_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    urn = "urn:pulumi:dev::test::managed-agents:index:GitHubInstallationToken::minted"
    token = {"urn": urn, "type": urn.split("::")[2], "outputs": {"expiresAt": "2026-01-01T00:00:00Z"}}
    (tmp_path / "state.json").write_text(json.dumps({"deployment": {"resources": [token]}}))
    script = tmp_path / "pulumi"
    script.write_text(
        f'#!/bin/sh\ncase "$1" in stack) cat {tmp_path}/state.json;; up) echo the words of the engine;; esac\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    for words, renewed in ((["--dry-run"], False), ([], True)):
        assert main(["rotate", "--cwd", str(tmp_path), "--json", *words]) == 0
        assert json.loads(capfd.readouterr().out) == {"due": [urn], "renewed": renewed}


# Following


def test_requests_can_be_followed(world: Path) -> None:
    ask(world)
    with subprocess.Popen([*COMMAND, "requests", str(world), "--follow"], stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout
        try:
            assert "/v1/agents" in command.stdout.readline()
            ask(world)
            assert "/v1/agents" in command.stdout.readline()
        finally:
            command.terminate()

    assert command.returncode in (0, -15, 130, 143)


# What is wrong

NOWHERE: dict[str, tuple[list[str], int]] = {
    "a world to serve in a folder that is not there": (["emulator", "nowhere/world.emulator", "--port", "0"], 1),
    "a world whose requests are asked for": (["requests", "nowhere"], 1),
    "a world to follow": (["requests", "nowhere", "--follow"], 1),
    "a world to ask": (["check-access", URL, "--emulator", "nowhere"], 1),
    "a world to redact in": (["redact", "memstore_1", "memver_1", "--yes", "--emulator", "nowhere"], 1),
    "a world for the doctor": (["doctor", "--emulator", "nowhere"], 1),
    "a world to import from": (["import", "--list", "--emulator", "nowhere"], 1),
    "a token's file": (["check-access", URL, "--token-file", "nowhere"], 1),
    "a folder of a program": (["rotate", "--cwd", "nowhere"], 1),
    "a folder of a stack for the doctor": (["doctor", "--cwd", "nowhere"], 1),
    "a state for the policies": (["policy", "nowhere"], 2),
    "a configuration of policies": (["policy", "-", "--config", "nowhere"], 2),
    "a checkout of ant": (["import", "--list", "--from-ant", "nowhere"], 1),
}


@pytest.mark.parametrize("case", NOWHERE)
def test_what_is_not_there_is_named_and_never_made(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "key-of-the-account")
    words, expected = NOWHERE[case]

    code = main(words)

    told = "".join(capsys.readouterr())
    assert code == expected
    assert "nowhere" in told
    assert "Errno" not in told
    assert list(tmp_path.iterdir()) == []


EMPTY: list[list[str]] = [["requests"], ["check-access", URL, "--emulator"], ["doctor", "--emulator"]]


@pytest.mark.parametrize("words", EMPTY, ids=lambda words: words[0])
def test_reading_founds_no_world_in_an_empty_file(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").touch()

    assert main([*words, str(tmp_path / "empty")]) == 1

    assert (tmp_path / "empty").stat().st_size == 0
    assert "empty" in "".join(capsys.readouterr())


@pytest.mark.parametrize("port", ["99999", "-1", "65536", "eighty"])
def test_a_port_that_is_none_is_a_wrong_command_line(
    port: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["emulator", "--emulator", str(tmp_path / "world.emulator"), f"--port={port}"])

    assert ended.value.code == 2
    assert "argument --port: must be a number from 0 to 65535" in capsys.readouterr().err
    assert not (tmp_path / "world.emulator").exists()


def test_a_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code = main(["emulator", str(tmp_path / "world.emulator"), "--port", port])

    assert code == 1
    assert f"managed-agents emulator: Port {port} of this machine is in use: choose another with `--port`" in (
        capsys.readouterr().err
    )


def test_a_reader_that_goes_away_ends_a_command_quietly(world: Path) -> None:
    ask(world, 40)
    read, write = os.pipe()
    os.close(read)

    done = subprocess.run(
        [*COMMAND, "requests", str(world)], stdout=write, stderr=subprocess.PIPE, check=False, timeout=120
    )
    os.close(write)

    assert done.stderr == b""
    assert done.returncode == 141


@pytest.fixture
def keyless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "QODER_ACCESS_TOKEN", "QODER_PAT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("platform", "variable"), [("claude", "ANTHROPIC_API_KEY"), ("qoder", "QODER_ACCESS_TOKEN")])
@pytest.mark.usefixtures("keyless")
def test_without_a_key_a_command_names_what_it_reads(
    platform: str, variable: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "--list", "--platform", platform]) == 1

    told = capsys.readouterr().err
    assert f"environment variable {variable}" in told
    assert "--emulator" in told
    assert "pulumi config" not in told


# The doctor in a stack


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: Path) -> Path:
    """A folder of a stack, and an engine that knows its configuration."""
    assert world.parent == tmp_path
    program = tmp_path / "program"
    program.mkdir()
    (program / "Pulumi.yaml").write_text("name: test\nruntime: yaml\n")
    config = {"managed-agents:emulator": {"value": "../world.emulator", "secret": False}, "test:own": {"value": "x"}}
    (tmp_path / "config.json").write_text(json.dumps(config))
    script = tmp_path / "bin" / "pulumi"
    script.parent.mkdir()
    told = f"version) echo v3.259.0;; stack) echo dev;; config) cat {tmp_path}/config.json;;"
    script.write_text(f'#!/bin/sh\ncase "$1" in {told} esac\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    return program


@pytest.mark.usefixtures("keyless")
def test_the_doctor_reads_the_stack_that_it_stands_in(
    engine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(engine)

    code, found = reported(capsys, "doctor")

    by_name = {item["what"]: item["finding"] for item in found}
    assert code == 0
    assert "dev" in by_name["stack"]
    assert "the emulator answers" in by_name["credential"]
    assert by_name["platform"] == "Claude Managed Agents answers"


@pytest.mark.usefixtures("keyless")
def test_the_doctor_finds_a_misspelt_setting_of_the_stack(
    engine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"managed-agents:emulater": {"value": "x"}}))

    assert main(["doctor", "--cwd", str(engine)]) == 1

    assert "did you mean `managed-agents:emulator`?" in capsys.readouterr().out


@pytest.mark.usefixtures("keyless")
def test_the_doctor_finds_a_setting_in_a_misspelt_namespace(
    engine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"managed_agents:emulator": {"value": "x"}}))

    assert main(["doctor", "--cwd", str(engine)]) == 1

    assert "did you mean `managed-agents:emulator`?" in capsys.readouterr().out


PLAIN = {
    "a key of ours": ("managed-agents:apiKey", "key-of-last-week"),
    "a token of the project's own": ("test:githubToken", "ghp_" + "x" * 20),
}


@pytest.mark.usefixtures("keyless")
@pytest.mark.parametrize("case", PLAIN)
def test_the_doctor_finds_a_secret_in_plain_config(
    engine: Path, tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key, value = PLAIN[case]
    config = json.loads((tmp_path / "config.json").read_text())
    (engine / "Pulumi.dev.yaml").write_text(json.dumps({"config": {key: value}}))

    for secret in (False, True):
        (tmp_path / "config.json").write_text(json.dumps({**config, key: {"value": value, "secret": secret}}))
        assert main(["doctor", "--cwd", str(engine)]) == (0 if secret else 1)
        told = capsys.readouterr().out
        assert value not in told
        where = f"{key} is a secret and stands in the clear in Pulumi.dev.yaml"
        assert (where in told) is not secret
        assert (f"`pulumi config set --secret {key} --stack dev`" in told) is not secret


@pytest.mark.usefixtures("keyless")
def test_the_doctor_makes_no_world(engine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"managed-agents:emulator": {"value": "later.emulator"}}))

    assert main(["doctor", "--cwd", str(engine)]) == 0

    assert "the first `pulumi up` makes it" in capsys.readouterr().out
    until(lambda: not (engine / "later.emulator").exists())

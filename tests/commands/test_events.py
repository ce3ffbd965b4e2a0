"""`managed-agents events`: a line for each event, and those to come."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from core.crashed import Crashed
from observation.standing import Standing

from pulumi_managed_agents.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["claude", "qoder"])
def stack(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Standing:
    monkeypatch.chdir(tmp_path)
    found = Standing(Crashed(tmp_path / "world.emulator", request.param))
    found.session()
    say(found, "one", "two\x1b[2J")
    return found


def say(stack: Standing, *texts: str) -> None:
    for text in texts:
        told = {"type": "agent.message", "content": [{"type": "text", "text": text}]}
        stack.control().emit(stack.states["review"].id, told)


def words(stack: Standing, *more: str) -> list[str]:
    target = ["--emulator", str(stack.path), "--platform", stack.crashed.platform]
    return ["events", stack.states["review"].id, *more, *target]


def test_each_event_is_a_line_that_a_terminal_may_show(stack: Standing, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words(stack, "--types", "agent.message")) == 0

    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("agent.message                   one")
    assert second.endswith("two\\x1b[2J")


def test_programs_read_each_event_as_the_api_has_it(stack: Standing, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words(stack, "--json")) == 0

    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[-2]["content"][0]["text"] == "one"


def test_only_from_then_on(stack: Standing, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words(stack, "--since", "2h")) == 0
    assert main(words(stack, "--since", "2126-01-01T00:00:00Z")) == 0
    assert main(words(stack, "--since", "yesterday")) == 1

    said = capsys.readouterr()
    assert said.out.count(" one") == 1
    assert "30m" in said.err


def test_a_session_that_is_not_there_is_told(stack: Standing, capsys: pytest.CaptureFixture[str]) -> None:
    line = words(stack)
    line[1] = "sesn_none"

    assert main(line) == 1
    assert "404" in capsys.readouterr().err


def test_it_goes_on_until_an_interrupt(stack: Standing) -> None:
    command = [sys.executable, "-m", "pulumi_managed_agents.cli", *words(stack, "--follow", "--types", "agent.message")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            assert "one" in process.stdout.readline()
            assert "two" in process.stdout.readline()
            say(stack, "three")
            assert "three" in process.stdout.readline()
            process.send_signal(signal.SIGINT)
            process.wait(30)
        finally:
            process.kill()

    assert process.returncode == 130

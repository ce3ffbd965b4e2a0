"""The commands beside the engine, as a shell calls them: what they print, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.emulator import Emulator

URL = "https://github.com/org/app"
TOKEN = "made-up-token"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """An emulator with one private repository."""
    path = tmp_path / "world.emulator"
    with Emulator(path) as emulator:
        emulator.control.repositories([{"url": URL, "private": True, "branches": ["main"], "tokens": [TOKEN]}])
    return path


def check(world: Path, *arguments: str) -> int:
    return main(["check-access", URL, "--emulator", str(world), *arguments])


def test_access_with_the_right_token_is_good(
    world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MY_TOKEN", TOKEN)

    assert check(world, "--token-variable", "MY_TOKEN", "--branch", "main") == 0
    assert capsys.readouterr().out == f"{URL} can be cloned\n"


def test_access_without_it_is_denied_with_the_reason(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(world) == 1
    assert "give an `authorizationToken`" in capsys.readouterr().err


def test_a_token_is_never_taken_from_a_variable_that_nobody_named(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)

    assert check(world) == 1


def test_a_token_in_a_file_is_read(world: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")

    assert check(world, "--token-file", str(tmp_path / "token")) == 0


def test_no_answer_ends_with_a_code_of_its_own(world: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    with Emulator(world) as emulator:
        emulator.control.faults([{"path": "/github/", "body": "garbage"}])

    assert check(world, "--token-file", str(tmp_path / "token")) == 3


def test_what_the_work_needs_is_asked_too(world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A classic token's scopes tell it; what a fine-grained one may write, GitHub does not."""
    fine = {"token": "made-up-fine", "kind": "fine_grained", "permissions": {"contents": "write"}}
    with Emulator(world) as emulator:
        emulator.control.repositories([{"url": URL, "private": True, "tokens": [TOKEN, fine]}])

    codes = []
    for token in (TOKEN, "made-up-fine"):
        (tmp_path / "token").write_text(token)
        codes.append(check(world, "--token-file", str(tmp_path / "token"), "--needs", "push"))

    told = capsys.readouterr()
    assert codes == [0, 3]
    assert told.out == f"{URL} can be cloned\nthe token may push\n"
    assert "Whether the token may push in" in told.err


def test_an_address_that_is_none_is_told(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-access", "git@github.com:org/app", "--emulator", str(world)]) == 1
    assert "is an SSH address" in capsys.readouterr().err


def test_the_doctor_looks_at_everything(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor", "--emulator", str(world)])

    told = capsys.readouterr().out
    looked_at = [line.split()[1] for line in told.splitlines()]
    assert looked_at == ["package", "engine", "plugin", "credential", "platform", "account", "limits"]
    assert "workspace-id wrkspc_01emulator" in told
    assert code == 0


def test_the_doctor_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL"):
        monkeypatch.delenv(name, raising=False)

    assert main(["doctor"]) == 1

    told = capsys.readouterr().out
    assert "BAD  credential   No API key" in told
    assert "ANTHROPIC_API_KEY" in told

"""`managed-agents redact`: what a memory said is taken out of the history, if somebody agrees."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from core.platform import Platform, mounted

from pulumi_managed_agents.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.platform import PlatformKey

Told = tuple[str, str, str]


@pytest.fixture(params=["claude", "qoder"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Platform, Told]]:
    """A memory that was written twice: its store, and its versions, the older one first."""
    key: PlatformKey = request.param
    with mounted(tmp_path / "w.emulator", platform=key) as platform:
        store = platform.create("MemoryStore", {"name": "notes"})
        bag = {"memoryStoreId": store.id, "path": "/a.md", "content": "a name that nobody should know"}
        memory = platform.create("Memory", bag)
        platform.update("Memory", memory, {**bag, "content": "better"})
        versions = [item["id"] for item in platform.control.objects("memory_versions")]
        yield platform, (store.id, versions[0], versions[1])


def redact(platform: Platform, tmp_path: Path, *words: str) -> int:
    key = platform.context.backend.capabilities.key
    return main(["redact", *words, "--platform", key, "--emulator", str(tmp_path / "w.emulator")])


def contents(platform: Platform) -> list[Any]:
    return [item["content"] for item in platform.control.objects("memory_versions")]


def test_an_older_version_is_redacted(
    written: tuple[Platform, Told], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    platform, (store, older, _) = written

    assert redact(platform, tmp_path, store, older, older, "--yes", "--json") == 0

    told = capsys.readouterr()
    assert json.loads(told.out) == {"store": store, "redacted": [older], "failed": {}}
    assert contents(platform)[0] is None


def test_what_a_memory_says_now_stays_and_it_is_said_why(
    written: tuple[Platform, Told], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    platform, (store, older, newer) = written
    if platform.context.backend.capabilities.key == "qoder":
        pytest.skip("no document of Qoder says so, and the emulator redacts it")

    assert redact(platform, tmp_path, store, newer, older, "--yes") == 1

    said = capsys.readouterr().err
    assert f"{older}: redacted" in said
    assert "write something else to the memory, or delete it" in said


def test_nobody_to_ask_is_no_agreement(
    written: tuple[Platform, Told],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    platform, (store, older, _) = written
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))

    assert redact(platform, tmp_path, store, older) == 1

    assert "say --yes" in capsys.readouterr().err
    assert None not in contents(platform)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "code"), [("yes\n", 0), ("y\n", 1), ("", 1)])
def test_somebody_is_asked(
    written: tuple[Platform, Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    platform, (store, older, _) = written
    monkeypatch.setattr("sys.stdin", _Terminal(answer))

    assert redact(platform, tmp_path, store, older) == code
    assert (contents(platform)[0] is None) is (code == 0)


def test_a_version_that_is_not_there_is_told(
    written: tuple[Platform, Told], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    platform, (store, _, _) = written

    assert redact(platform, tmp_path, store, "memver_1", "--yes") == 1

    assert "memver_1: POST" in capsys.readouterr().err

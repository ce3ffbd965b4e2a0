"""Uploads: sent piece by piece, and what is sent is what was looked at."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest
from core.platform import mounted
from transport.wire import Script, answer, transport

from pulumi_managed_agents import apply
from pulumi_managed_agents.declaration.content import Content
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.errors import CallFailed, LostAnswer
from pulumi_managed_agents.plan.files import LocalFiles
from pulumi_managed_agents.transport.exchange import Request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.platform import Platform

    from pulumi_managed_agents.declaration.platform import PlatformKey

SKILL = "---\nname: reviewing\ndescription: How we review.\n---\nLook twice.\n"

PROGRAM = """
import sys, time, tracemalloc
from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.plan.files import LocalFiles
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.resources.registry import KINDS

url, folder = sys.argv[1:]
backend = connect(configure({"apiKey": "key-of-nobody", "baseUrl": url}, {}), folder)
files, kind = LocalFiles(folder), KINDS["File"].on("claude")
checking = plan.CheckContext(backend.capabilities, "f", lambda digits: "0" * digits, files=files)
context = apply.Context(backend, print, time.sleep, files)

def created(bag):
    inputs, failures = plan.check(kind, {}, bag, checking)
    assert not failures, failures
    return apply.create(kind, inputs, context)

created({"text": "small", "filename": "small"})
tracemalloc.start()
state = created({"path": "large"})
print(state.outputs["sizeBytes"], tracemalloc.get_traced_memory()[1])
"""


def test_a_large_file_is_never_held_whole(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(os.urandom(1 << 20) * 64)
    with Emulator(tmp_path / "w.emulator") as emulator, emulator.serve() as server:
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM, server.url, tmp_path],
            capture_output=True,
            text=True,
            check=True,
            timeout=100,
        )
    size, most = map(int, run.stdout.split())

    assert size == 64 << 20
    assert most < 4 << 20


@pytest.mark.parametrize(("key", "megabytes"), [("claude", 96), ("claude", 20), ("qoder", 20)])
def test_the_embedded_emulator_takes_a_large_file_as_it_comes(key: PlatformKey, megabytes: int, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"0123456789abcde\n" * (1 << 16) * megabytes)
    with mounted(tmp_path / "world.emulator", platform=key) as platform:
        platform.context = replace(platform.context, files=LocalFiles(tmp_path))
        platform.create("File", {"text": "small", "filename": "small"})
        tracemalloc.start()
        try:
            state = platform.create("File", {"path": "large"})
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert state.outputs["sizeBytes"] == megabytes << 20
    assert most < (megabytes + 8) << 20


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    (tmp_path / "skill").mkdir()
    (tmp_path / "skill" / "SKILL.md").write_text(SKILL)
    (tmp_path / "skill" / "notes").write_text("one")
    (tmp_path / "plan").write_text("one")
    with mounted(tmp_path / "world.emulator") as platform:
        platform.context = replace(platform.context, files=LocalFiles(tmp_path))
        yield platform


BAGS = {"File": ({"path": "plan"}, "plan"), "Skill": ({"path": "skill"}, "skill/notes")}


def otherwise(path: Path, how: str) -> None:
    """Another content in the file's place."""
    if how == "link":
        path.unlink()
        path.symlink_to("/etc/hostname")
    elif how == "gone":
        path.unlink()
    else:
        path.write_text({"same size": "two", "shorter": "", "longer": "one and more"}[how])


@pytest.mark.parametrize("how", ["same size", "shorter", "longer", "link", "gone"])
@pytest.mark.parametrize("kind", BAGS)
def test_what_changed_since_the_check_is_not_sent(kind: str, how: str, platform: Platform, tmp_path: Path) -> None:
    bag, name = BAGS[kind]
    inputs = platform.checked(kind, bag)
    otherwise(tmp_path / name, how)

    with pytest.raises(CallFailed) as caught:
        apply.create(platform.kind(kind), inputs, platform.context)

    assert not caught.value.may_exist
    assert platform.traffic() == []


@pytest.mark.parametrize("how", ["same size", "shorter", "longer", "link", "gone"])
@pytest.mark.parametrize("kind", BAGS)
def test_what_changes_while_it_is_sent_does_not_arrive(kind: str, how: str, platform: Platform, tmp_path: Path) -> None:
    bag, name = BAGS[kind]
    inputs = platform.checked(kind, bag)
    platform.wire.meanwhile = lambda: otherwise(tmp_path / name, how)

    with pytest.raises(CallFailed, match="has changed since it was looked at") as caught:
        apply.create(platform.kind(kind), inputs, platform.context)

    assert not caught.value.may_exist
    platform.wire.meanwhile = lambda: None
    assert platform.traffic() == []


def upload(content: Content, *, repeatable: bool = True) -> Request:
    """A request with a file."""
    files = (("file", "plan", content),)
    return Request("POST", "/v1/files", "POST /v1/files", {}, repeatable=repeatable, makes=True, files=files)


def test_an_upload_that_is_repeated_is_sent_whole_each_time(tmp_path: Path) -> None:
    (tmp_path / "plan").write_bytes(os.urandom(200_000))
    server = Script([httpx.ConnectError("no"), answer(503), answer()])

    transport(server).send(upload(LocalFiles(tmp_path).content("plan", 1_000_000)))

    lengths = [len(request.content) for request in server.asked]
    assert len(lengths) == 3
    assert {str(length) for length in lengths} == {request.headers["content-length"] for request in server.asked}
    assert min(lengths) > 200_000


def test_a_file_that_changes_before_a_repetition_leaves_the_first_attempt_in_doubt(tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("one")

    def server(request: httpx.Request) -> httpx.Response:
        request.read()
        (tmp_path / "plan").write_text("two")
        raise httpx.ReadError("connection reset")

    with pytest.raises(LostAnswer, match="a file has changed since it was looked at"):
        transport(server).send(upload(LocalFiles(tmp_path).content("plan", 100)))

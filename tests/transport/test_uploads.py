"""Uploads: sent piece by piece, and what is sent is what was looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from core.platform import mounted

from pulumi_managed_agents import apply
from pulumi_managed_agents.errors import CallFailed
from pulumi_managed_agents.plan.files import LocalFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx
    from core.platform import Platform

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
    from pulumi_managed_agents.emulator import Emulator

    (tmp_path / "large").write_bytes(os.urandom(1 << 20) * 64)
    with Emulator(tmp_path / "w.emulator") as emulator, emulator.serve() as server:
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM, server.url, tmp_path], capture_output=True, text=True, check=True
        )
    size, most = map(int, run.stdout.split())

    assert size == 64 << 20
    assert most < 4 << 20


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


class Meanwhile:
    """Does something as soon as a request is on its way, before its body is read."""

    def __init__(self, inner: httpx.BaseTransport, act: Callable[[], None]) -> None:
        self.inner, self.act, self.bodies = inner, act, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.act()
        response = self.inner.handle_request(request)
        self.bodies += 1
        return response

    def close(self) -> None:
        self.inner.close()


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
    meanwhile = Meanwhile(platform.wire._inner, lambda: otherwise(tmp_path / name, how))
    platform.wire._inner = meanwhile  # type: ignore[assignment]

    with pytest.raises(CallFailed, match="has changed since it was looked at") as caught:
        apply.create(platform.kind(kind), inputs, platform.context)

    assert not caught.value.may_exist
    assert meanwhile.bodies == 0
    assert platform.traffic() == []

"""Whatever lies in a folder, the read of it ends, stays in it, and gives what was there or says what is wrong."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from core.bags import CONTEXT, Shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.errors import FileProblem
from pulumi_managed_agents.plan.files import LocalFiles
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pulumi_managed_agents.declaration.content import Content

OUTSIDE = "between us"
NAMES = st.sampled_from(
    ["a", "b", "SKILL.md", ".env", ".git", "id_rsa", "x.pem", "c d", "e\nf", "\u202e", "g\udcff", "h\\i"]
)
FILES = st.binary(max_size=40).map(lambda content: ("file", content))
LINKS = st.sampled_from(
    ["../outside", "..", "/", ".", "a", "/etc/passwd", "/proc/self/environ", "nowhere", "loop"]
).map(lambda target: ("link", target))
SPECIALS = st.sampled_from(["pipe", "socket", "sparse"]).map(lambda kind: (kind, None))
TREES = st.recursive(
    st.dictionaries(NAMES, FILES | LINKS | SPECIALS, max_size=4),
    lambda inner: st.dictionaries(NAMES, inner.map(lambda tree: ("folder", tree)) | FILES | LINKS, max_size=4),
    max_leaves=12,
)


def grow(folder: Path, tree: Mapping[str, tuple[str, Any]]) -> None:
    """Makes the tree on the disk."""
    folder.mkdir(exist_ok=True)
    for name, (kind, what) in tree.items():
        path = folder / name
        if kind == "folder":
            grow(path, what)
        elif kind == "file":
            path.write_bytes(what)
        elif kind == "link":
            path.symlink_to(path if what == "loop" else what)
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "sparse":
            path.touch()
            os.truncate(path, 20 << 30)
        else:
            bind(path)


def bind(path: Path) -> None:
    """A socket at the path, however long that is."""
    with socket.socket(socket.AF_UNIX) as listener:
        folder = os.open(path.parent, os.O_RDONLY)
        listener.bind(f"/proc/self/fd/{folder}/{path.name}")
        os.close(folder)


def files_of(tree: Mapping[str, tuple[str, Any]], above: str = "") -> dict[str, bytes]:
    """The files that are in the tree itself, but for what tools leave there."""
    found: dict[str, bytes] = {}
    for name, (kind, what) in tree.items():
        if kind == "folder" and name != ".git":
            found |= files_of(what, f"{above}{name}/")
        elif kind == "file" and name != ".git":
            found[above + name] = what
    return found


PRIVATE = {".env", "id_rsa", "x.pem"}


@pytest.mark.timeout(110)
@settings(max_examples=300)
@given(TREES, st.integers(0, 200), st.data())
def test_a_read_ends_and_never_leaves_the_folder(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[str, tuple[str, Any]], most: int, data: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("place")
    (place / "outside").write_text(OUTSIDE)
    grow(place / "tree", tree)
    files = LocalFiles(place)

    try:
        found = files.tree("tree", most)
    except FileProblem as problem:
        assert str(problem).startswith("names a folder ")
    else:
        there = {name: content.read() for name, content in found.items()}
        assert there == files_of(tree)
        assert sum(map(len, there.values())) <= most
        assert not {part for name in there for part in name.split("/")} & PRIVATE
    path = data.draw(st.sampled_from(sorted([*_paths(tree), "../tree", "a/../a", "nowhere"])))
    try:
        content = files.content(f"tree/{path}", most).read()
    except FileProblem as problem:
        assert str(problem).startswith("names ")
    else:
        assert content in files_of(tree).values() or ".git" in path
        assert content.decode(errors="replace") != OUTSIDE


def _paths(tree: Mapping[str, tuple[str, Any]], above: str = "") -> list[str]:
    found = []
    for name, (kind, what) in tree.items():
        found.append(above + name)
        if kind == "folder":
            found += _paths(what, f"{above}{name}/")
    return found


class Counted(Shelf):
    """Files that count how often a folder is read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def tree(self, path: str, most: int, including: Sequence[str] = ()) -> dict[str, Content]:
        self.read.append(path)
        return super().tree(path, most, including)


def test_a_check_reads_a_folder_once() -> None:
    files = Counted()

    _, failures = plan.check(KINDS["Skill"], {}, {"path": "skills/review"}, replace(CONTEXT, files=files))

    assert failures == []
    assert files.read == ["skills/review"]

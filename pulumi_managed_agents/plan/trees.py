"""Folders in git repositories, at a commit: the user's own git brings them, within bounds."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from ..declaration.content import Content
from ..errors import FileProblem
from .folders import IGNORED, MOST_ENTRIES, Tally

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

GIT_SECONDS = 120.0

MOST_FETCHED = 1_000_000_000
"""Bytes that git brings at most: all of the repository at one commit."""

_LOOK_SECONDS: Final = 0.1
_LONGEST_NAME: Final = 4096


HELD_BYTES = 64 * 2**20
"""Bytes of trees that are held for another look."""


class Trees:
    """Trees as they were fetched: at a commit none ever changes. Safe to share between threads.

    What git could not bring is not asked for again either: resources that share a tree would wait one after another.
    """

    def __init__(self) -> None:
        self._held: dict[Hashable, Future[dict[str, Content]]] = {}
        self._lock = threading.Lock()

    def fetched(
        self, repository: str, commit: str, folder: str, most: int, including: Sequence[str]
    ) -> dict[str, Content]:
        """As `fetched`, once for all who look."""
        key = (repository, commit, folder, most, tuple(including))
        with self._lock:
            is_first = key not in self._held
            tree = self._held.setdefault(key, Future())
        if is_first:
            _bring(tree, repository, commit, folder, most, including)
            self._let_go()
        return tree.result()

    def _let_go(self) -> None:
        """Keeps to the bounds; what is let go is fetched again by the next who looks."""
        with self._lock:
            while len(self._held) > 1 and sum(map(_size, self._held.values())) > HELD_BYTES:
                del self._held[next(iter(self._held))]


def _bring(tree: Future[dict[str, Content]], *wanted: Any) -> None:
    try:
        tree.set_result(fetched(*wanted))
    except BaseException as error:  # noqa: BLE001 - whoever waits raises it
        tree.set_exception(error)


def _size(tree: Future[dict[str, Content]]) -> int:
    """The bytes in a tree, of which there are none before it is there."""
    if not tree.done() or tree.exception():
        return 0
    return sum(content.size for content in tree.result().values())


def fetched(repository: str, commit: str, folder: str, most: int, including: Sequence[str]) -> dict[str, Content]:
    """The files of a folder in a repository, by their path in it; no more than `most` bytes in all.

    Raises:
        FileProblem: git cannot bring it, it holds a link or what is not to be carried, or there is too much of it.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        place, archive = Path(temporary), Path(temporary, "archive.tar")
        _git(place, "init", "--quiet", "--bare")
        _git(place, "fetch", "--quiet", "--depth=1", repository, commit)
        _git(place, "archive", "--format=tar", f"--output={archive}", f"{commit}:{folder}")
        with archive.open("rb") as file:
            return dict(sorted(_unpacked(file, most, Tally(most, including))))


def _unpacked(archive: IO[bytes], most: int, tally: Tally) -> Iterator[tuple[str, Content]]:
    """The files in an archive, each of them counted before it is read."""
    room = most + MOST_ENTRIES * 4 * _LONGEST_NAME
    try:
        with tarfile.open(fileobj=_Bounded(archive, room), mode="r|") as members:
            for member in members:
                if IGNORED.intersection(member.name.split("/")):
                    continue
                if not member.isreg() and not member.isdir():
                    raise FileProblem(f"names a tree with a link, which is not followed: {member.name!r}")
                tally.add(member.name, member.size)
                content = members.extractfile(member)
                if content is not None:
                    yield member.name, Content.of(content.read())
    except tarfile.TarError:
        raise FileProblem("names a tree that git cannot bring (its archive cannot be read)") from None


class _Bounded(io.RawIOBase):
    """A stream of which no more than so much is read, whatever its headers say."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = most

    def read(self, size: int = -1) -> bytes:
        found = self._stream.read(size)
        self._left -= len(found)
        if self._left < 0:
            raise FileProblem(f"names a folder with more than {MOST_ENTRIES:,} entries")
        return found


def _git(place: Path, *arguments: str) -> None:
    """Runs a command of git, which is given up when it takes too long or brings too much."""
    process = _started(place, arguments)
    deadline = time.monotonic() + GIT_SECONDS
    try:
        while not _is_over(process):
            _refuse_too_much(place)
            if time.monotonic() > deadline:
                raise FileProblem(f"names a tree that git did not bring within {GIT_SECONDS:.0f} seconds")
    finally:
        process.kill()  # where it is not over
        process.wait()
    _refuse_too_much(place)
    if process.returncode:
        # Git's own words may repeat an address with a credential in it.
        raise FileProblem(f"names a tree that git cannot bring (`git {arguments[0]}` ended with {process.returncode})")


def _started(place: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - the address was matched, and git takes no option from it
            ["git", *arguments],  # noqa: S607 - the user's own git is meant
            cwd=place,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise FileProblem("names a tree in a git repository, and there is no `git` on PATH") from None


def _is_over(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_LOOK_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _refuse_too_much(place: Path) -> None:
    if _bytes_in(place) > MOST_FETCHED:
        raise FileProblem(f"names a tree in a repository of which git brings more than {MOST_FETCHED:,} bytes")


def _bytes_in(folder: Path) -> int:
    """What git has brought so far; it moves files about meanwhile."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                size += Path(place, name).lstat().st_size
    return size

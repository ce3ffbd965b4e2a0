"""Local files and folders, and folders in git repositories, read within bounds and without following links.

Relative paths start where the program runs. A folder may also be named as a tree at a commit, in the form in which
GitHub shows one (`https://HOST/OWNER/REPOSITORY/tree/COMMIT/FOLDER`): the user's own git fetches it, with the
credentials that it has.
"""

from __future__ import annotations

import io
import os
import re
import stat
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

IGNORED = frozenset({".git", ".DS_Store", "__pycache__"})
"""What tools leave in folders and nobody means to upload."""

TREE = re.compile(
    r"(?P<repository>https://[^/\s]+/[^/\s]+/[^/\s]+?)(?:\.git)?/tree/(?P<commit>[0-9a-f]{40})(?:/(?P<folder>[^\s?#]+))?\Z"
)
"""A tree at a commit."""

GIT_SECONDS = 120.0


class LocalFiles:
    """The files of this machine, as `marks.Files` asks for them."""

    def __init__(self, directory: str | os.PathLike[str] = ".") -> None:
        self._directory = Path(directory)

    def content(self, path: str, most: int) -> bytes:
        """The bytes of a file, no more than `most`.

        Raises:
            FileProblem: it cannot be read, is no file, or is larger.
        """
        try:
            with (self._directory / path).expanduser().open("rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise FileProblem("names something that is no file")
                return _bounded(file.read(most + 1), most)
        except (OSError, ValueError) as error:
            raise FileProblem(f"names a file that cannot be read: {_reason(error)}") from None

    def tree(self, path: str, most: int) -> Mapping[str, bytes]:
        """The files of a folder, or of a tree at a commit, by their path in it; no more than `most` bytes in all.

        Raises:
            FileProblem: something in there cannot be read, is a link, or there is too much of it.
        """
        found = TREE.match(path)
        if found:
            return _checked(_fetched(found["repository"], found["commit"], (found["folder"] or "").strip("/")), most)
        return _checked(_walked((self._directory / path).expanduser()), most)


def _bounded(content: bytes, most: int) -> bytes:
    if len(content) > most:
        raise FileProblem(f"names a file of more than {most:,} bytes")
    return content


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__


def _checked(files: Iterator[tuple[str, bytes]], most: int) -> dict[str, bytes]:
    tree: dict[str, bytes] = {}
    size = 0
    for name, content in files:
        if any(part in ("", ".", "..") for part in name.split("/")) or "\\" in name or not name.isprintable():
            raise FileProblem(f"names a folder with a file whose name cannot be used: {name!r}")
        size += len(content)
        if size > most:
            raise FileProblem(f"names a folder with more than {most:,} bytes in its files")
        tree[name] = content
    return dict(sorted(tree.items()))


def _walked(folder: Path) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():
        raise FileProblem("names a folder that is not there")
    for place, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(set(folders) - IGNORED)
        for name in [*folders, *sorted(set(names) - IGNORED)]:
            entry = Path(place, name)
            shown = entry.relative_to(folder).as_posix()
            mode = entry.lstat().st_mode
            if stat.S_ISREG(mode):
                yield shown, _content_of(entry, shown)
            elif not stat.S_ISDIR(mode):
                kind = "symbolic link" if stat.S_ISLNK(mode) else "special file"
                raise FileProblem(f"names a folder with a {kind}, which is not followed: {shown!r}")


def _unreadable(error: OSError) -> None:
    raise FileProblem(f"names a folder that cannot be read: {_reason(error)}")


def _content_of(entry: Path, shown: str) -> bytes:
    try:
        return entry.read_bytes()
    except OSError as error:
        raise FileProblem(f"names a folder with a file that cannot be read: {shown!r} ({_reason(error)})") from None


def _fetched(repository: str, commit: str, folder: str) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as place:
        _git(place, "init", "--quiet", "--bare")
        _git(place, "fetch", "--quiet", "--depth=1", repository, commit)
        yield from _unpacked(_git(place, "archive", "--format=tar", f"{commit}:{folder}"))


def _git(place: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - the address was matched, and git takes no option from it
            ["git", *arguments],  # noqa: S607 - the user's own git is meant
            cwd=place,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=GIT_SECONDS,
        )
    except FileNotFoundError:
        raise FileProblem("names a tree in a git repository, and there is no `git` on PATH") from None
    except subprocess.TimeoutExpired:
        raise FileProblem(f"names a tree that git did not bring within {GIT_SECONDS:.0f} seconds") from None
    if done.returncode:
        # Git's own words may repeat an address with a credential in it.
        raise FileProblem(f"names a tree that git cannot bring (`git {arguments[0]}` ended with {done.returncode})")
    return done.stdout


def _unpacked(archive: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        for member in members:
            content = members.extractfile(member) if member.isreg() else None
            if content is not None and not IGNORED.intersection(member.name.split("/")):
                yield member.name, content.read()
            elif content is None and not member.isdir():
                raise FileProblem(f"names a tree with a link, which is not followed: {member.name!r}")

"""Local files and folders, and folders in git repositories, read within bounds and without following links.

Relative paths start where the program runs. A folder may also be named as a tree at a commit, in the form in which
GitHub shows one (`https://HOST/OWNER/REPOSITORY/tree/COMMIT/FOLDER`): the user's own git fetches it, with the
credentials that it has.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..declaration.content import Content
from ..declaration.private import secret_in
from ..errors import FileProblem
from .folders import files_of
from .places import opened, place_of, reason
from .trees import Trees

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from ..declaration.marks import Files

TREE = re.compile(
    r"(?P<repository>https://[^/\s]+/[^/\s]+/[^/\s]+?)(?:\.git)?/tree/(?P<commit>[0-9a-f]{40})(?:/(?P<folder>[^\s?#]+))?\Z"
)
"""A tree at a commit."""


_SHOWN = 300
"""Characters of a path that are shown."""


class LocalFiles:
    """The files of this machine, as `marks.Files` asks for them."""

    def __init__(self, directory: str | os.PathLike[str] = ".") -> None:
        self._directory = Path(directory)
        self._trees = Trees()

    def content(self, path: str, most: int, including: Sequence[str] | None = None) -> Content:
        """A file of no more than `most` bytes.

        Raises:
            FileProblem: it cannot be read, is no file or another one than it seems, holds secrets, or is larger.
        """
        _refuse_secrets(path, including)
        try:
            place = place_of(self._directory, path, "file")
            _refuse_secrets(self._from_here(place), including)
            return _content(place, most)
        except (OSError, ValueError, RuntimeError) as error:
            raise FileProblem(f"names a file that cannot be read: {reason(error)} ({self._meant(path)})") from None

    def tree(self, path: str, most: int, including: Sequence[str] = ()) -> Mapping[str, Content]:
        """The files of a folder, or of a tree at a commit, by their path in it; no more than `most` bytes in all.

        Raises:
            FileProblem: something in there cannot be read, is a link or secret, or there is too much of it.
        """
        found = TREE.match(path)
        if found:
            folder = (found["folder"] or "").strip("/")
            return self._trees.fetched(found["repository"], found["commit"], folder, most, including)
        _refuse_secrets(path, including)
        try:
            place = place_of(self._directory, path, "folder")
            _refuse_secrets(self._from_here(place), including)
            return files_of(place, most, including)
        except (FileNotFoundError, NotADirectoryError):
            raise FileProblem(f"names a folder that is not there ({self._meant(path)})") from None
        except (OSError, ValueError, RuntimeError) as error:
            raise FileProblem(f"names a folder that cannot be read: {reason(error)} ({self._meant(path)})") from None

    def _meant(self, path: str) -> str:
        """Where a path leads, since it starts in a folder that nobody wrote."""
        return repr(os.path.normpath(self._directory.absolute() / path)[:_SHOWN])

    def _from_here(self, place: Path) -> str:
        """Where it lies, whatever links lead there; of what is below the directory, only what is below it."""
        here = os.path.realpath(self._directory)
        return os.path.relpath(place, here) if place.is_relative_to(here) else str(place)


class ReadOnce:
    """Files each of which is read once, however often it is asked for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._found: dict[Hashable, Any] = {}

    def content(self, path: str, most: int, including: Sequence[str] | None = None) -> Content:
        """As the files give it."""
        key = ("content", path, most, including if including is None else tuple(including))
        found: Content = self._once(key, lambda: self._files.content(path, most, including))
        return found

    def tree(self, path: str, most: int, including: Sequence[str] = ()) -> Mapping[str, Content]:
        """As the files give it."""
        key = ("tree", path, most, tuple(including))
        found: Mapping[str, Content] = self._once(key, lambda: self._files.tree(path, most, including))
        return found

    def _once(self, key: Hashable, read: Callable[[], Any]) -> Any:
        if key not in self._found:
            try:
                self._found[key] = read()
            except FileProblem as problem:
                self._found[key] = problem
        found = self._found[key]
        if isinstance(found, FileProblem):
            raise found
        return found


def _content(place: Path, most: int) -> Content:
    with opened(place) as file:
        size = os.fstat(file.fileno()).st_size
    if size > most:
        raise FileProblem(f"names a file of more than {most:,} bytes")
    return Content.at(lambda: opened(place), size)


def _refuse_secrets(path: str, including: Sequence[str] | None) -> None:
    written = Path(os.path.normpath(path)).as_posix().lstrip("/")
    place = secret_in(written, including or ())
    if place is None:
        return
    meant = (
        "a text for an agent does not come from one" if including is None else "if it is meant, name it in `including`"
    )
    raise FileProblem(f"names something that usually holds secrets, {place!r}: {meant}")

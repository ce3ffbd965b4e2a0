"""`claude-lock.json`: which object on the platform each file of a checkout of `ant apply` became."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..declaration.documents import Unreadable, json_value
from ..errors import FileProblem
from ..plan.given import given_bytes
from .checkout import place_in
from .problem import ImportProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.values import JSON, Bag

NAME: Final = "claude-lock.json"
KINDS: Final = {
    "skill": "Skill",
    "environment": "Environment",
    "memory_store": "MemoryStore",
    "vault": "Vault",
    "agent": "Agent",
    "deployment": "Deployment",
}
"""Its kinds and ours, none before what it may name."""

ORIGIN: Final = ("base_url", "organization_id", "workspace_id")
VERSION: Final = 1
LARGEST: Final = 10_000_000
"""Bytes of a lock file."""


@dataclass(frozen=True)
class Entry:
    """One file or folder (or an address of one), and the object that it became."""

    key: str
    kind: str
    id: str
    version: JSON = None
    revision: str | None = None
    subpath: str | None = None

    @property
    def is_address(self) -> bool:
        """Whether it comes from elsewhere, and no file of the checkout holds it."""
        return "://" in self.key


@dataclass(frozen=True)
class Lock:
    """The lock file of a checkout."""

    path: Path
    origin: Mapping[str, str]
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where its paths start."""
        return self.path.parent

    def named(self, place: str, text: str) -> list[Entry]:
        """The entries that a text in the file `place` means: a relative path, a pattern of paths, or an address."""
        if text in self.entries:
            return [self.entries[text]]
        wanted = "./" + posixpath.normpath(posixpath.join(posixpath.dirname(place), text)).removeprefix("./")
        if any(sign in text for sign in "*?["):
            return [self.entries[key] for key in sorted(self.entries) if fnmatchcase(key, wanted)]
        return [self.entries[wanted]] if wanted in self.entries else []


def read_lock(place: Path) -> Lock:
    """The lock file of a folder (or the file itself).

    Raises:
        ImportProblem: it is none that can be understood.
    """
    path = place_in(place, NAME) if place.is_dir() else place.resolve()
    try:
        lock = json_value(given_bytes(path, LARGEST))
        if lock["version"] != VERSION:
            raise ImportProblem(f"{path} has version {lock['version']!r}, and only {VERSION} is known here")
        origin = {key: str(lock.get("origin", {}).get(key) or "") for key in ORIGIN}
        entries = {_key(path, key): _entry(path, key, value) for key, value in lock["resources"].items()}
    except FileProblem as problem:
        raise ImportProblem(str(problem)) from None
    except (KeyError, TypeError, AttributeError, Unreadable):
        raise ImportProblem(f"{path} is no lock file of `ant apply`") from None
    return Lock(path, origin, entries)


def _key(path: Path, key: str) -> str:
    if "://" in key:
        return key
    plain = posixpath.normpath(key)
    if plain.startswith(("../", "/")) or plain == ".." or "\\" in plain:
        raise ImportProblem(f"{path} names {key!r}, which is outside of its folder")
    if not plain.isprintable():
        raise ImportProblem(f"{path} names {key!r}, which can be no file")
    return f"./{plain}"


def _entry(path: Path, key: str, value: Bag) -> Entry:
    if value["kind"] not in KINDS:
        raise ImportProblem(f"{path} has {key!r} as {value['kind']!r}, a kind that is not known here")
    known = {word: value.get(word) for word in ("version", "revision", "subpath")}
    return Entry(_key(path, key), KINDS[value["kind"]], str(value["id"]), **known)


def differs(lock: Lock, here: Mapping[str, str]) -> str | None:
    """What is wrong with using the lock file here: it names the objects of another account."""
    both = [key for key in ORIGIN if lock.origin.get(key) and here.get(key)]
    if all(lock.origin[key].rstrip("/") == here[key].rstrip("/") for key in both):
        return None
    theirs, ours = (", ".join(f"{key} {place[key]}" for key in both) for place in (lock.origin, here))
    return f"{lock.path} belongs to another account ({theirs}) than the one at hand ({ours})"

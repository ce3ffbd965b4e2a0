"""The services that a world plays, each by its address. One is loaded when it is first asked for.

Most programs talk to one platform only, and every run of the provider begins by loading what it needs.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from .platform import CLAUDE_PATH, GITHUB_PATH, QODER_PATH, SERVICE_TOKEN_PATH

if TYPE_CHECKING:
    from .platform import Platform, Service

# ruff: noqa: PLC0415 - loading late is what this module is for


def _claude() -> "Platform":
    from .claude import Claude

    return Claude()


def _qoder() -> "Platform":
    from .qoder import Qoder

    return Qoder()


_LOADERS = {"claude": _claude, "qoder": _qoder}


class Platforms(Mapping[str, "Platform"]):
    """The platforms by their keys, in the order in which they are shown."""

    def __init__(self) -> None:
        self._loaded: dict[str, Platform] = {}

    def __getitem__(self, key: str) -> "Platform":
        """The platform, loaded."""
        if key not in self._loaded:
            self._loaded[key] = _LOADERS[key]()
        return self._loaded[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a platform; loads none."""
        return key in _LOADERS

    def __iter__(self) -> Iterator[str]:
        """Their keys."""
        return iter(_LOADERS)

    def __len__(self) -> int:
        """How many there are."""
        return len(_LOADERS)


class Services:
    """What answers at a path."""

    def __init__(self, platforms: Platforms) -> None:
        self._platforms = platforms

    def at(self, path: str) -> "Service | None":
        """The service that a path belongs to."""
        if path.startswith(CLAUDE_PATH):
            return self._platforms["claude"]
        if path.startswith((QODER_PATH, SERVICE_TOKEN_PATH)):
            return self._platforms["qoder"]
        return self._github if path.startswith(GITHUB_PATH) else None

    @cached_property
    def _github(self) -> "Service":
        from .github_api import GitHub

        return GitHub()

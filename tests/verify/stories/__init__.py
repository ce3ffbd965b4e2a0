"""The contract as stories: what is asked, in which order. What is right is what the emulator answers.

A story makes what it needs, names its steps in a reader's words, and sends nothing that makes a model work unless the
run says so. It says nothing about answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from verify.run import Run

    Tale = Callable[[Run], None]

PLATFORMS: Final = ("claude", "qoder")
MODULES: Final = (
    "requests",
    "models",
    "agents",
    "environments",
    "vaults",
    "credentials",
    "memories",
    "files",
    "skills",
    "sessions",
    "session_resources",
    "deployments",
    "user_profiles",
    "work",
)


@dataclass(frozen=True)
class Story:
    """One of them: its name begins with its kind."""

    name: str
    tale: Tale
    platforms: tuple[str, ...]
    works: bool
    """A model works, which costs."""


STORIES: Final[list[Story]] = []


def story(name: str, *platforms: str, works: bool = False) -> Callable[[Tale], Tale]:
    """Adds one; without platforms it is told to all."""

    def add(tale: Tale) -> Tale:
        STORIES.append(Story(name, tale, platforms or PLATFORMS, works))
        return tale

    return add


def stories(platform: str, *, work: bool = False, only: str = "") -> list[Story]:
    """What is told to a platform, in order."""
    if not STORIES:
        for module in MODULES:
            import_module(f".{module}", __name__)
    told = [each for each in STORIES if platform in each.platforms and (work or not each.works)]
    return [each for each in told if each.name.startswith(only)]

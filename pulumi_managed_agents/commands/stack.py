"""The stack in whose folder a command stands, as far as the engine tells of it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..declaration.tokens import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PROJECT_FILES: Final = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


class NoStack(Exception):
    """No stack of the project can be read; the text says why, and goes on from its name."""


@dataclass(frozen=True)
class Stack:
    """A stack, and what its configuration says of us."""

    name: str
    folder: Path
    """The project's, from which relative paths start."""
    settings: Mapping[str, str]


def project_folder(start: Path) -> Path | None:
    """The folder of the project that a folder is in.

    Raises:
        ValueError: there is no such folder.
    """
    if not start.is_dir():
        raise ValueError(f"there is no folder {str(start)!r}")
    within = (start.resolve(), *start.resolve().parents)
    return next((folder for folder in within if any((folder / name).is_file() for name in PROJECT_FILES)), None)


def read_stack(folder: Path, name: str | None) -> Stack:
    """The stack of that name, or the selected one.

    Raises:
        NoStack: there is none, or its configuration cannot be read.
    """
    chosen = name or output_of("pulumi", "stack", "--show-name", folder=folder)
    if not chosen:
        raise NoStack("none is selected, or its backend cannot be reached")
    text = output_of("pulumi", "config", "--json", "--show-secrets", "--stack", chosen, folder=folder)
    try:
        config = json.loads(text or "")
        settings = {key: str(about["value"]) for key, about in config.items() if key.startswith(f"{PACKAGE}:")}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoStack(f"the configuration of {chosen} cannot be read") from None
    return Stack(chosen, folder, {key.partition(":")[2]: value for key, value in settings.items()})


def output_of(*command: str, folder: Path | None = None) -> str | None:
    """What a program prints; None where there is none, or it fails."""
    run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        done = run(command, check=False, capture_output=True, text=True, timeout=60, env=environment, cwd=folder)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None

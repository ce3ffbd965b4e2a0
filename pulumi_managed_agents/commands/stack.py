"""The stack in whose folder a command stands, as far as the engine tells of it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from ..declaration.secret_forms import holds_secret
from ..declaration.tokens import PACKAGE
from ..platforms.settings import SETTINGS

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
    keys: tuple[str, ...] = ()
    """All that it configures, with the namespaces."""
    plain: tuple[str, ...] = ()
    """Of these, what is a secret and stands in the clear."""

    @property
    def project(self) -> str:
        """The project's name, which is the namespace of its own configuration."""
        return _project_in(self.folder)

    def file_of(self, key: str) -> str:
        """The name of the file that has a key in the clear."""
        names = (f"Pulumi.{self.name.rpartition('/')[2]}.yaml", *PROJECT_FILES)
        shown = (name for name in names if (self.folder / name).is_file() and key in (self.folder / name).read_text())
        return next(shown, names[0])


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
        values = {key: str(about.get("value", "")) for key, about in config.items()}
        open_ = {key: value for key, value in values.items() if not config[key].get("secret")}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoStack(f"the configuration of {chosen} cannot be read") from None
    settings = {key.partition(":")[2]: value for key, value in values.items() if key.startswith(f"{PACKAGE}:")}
    plain = tuple(key for key, value in open_.items() if key in _SECRETS or holds_secret(value, key))
    return Stack(chosen, folder, settings, tuple(values), plain)


_SECRETS = frozenset(f"{PACKAGE}:{setting.name}" for setting in SETTINGS if setting.secret)


def _project_in(folder: Path) -> str:
    """What a project is called; its file is YAML, of which JSON is a part."""
    files = (folder / name for name in PROJECT_FILES)
    text = next((file.read_text() for file in files if file.is_file()), "")
    try:
        return str(yaml.safe_load(text)["name"])
    except (yaml.YAMLError, KeyError, TypeError):
        return ""


def output_of(*command: str, folder: Path | None = None) -> str | None:
    """What a program prints; None where there is none, or it fails."""
    run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        done = run(command, check=False, capture_output=True, text=True, timeout=60, env=environment, cwd=folder)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None

"""Which platform a command talks to: the environment's, or an emulator's file."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import ConfigError
from ..platforms.settings import SETTINGS, Configuration, configure
from ..platforms.strayed import refuse_strayed
from ..provider.configured import ConfiguredProvider, check_settings
from .options.target import EMULATOR
from .output import say
from .world import check_founded

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from .stack import Stack

NAMES: Final = tuple(setting.name for setting in SETTINGS)


def given(options: argparse.Namespace) -> dict[str, str]:
    """The settings that the options say.

    Raises:
        ConfigError: there is no emulator in the file: it would become an empty world.
    """
    if options.emulator:
        try:
            check_founded(options.emulator)
        except (ValueError, OSError):
            raise ConfigError(f"there is no emulator in {options.emulator}") from None
    named = {
        "platform": options.platform,
        "place": options.place,
        "emulator": options.emulator and str(options.emulator),
    }
    return {name: value for name, value in named.items() if value}


def configuration(options: argparse.Namespace) -> Configuration:
    """The settings: what the options say, then the environment.

    Raises:
        ConfigError: they cannot be used.
    """
    said = given(options)
    return as_commanded(configure(said, os.environ), said)


def settings_of(options: argparse.Namespace, stack: Stack | None) -> tuple[Configuration, Path]:
    """The settings that an update of the stack would have, and where a relative path among them starts.

    Raises:
        ConfigError: they cannot be used.
    """
    said, known = given(options), dict(stack.settings) if stack else {}
    # What an option says is about this folder.
    start = Path() if "emulator" in said or stack is None else stack.folder
    named = {name: value for name, value in {**known, **said}.items() if name in NAMES}
    found = as_commanded(configure(named, os.environ), said)
    project = stack.project if stack else ""
    check_settings(found, known, start, project)
    refuse_strayed(stack.keys if stack else (), project)
    return found, start


def as_commanded(found: Configuration, said: Iterable[str]) -> Configuration:
    """The configuration with its origins in a command's words: what the options said, by their names."""
    origins = {**found.origins, **{name: f"--{name}" for name in said}}
    return replace(found, origins=origins, emulator_option=EMULATOR)


def provider(options: argparse.Namespace, warn: Callable[[str], None] | None = None) -> ConfiguredProvider:
    """The provider that the options choose."""
    return ConfiguredProvider(configuration(options), warn or say)

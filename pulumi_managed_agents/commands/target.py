"""Which platform a command talks to: the environment's, or an emulator's file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigError
from ..platforms.settings import Configuration, configure
from ..provider.configured import ConfiguredProvider
from .output import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def add_target(parser: argparse.ArgumentParser) -> None:
    """Adds the options that choose a platform."""
    parser.add_argument("--platform", choices=("claude", "qoder"), help="the platform (default: claude)")
    parser.add_argument("--emulator", type=Path, help="the file of an emulator, in place of a platform")


def configuration(options: argparse.Namespace) -> Configuration:
    """The settings: what the options say, then the environment.

    Raises:
        ConfigError: they cannot be used. A file that is not there is none: it would become an empty world.
    """
    if options.emulator and not options.emulator.is_file():
        raise ConfigError(f"there is no emulator in {options.emulator}")
    given = {"platform": options.platform, "emulator": str(options.emulator) if options.emulator else None}
    return configure(given, os.environ)


def provider(options: argparse.Namespace, warn: Callable[[str], None] | None = None) -> ConfiguredProvider:
    """The provider that the options choose."""
    return ConfiguredProvider(configuration(options), warn or say)

"""The platforms, one file each: routes, headers, error envelope, capabilities. Here they are known by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .claude import Claude
from .qoder import Qoder

if TYPE_CHECKING:
    from pathlib import Path

    from ..declaration.capabilities import Capabilities
    from ..declaration.platform import PlatformKey
    from .settings import Configuration

PLATFORM_TYPES: dict[PlatformKey, type[Claude | Qoder]] = {"claude": Claude, "qoder": Qoder}


def address_of(configuration: Configuration, directory: Path) -> str:
    """What tells the configured platform from every other one: its address, or the emulator's file."""
    settings = configuration.settings
    if settings.emulator:
        return f"emulator {settings.platform} {(directory / settings.emulator).resolve()}"
    return (settings.base_url or PLATFORM_TYPES[settings.platform].base_url).rstrip("/").lower()


def capabilities(configuration: Configuration) -> Capabilities:
    """What the configured platform can do; needs no key."""
    return PLATFORM_TYPES[configuration.settings.platform].capabilities

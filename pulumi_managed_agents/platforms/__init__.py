"""The platforms, one file each: routes, headers, error envelope, capabilities. Here they are known by their keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ..on_demand import OnDemand, defined
from .places import address, identity, in_place

if TYPE_CHECKING:
    from pathlib import Path

    from ..declaration.capabilities import Capabilities
    from .claude import Claude
    from .qoder import Qoder
    from .settings import Configuration

_PLACES: Final = {"claude": ".claude:Claude", "qoder": ".qoder:Qoder"}

PLATFORM_TYPES: Final[Mapping[str, type[Claude | Qoder]]] = OnDemand(
    lambda: _PLACES, lambda key: defined(_PLACES[key], __name__)
)


def address_of(configuration: Configuration, directory: Path) -> str:
    """What tells the configured platform from every other one: its address, or the emulator's file."""
    settings = configuration.settings
    if settings.emulator:
        return f"emulator {settings.platform} {(directory / settings.emulator).resolve()}"
    return _of_profile(configuration).rstrip("/").lower() or identity(settings)


def base_url_of(configuration: Configuration) -> str:
    """The API's address: as configured, else a profile's, else that of the place.

    Raises:
        ConfigError: it cannot be known without something that is not configured.
    """
    return _of_profile(configuration) or address(configuration.settings)


def _of_profile(configuration: Configuration) -> str:
    if configuration.settings.base_url:
        return ""
    named: str = defined(".credentials.choice:address", __name__)(configuration)
    return named


def capabilities(configuration: Configuration) -> Capabilities:
    """What the configured platform can do where it runs; needs no key."""
    settings = configuration.settings
    return in_place(PLATFORM_TYPES[settings.platform].capabilities, settings.where)

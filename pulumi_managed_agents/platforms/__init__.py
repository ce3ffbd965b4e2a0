"""The platforms, one file each: routes, headers, error envelope, capabilities. Here they are known by their keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ..on_demand import OnDemand, defined
from .places import identity, in_place

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
    return identity(settings)


def capabilities(configuration: Configuration) -> Capabilities:
    """What the configured platform can do where it runs; needs no key."""
    settings = configuration.settings
    return in_place(PLATFORM_TYPES[settings.platform].capabilities, settings.where)

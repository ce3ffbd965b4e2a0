"""The platforms, one file each: routes, headers, error envelope, capabilities. Here they are known by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .claude import Claude
from .qoder import Qoder

if TYPE_CHECKING:
    from ..declaration.capabilities import Capabilities
    from ..declaration.platform import PlatformKey
    from .settings import Configuration

PLATFORM_TYPES: dict[PlatformKey, type[Claude | Qoder]] = {"claude": Claude, "qoder": Qoder}


def capabilities(configuration: Configuration) -> Capabilities:
    """What the configured platform can do; needs no key."""
    return PLATFORM_TYPES[configuration.settings.platform].capabilities

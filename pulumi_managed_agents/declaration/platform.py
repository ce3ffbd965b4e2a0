"""The platforms that there are, by the name that the setting `platform` has for them."""

from __future__ import annotations

from typing import Literal, TypeAlias

PlatformKey: TypeAlias = Literal["claude", "qoder"]

PLATFORMS: dict[PlatformKey, str] = {"claude": "Claude Managed Agents", "qoder": "Qoder Cloud Agents"}
"""Their own names."""

UNSAID: PlatformKey = "claude"
"""The platform of an object that says nothing about it."""

"""The platforms that there are, by the name that the setting `platform` has for them, and the places each runs in."""

from __future__ import annotations

from typing import Literal, TypeAlias

PlatformKey: TypeAlias = Literal["claude", "qoder"]

PLATFORMS: dict[PlatformKey, str] = {"claude": "Claude Managed Agents", "qoder": "Qoder Cloud Agents"}
"""Their own names."""

UNSAID: PlatformKey = "claude"
"""The platform of an object that says nothing about it."""

WHERE = ("platform", "place")
"""What an object says of where it is, as far as that is not usual."""

PlaceKey: TypeAlias = Literal["hosted", "self-hosted", "aws", "google-cloud", "global", "cn"]

PLACES: dict[PlatformKey, dict[PlaceKey, str]] = {
    "claude": {
        "hosted": PLATFORMS["claude"],
        "self-hosted": "self-hosted Claude Managed Agents",
        "aws": "Claude Platform on AWS",
        "google-cloud": "Claude on Google Cloud",
    },
    "qoder": {"global": PLATFORMS["qoder"], "cn": "Qoder Cloud Agents in China"},
}
"""Where each platform runs, by the name that the setting `place` has for it, in words. The first one is the usual."""

PLACE_NAMES: dict[PlaceKey, str] = {key: name for places in PLACES.values() for key, name in places.items()}


def usual_place(platform: PlatformKey) -> PlaceKey:
    """Where the platform runs for whoever says nothing about it."""
    return next(iter(PLACES[platform]))

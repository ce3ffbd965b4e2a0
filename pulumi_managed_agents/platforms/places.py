"""Where a platform runs, as far as requests depend on it: the address, and what stands in front of every path."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from ..declaration.tokens import PACKAGE
from ..errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.capabilities import Capabilities
    from ..declaration.platform import PlaceKey
    from .settings import Settings

ADDRESSES: Final = {
    "hosted": "https://api.anthropic.com",
    "google-cloud": "https://claude.googleapis.com",
    "global": "https://api.qoder.com/api/v1/cloud",
    "cn": "https://api.qoder.com.cn/api/v1/cloud",
}
"""The addresses that a place has for everybody."""

AWS: Final = "https://aws-external-anthropic.{region}.api.aws"
EVERYWHERE: Final = "global"
"""The location on Google Cloud for whoever says none."""


def address(settings: Settings) -> str:
    """The address of the configured place.

    Raises:
        ConfigError: it cannot be known without something that is not configured.
    """
    lacking = missing(settings)
    if lacking:
        raise ConfigError(lacking)
    if settings.base_url or settings.emulator:
        return settings.base_url or ADDRESSES["hosted" if settings.platform == "claude" else "global"]
    if settings.where == "aws":
        return AWS.format(region=settings.region)
    return ADDRESSES[settings.where]


def region(settings: Settings) -> str:
    """The region of AWS: that of the address, where one is configured, and else what is said.

    Raises:
        ConfigError: neither says one.
    """
    found = _told(settings) or settings.region
    if not found:
        raise ConfigError(_needed(settings, "region", "AWS_REGION"))
    return found


def _told(settings: Settings) -> str:
    """The region that an address of AWS has in it; empty where another one is configured, or none."""
    host = urlsplit(settings.base_url or "").hostname or ""
    told = host.removeprefix("aws-external-anthropic.").removesuffix(".api.aws")
    return told if AWS.format(region=told) == f"https://{host}" else ""


def missing(settings: Settings) -> str | None:
    """What a request in the place cannot do without, and is not configured."""
    wanted: list[tuple[str, str | None, str]] = []
    if settings.emulator:
        return None
    if settings.where == "self-hosted":
        wanted = [("baseUrl", settings.base_url, "ANTHROPIC_BASE_URL")]
    if settings.where == "aws":
        wanted = [
            ("region", settings.region or settings.base_url, "AWS_REGION"),
            ("workspaceId", settings.workspace_id, "ANTHROPIC_AWS_WORKSPACE_ID"),
        ]
    if settings.where == "google-cloud" and not settings.base_url:
        wanted = [
            ("googleProject", settings.google_project, "ANTHROPIC_GOOGLE_CLOUD_PROJECT"),
            ("workspaceId", settings.workspace_id, "ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID"),
        ]
    return next((_needed(settings, name, variable) for name, value, variable in wanted if not value), None)


def _needed(settings: Settings, name: str, variable: str) -> str:
    return (
        f"`{PACKAGE}:place` is `{settings.where}`, which needs `{PACKAGE}:{name}`: set it with "
        f"`pulumi config set {PACKAGE}:{name}`, or in the environment variable {variable}."
    )


def prefixes(settings: Settings) -> tuple[str, str]:
    """What stands in front of every path, and of the paths of an organization."""
    if settings.where != "google-cloud" or settings.base_url or settings.emulator:
        return "", ""
    location = f"/v1/projects/{settings.google_project}/locations/{settings.region or EVERYWHERE}"
    return (
        f"{location}/workspaces/{quote(str(settings.workspace_id), safe='')}/invoke",
        f"{location}/claudeOrganization/invoke",
    )


def identity(settings: Settings) -> str:
    """What tells the place from every other one; what is missing is left out, since nothing is asked yet."""
    told = _told(settings) if settings.where == "aws" else ""
    if settings.where in ("hosted", "global") or (settings.base_url and not told):
        return (settings.base_url or ADDRESSES[settings.where]).rstrip("/").lower()
    location = told or settings.region or (EVERYWHERE if settings.where == "google-cloud" else "")
    parts = (settings.where, location, settings.google_project, settings.workspace_id)
    return " ".join(part for part in parts if part)


def in_place(known: Capabilities, place: PlaceKey) -> Capabilities:
    """What a platform can do in one of its places."""
    if place == known.place:
        return known
    return replace(known, place=place, environment_type=_ENVIRONMENTS.get(place, known.environment_type))


_ENVIRONMENTS: Final[Mapping[str, str]] = {"self-hosted": "self_hosted"}
"""What an environment is that does not say it, where that is not the platform's usual."""

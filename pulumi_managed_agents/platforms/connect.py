"""From settings to a platform that can be asked, over HTTP or in the emulator."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from ..errors import ConfigError
from ..transport.cancel import Cancellation
from ..transport.pace import Pace
from ..transport.patience import bound
from ..transport.transport import Asked, Transport
from ..version import __version__
from . import PLATFORM_TYPES
from .github import BASE_URL as GITHUB_URL
from .github import GitHub
from .mounted import mounted_emulator
from .places import address, prefixes, region
from .rest import RestBackend, RestService
from .settings import NO_ADDRESS, is_loopback
from .surroundings import proxy_for, trusted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.platform import PlaceKey
    from .service import Platform
    from .settings import Configuration, Settings

CONNECTIONS = 128
"""More than any number of requests that the engine has under way."""

EMULATOR_KEY = "emulator"
"""What is sent where a key is wanted and the embedded emulator answers."""


def connect(
    configuration: Configuration,
    directory: str | os.PathLike[str] = ".",
    cancellation: Cancellation | None = None,
) -> RestBackend:
    """The configured platform; a relative path of the emulator starts at `directory`. `cancellation` ends all waits.

    Raises:
        ConfigError: there is no key, or the emulator's file cannot be used.
    """
    settings, cancellation = configuration.settings, cancellation or Cancellation()
    headers = _credential(configuration)
    mounted = _emulator(configuration, Path(directory))
    client, asked = _client(configuration, headers, mounted, address(settings), "baseUrl", cancellation)
    if is_signed(settings):
        client.auth = _signature(settings)
    transport = Transport(
        client,
        asked,
        retries=settings.max_retries,
        pace=Pace(settings.requests_per_minute),
        sleep=cancellation.sleep,
        check=cancellation.check,
    )
    platform: Platform = PLATFORM_TYPES[settings.platform](settings.workspace_id, settings.where, prefixes(settings))
    return RestBackend(platform, transport, settings.secrets, configuration.key_origin)


def connect_github(
    configuration: Configuration,
    directory: str | os.PathLike[str] = ".",
    cancellation: Cancellation | None = None,
) -> RestService:
    """GitHub, as the settings say; needs no key of the platform. With the emulator, the emulated one.

    Raises:
        ConfigError: the emulator's file cannot be used.
    """
    settings, cancellation = configuration.settings, cancellation or Cancellation()
    token = settings.github_token.get_secret_value() if settings.github_token else None
    mounted = None if settings.github_url else _emulator(configuration, Path(directory))
    address = settings.github_url or (EMULATED_GITHUB if mounted else GITHUB_URL)
    client, asked = _client(configuration, {}, mounted, address, "githubUrl", cancellation)
    transport = Transport(
        client,
        asked,
        retries=min(settings.max_retries, 2),
        sleep=cancellation.sleep,
        check=cancellation.check,
    )
    github = GitHub(token, _github_host(settings.github_url, emulated=mounted is not None))
    return RestService(github, transport, settings.secrets)


def _github_host(address: str | None, *, emulated: bool) -> str | None:
    """The host of the repositories that an API tells of; None for one on this machine, which plays any."""
    if address is None:
        return None if emulated else "github.com"
    host = httpx.URL(address).host
    if is_loopback(host):
        return None
    return "github.com" if host == "api.github.com" else host


EMULATED_GITHUB = "http://localhost/github"
"""Where the embedded emulator plays GitHub."""


def _client(
    configuration: Configuration,
    headers: Mapping[str, str],
    transport: httpx.BaseTransport | None,
    address: str,
    setting: str,
    cancellation: Cancellation,
) -> tuple[httpx.Client, Asked]:
    settings = configuration.settings
    url = _url(address, configuration.origin(setting))
    # Nothing of the environment is for what stays in this process, or on this machine.
    leaves = transport is None and url.scheme == "https"
    proxy = proxy_for(address, os.environ) if leaves else None
    client = httpx.Client(
        base_url=url,
        headers={"user-agent": f"pulumi-managed-agents/{__version__}", "accept": "application/json", **headers},
        timeout=httpx.Timeout(settings.timeout_seconds, connect=min(10.0, settings.timeout_seconds)),
        limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        transport=transport,
        follow_redirects=False,
        verify=trusted(os.environ) if leaves else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        proxy=proxy.address if proxy else None,
        trust_env=False,
    )
    bound(client, settings.timeout_seconds, cancellation.gives_up)
    return client, Asked(url.netloc.decode(), str(proxy) if proxy else None)


def _url(address: str, origin: str) -> httpx.URL:
    try:
        return httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        raise ConfigError(f"{origin} {NO_ADDRESS}") from None


def _emulator(configuration: Configuration, directory: Path) -> httpx.BaseTransport | None:
    path = configuration.settings.emulator
    where = configuration.settings.where
    return mounted_emulator(directory / path, configuration.origin("emulator"), _played(where)) if path else None


def _played(place: PlaceKey) -> PlaceKey | None:
    """What the emulator plays; the usual place is none that a world has to be told."""
    return None if place in ("hosted", "global") else place


def is_signed(settings: Settings) -> bool:
    """Whether each request is signed with an identity of the place, since there is no key to be sent."""
    return settings.where == "aws" and not (settings.emulator or settings.api_key or settings.auth_token)


def _signature(settings: Settings) -> httpx.Auth:
    from .aws import SigV4  # noqa: PLC0415 - only those who use it load it

    return SigV4(region(settings))


def _credential(configuration: Configuration) -> dict[str, str]:
    settings: Settings = configuration.settings
    platform = PLATFORM_TYPES[settings.platform]
    if settings.emulator:
        return platform.credential(EMULATOR_KEY)
    if is_signed(settings):
        return {}
    if settings.api_key:
        return platform.credential(settings.api_key.get_secret_value(), settings.where)
    if settings.auth_token:
        return {"authorization": f"Bearer {settings.auth_token.get_secret_value()}"}
    raise ConfigError(configuration.no_key)

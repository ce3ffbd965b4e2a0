"""From settings to a platform that can be asked, over HTTP or in the emulator."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from ..declaration.learning import Learned, LearningScrubber
from ..errors import ConfigError
from ..transport.cancel import Cancellation
from ..transport.following import Follow, unfollowed
from ..transport.pace import Pace
from ..transport.patience import bound
from ..transport.transport import Asked, Transport
from ..version import __version__
from . import PLATFORM_TYPES, base_url_of
from .credentials.assembly import Signed, signed
from .credentials.choice import choose
from .credentials.signing import Static
from .github import BASE_URL as GITHUB_URL
from .github import GitHub
from .mounted import emulated_workspace, mounted_emulator
from .places import prefixes
from .rest import RestBackend, RestService
from .settings import NO_ADDRESS, check_address, is_loopback
from .surroundings import proxy_for, trusted

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..declaration.platform import PlaceKey
    from .service import Platform
    from .settings import Configuration

CONNECTIONS = 128
"""More than any number of requests that the engine has under way."""

EXCHANGE_SECONDS = 30.0
"""How long an exchange may take, as in the official SDK: others wait for its end."""

EMULATOR_KEY = "emulator"
"""What is sent where a key is wanted and the embedded emulator answers."""


def connect(
    configuration: Configuration,
    directory: str | os.PathLike[str] = ".",
    cancellation: Cancellation | None = None,
    learned: Learned | None = None,
    warn: Callable[[str], None] = lambda text: None,  # noqa: ARG005 - nobody looks
    follow: Follow = unfollowed,
) -> RestBackend:
    """The configured platform; a relative path of the emulator starts at `directory`. `cancellation` ends all waits.

    What comes up of secrets on the way is `learned`.

    Raises:
        ConfigError: there is no credential, or it or the emulator's file cannot be used.
    """
    settings, cancellation, learned = configuration.settings, cancellation or Cancellation(), learned or Learned()
    choice = None if settings.emulator else choose(configuration)
    if choice and choice.warning:
        warn(choice.warning)
    address = base_url_of(configuration)
    if choice and choice.kind == "profile" and not settings.base_url:
        check_address(address, choice.origin)
    mounted = _emulator(configuration, Path(directory))
    client, asked = _client(configuration, mounted, address, "baseUrl", cancellation)
    ways = _Ways(configuration, cancellation, client, asked, follow)
    signing = signed(configuration, choice, address, ways, learned) if choice else _as_emulator(configuration)
    transport = Transport(
        client,
        asked,
        retries=settings.max_retries,
        pace=Pace(settings.requests_per_minute),
        sleep=cancellation.sleep,
        check=cancellation.check,
        auth=signing.auth,
        beside=ways.others,
        follow=follow,
    )
    workspace = None if signing.bound else _workspace(configuration)
    platform: Platform = PLATFORM_TYPES[settings.platform](workspace, settings.where, prefixes(settings))
    return RestBackend(platform, transport, LearningScrubber(learned, configuration.secrets), signing.name)


class _Ways:
    """How those who give out tokens are asked."""

    def __init__(
        self,
        configuration: Configuration,
        cancellation: Cancellation,
        client: httpx.Client,
        asked: Asked,
        follow: Follow,
    ) -> None:
        self._configuration = configuration
        self._follow = follow
        self._cancellation = cancellation
        self._own = (client, asked)
        self.others: list[Transport] = []
        """What has connections of its own."""

    def to_platform(self) -> Transport:
        """Requests to the platform, without a credential."""
        return self._transport(*self._own)

    def to(self, address: str, origin: str) -> Transport:
        """Requests to somebody else."""
        made = self._transport(*_client(self._configuration, None, address, origin, self._cancellation))
        self.others.append(made)
        return made

    def _transport(self, client: httpx.Client, asked: Asked) -> Transport:
        settings, wait = self._configuration.settings, self._cancellation
        return Transport(
            client,
            asked,
            retries=min(settings.max_retries, 2),
            sleep=wait.sleep,
            check=wait.check,
            follow=self._follow,
            seconds=min(settings.timeout_seconds, EXCHANGE_SECONDS),
        )


def connect_github(
    configuration: Configuration,
    directory: str | os.PathLike[str] = ".",
    cancellation: Cancellation | None = None,
    learned: Learned | None = None,
    follow: Follow = unfollowed,
) -> RestService:
    """GitHub, as the settings say; needs no key of the platform. With the emulator, the emulated one.

    Raises:
        ConfigError: the emulator's file cannot be used.
    """
    settings, cancellation = configuration.settings, cancellation or Cancellation()
    token = settings.github_token.get_secret_value() if settings.github_token else None
    mounted = None if settings.github_url else _emulator(configuration, Path(directory))
    address = settings.github_url or (EMULATED_GITHUB if mounted else GITHUB_URL)
    client, asked = _client(configuration, mounted, address, "githubUrl", cancellation)
    transport = Transport(
        client,
        asked,
        retries=min(settings.max_retries, 2),
        sleep=cancellation.sleep,
        check=cancellation.check,
        follow=follow,
    )
    github = GitHub(token, _github_host(settings.github_url, emulated=mounted is not None))
    return RestService(github, transport, LearningScrubber(learned or Learned(), configuration.secrets))


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
        headers={"user-agent": f"pulumi-managed-agents/{__version__}", "accept": "application/json"},
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


def _workspace(configuration: Configuration) -> str | None:
    """The workspace that is asked for; of an emulator its own, where the place wants one named and the stack has none.

    One of the environment is in the real place, as its keys are.
    """
    settings = configuration.settings
    if not settings.emulator or configuration.is_of_stack("workspaceId"):
        return settings.workspace_id
    return emulated_workspace() if settings.where == "aws" else None


def _played(place: PlaceKey) -> PlaceKey | None:
    """What the emulator plays; the usual place is none that a world has to be told."""
    return None if place in ("hosted", "global") else place


def _as_emulator(configuration: Configuration) -> Signed:
    """The emulator takes any key; a key that is configured is what its refusals are about."""
    settings = configuration.settings
    given = next((name for name in ("apiKey", "authToken") if name in configuration.origins), None)
    name = configuration.named(given) if given else "the emulator's key"
    return Signed(Static(PLATFORM_TYPES[settings.platform].credential(EMULATOR_KEY)), name)

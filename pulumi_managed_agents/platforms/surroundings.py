"""What the environment says of the network: a proxy, hosts to ask without it, and whom to trust.

The HTTP client reads the same variables, but fails on what other tools read (addresses of version 6, networks), and
blames the address that is asked. So it is told what was found here, and reads nothing itself.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx

from ..errors import ConfigError
from .settings import is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping

PROXY_VARIABLES: Final = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
"""As curl reads them: what is said of this scheme first, small letters first."""

SYSTEM: Final = "the system's settings"
_SCHEMES: Final = ("http", "https")
_SOCKS: Final = ("socks5", "socks5h")
_PORT: Final = 443


@dataclass(frozen=True)
class Proxy:
    """A proxy, and who named it."""

    address: str
    origin: str

    @property
    def server(self) -> str:
        """Its host and port, without what may be a password."""
        return self.address.rpartition("@")[2].rpartition("://")[2].partition("/")[0]

    def __str__(self) -> str:
        return f"the proxy {self.server} ({self.origin})"


def proxy_for(address: str, environment: Mapping[str, str]) -> Proxy | None:
    """The proxy through which an address is asked; none for this machine and for what is excepted.

    Raises:
        ConfigError: it cannot be used.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" or is_loopback(host):
        # A proxy would get what plain HTTP may only tell this machine.
        return None
    found = _named(environment)
    if found is None or _is_excepted(host, parts.port or _PORT, environment):
        return None
    _check(found, host)
    return found


def _named(environment: Mapping[str, str]) -> Proxy | None:
    for variable in PROXY_VARIABLES:
        value = environment.get(variable, "").strip()
        if value:
            return Proxy(_in_full(value), f"environment variable {variable}")
    # Where the environment names no proxy at all, some systems have a setting for all programs.
    system = {} if any(name.lower().endswith("_proxy") for name in environment) else getproxies()
    value = system.get("https") or system.get("all") or ""
    return Proxy(_in_full(value), SYSTEM) if value else None


def _in_full(address: str) -> str:
    return address if "://" in address else f"http://{address}"


def _check(proxy: Proxy, host: str) -> None:
    scheme = proxy.address.partition("://")[0].lower()
    out = f"or ask {host} without it, with `NO_PROXY={host}`"
    if scheme in _SOCKS and find_spec("socksio") is None:
        need = (
            "names a SOCKS proxy, which needs the Python package `socksio`: install it (`pip install 'httpx[socks]'`)"
        )
        raise ConfigError(f"{proxy.origin} {need}, name an HTTP proxy in `HTTPS_PROXY`, {out}")
    if scheme not in (*_SCHEMES, *_SOCKS) or not _is_address(proxy.address):
        raise ConfigError(f"{proxy.origin} names no proxy: write it as `http://HOST:PORT`, {out}")


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - read to be judged
        httpx.Proxy(address)
    except (ValueError, httpx.InvalidURL):
        return False
    return bool(parts.hostname) and not any(sign.isspace() for sign in address)


def _is_excepted(host: str, port: int, environment: Mapping[str, str]) -> bool:
    listed = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    return any(_excepts(item, host.lower(), port) for item in listed.replace(",", " ").split())


def _excepts(item: str, host: str, port: int) -> bool:
    """Whether an entry of the list is about a host: a name, all below a domain, an address, a network, or all."""
    if item == "*":
        return True
    network = _network(item)
    if network is not None:
        address = _ip(host)
        return address is not None and address in network
    name, _, said = item.rpartition("://")[2].partition(":")
    if said and said != str(port):
        return False
    name = name.lower().removeprefix("*").removeprefix(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _network(item: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(item.replace("[", "").replace("]", ""), strict=False)
    except ValueError:
        return None


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def trusted(environment: Mapping[str, str]) -> ssl.SSLContext:
    """Whose certificates are believed: those that the environment names, or else the ones that come with the client.

    Raises:
        ConfigError: what it names cannot be used.
    """
    file, folder = environment.get("SSL_CERT_FILE", ""), environment.get("SSL_CERT_DIR", "")
    if file and not Path(file).is_file():
        raise ConfigError(f"environment variable SSL_CERT_FILE names {file!r}, and there is no such file: {_WAYS}")
    if not file and folder and not any(Path(item).is_dir() for item in folder.split(os.pathsep)):
        raise ConfigError(f"environment variable SSL_CERT_DIR names {folder!r}, and there is no such folder: {_WAYS}")
    if not file and not folder:
        return httpx.create_ssl_context(trust_env=False)
    try:
        return ssl.create_default_context(cafile=file) if file else ssl.create_default_context(capath=folder)
    except (ssl.SSLError, OSError) as error:
        reason = f"{file or folder!r}, which holds no certificates in PEM that can be read ({type(error).__name__})"
        named = "SSL_CERT_FILE" if file else "SSL_CERT_DIR"
        raise ConfigError(f"environment variable {named} names {reason}: {_WAYS}") from None


_WAYS: Final = (
    "name a file (SSL_CERT_FILE) or a folder (SSL_CERT_DIR) with the certificates of your authorities in PEM, or unset "
    "it"
)

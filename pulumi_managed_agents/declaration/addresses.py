"""Addresses, read so that no two programs can read them differently.

Clients differ over backslashes, blanks, a second `@`, escaped dots and letters beyond ASCII in a host. An address with
any of them is none here: the provider refuses it, and a rule of the policy pack says that it cannot be read.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from .characters import seen, unseen_in_path
from .hosts import host_name

BLANKS: Final = " \t\r\n"
"""What may stand around an address, and means nothing to who reads it: take it off first."""

_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]+)(?P<rest>.*)", re.DOTALL)
_AUTHORITY = re.compile(
    r"(?:(?P<user>[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::(?P<password>[A-Za-z0-9._~!$&'()*+,;=:%-]*))?@)?"
    r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{0,5}))?"
)
_USUAL_PORTS = {"https": 443, "http": 80}
_HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Address:
    """An address in its parts; scheme and host in small letters, without the port that goes without saying."""

    scheme: str
    user: str | None
    password: str | None
    host: str
    port: int | None
    rest: str
    """Path, query and fragment, as they are written."""

    @property
    def server(self) -> str:
        """The host, and its port where that has to be said."""
        return self.host if self.port is None else f"{self.host}:{self.port}"


def read_address(text: str) -> Address | None:
    """The address that the text is; None where it is none, or not the same one to everybody."""
    found = _ADDRESS.fullmatch(text)
    if found is None or "\\" in text or " " in text or unseen_in_path(text) is not None:
        return None
    parts = _AUTHORITY.fullmatch(found["authority"])
    host = _host(parts["host"]) if parts else None
    port = int(parts["port"] or 0) if parts else 0
    if parts is None or host is None or port > _HIGHEST_PORT:
        return None
    scheme = found["scheme"].lower()
    said = port if port not in (0, _USUAL_PORTS.get(scheme)) else None
    return Address(scheme, parts["user"], parts["password"], host, said, found["rest"])


def _host(text: str) -> str | None:
    if not text.startswith("["):
        return host_name(text)
    try:
        return f"[{ipaddress.IPv6Address(text[1:-1])}]"
    except ValueError:
        return None


def server_address(text: str) -> str:
    """The address of a server on the web, as it is written.

    Raises:
        ValueError: it is none, or holds a user name.
    """
    address = read_address(seen(text))
    if address is None or address.scheme not in _USUAL_PORTS:
        message = (
            "is no address that everybody reads alike: write it as `https://HOST/PATH`, without blanks or "
            "backslashes, and a host with letters beyond ASCII in punycode (`xn--`)"
        )
        raise ValueError(message)
    if address.user is not None:
        message = "must not hold a user name or password: credentials belong in a vault"
        raise ValueError(message)
    return text


_NAMES_USER = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:[\\/]{2,}[^/?#\\]*@")


def names_user(text: str) -> bool:
    """Whether a text is an address with a user's name in it, be it one that everybody reads alike or not."""
    return _NAMES_USER.match(text) is not None


def without_user(text: str) -> str:
    """The text as it is, unless it is an address with a user's name in it.

    Raises:
        ValueError: it is one.
    """
    if names_user(text):
        message = "must not hold a user name or password"
        raise ValueError(message)
    return text


GITHUB: Final = "github.com"
_OWNED = 2
"""Parts of the path of a repository on GitHub: its owner's name, and its own."""


@dataclass(frozen=True)
class Place:
    """Where a repository is."""

    server: str
    path: tuple[str, ...]

    @property
    def owner(self) -> str:
        """Who owns it, in small letters: `owner` on GitHub, `host/owner` elsewhere."""
        return owner_name(f"{self.server}/{self.path[0]}")


def owner_name(text: str) -> str:
    """The one spelling of `owner` or `host/owner`."""
    host, slash, owner = text.lower().rpartition("/")
    host = host.removesuffix(":443").removesuffix(".")
    return owner if host in ("", GITHUB) else f"{host}{slash}{owner}"


def repository_at(text: str) -> Place | None:
    """The place that an address names; None where it cannot be told whose repository it is.

    Escaped letters are read. An escaped slash or dot, an empty part and a query are not: some servers follow them.
    """
    address = read_address(text)
    if address is None or address.scheme != "https" or not address.rest.startswith("/"):
        return None
    parts = [_part(part) for part in address.rest[1:].removesuffix("/").split("/")]
    known = [part for part in parts if part is not None]
    too_few = address.server == GITHUB and len(known) != _OWNED
    return None if len(known) < len(parts) or too_few else Place(address.server, tuple(known))


def _part(text: str) -> str | None:
    """A part of a path; None where it may be understood as more, or less, than a name."""
    part = unquote(text)
    odd = any(sign in part for sign in "/\\%?#;\ufffd") or unseen_in_path(part) is not None
    return None if odd or part in ("", ".", "..") or any(sign in text for sign in "?#") else part

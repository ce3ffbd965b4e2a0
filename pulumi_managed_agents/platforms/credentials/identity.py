"""Identity tokens, and where they come from. One may be good for a single exchange, so each exchange asks for it."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import urlencode, urlsplit

from ...errors import CallFailed, ConfigError, Unsigned
from ...transport.exchange import Request
from ..settings import check_address
from .reading import content, document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...declaration.learning import Learned
    from ...transport.transport import Transport

LARGEST: Final = 16 * 1024
"""Bytes of an identity token that the exchange takes."""

_PARTS: Final = 3
_OK: Final = 200


class IdentitySource(Protocol):
    """Where an identity token comes from."""

    is_fresh: bool
    """Whether each one is another, so that a second exchange needs no luck."""

    def token(self) -> str:
        """The token, as it is now.

        Raises:
            Unsigned: there is none.
        """

    def mark(self) -> str:
        """What tells whose tokens come from here from anybody else's; holds no secret."""


@dataclass(frozen=True)
class Literally:
    """The token itself."""

    value: str = field(repr=False)
    origin: str
    is_fresh = False

    def token(self) -> str:
        """The token."""
        return checked(self.value.strip(), self.origin)

    def mark(self) -> str:
        """A digest of what the tokens come from."""
        return _digest(self.value.strip())


@dataclass(frozen=True)
class FromFile:
    """A file that somebody else renews."""

    path: Path
    origin: str
    learned: Learned = field(repr=False)
    is_fresh = False

    def token(self) -> str:
        """What the file holds now."""
        try:
            text = content(self.path)[0].decode().strip()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise Unsigned(_READING, f"{str(self.path)!r} ({self.origin}) cannot be read: {reason}") from None
        except UnicodeDecodeError:
            text = ""
        self.learned.learn(text)
        return checked(text, f"{str(self.path)!r} ({self.origin})")

    def mark(self) -> str:
        """A digest of what tells whose tokens these are."""
        # What is in the file is whose it is: another job may have put another one there.
        return _digest(self.token())


@dataclass(frozen=True)
class FromGitHub:
    """The job of GitHub Actions that this runs in: its request URL answers all through the job."""

    address: str
    request_token: str = field(repr=False)
    audience: str
    transport: Transport = field(repr=False)
    learned: Learned = field(repr=False)
    is_fresh = True

    def token(self) -> str:
        """Another token each time."""
        self.learned.learn(self.request_token)
        parts = urlsplit(self.address)
        query = "&".join(filter(None, (parts.query, urlencode({"audience": self.audience}))))
        headers = {"authorization": f"Bearer {self.request_token}"}
        path = parts._replace(query=query).geturl()
        attempt = "Asking GitHub Actions for an identity token"
        try:
            answer = self.transport.send(Request("GET", path, attempt, headers=headers))
        except CallFailed as failure:
            raise Unsigned(attempt, failure.said, _PERMISSION) from None
        value = answer.body.get("value") if isinstance(answer.body, dict) else None
        if answer.status != _OK or not isinstance(value, str):
            raise Unsigned(attempt, f"it answered {answer.status} and no token", _PERMISSION)
        self.learned.learn(value)
        return checked(value.strip(), "the answer of GitHub Actions")

    def mark(self) -> str:
        """A digest of what tells whose tokens these are."""
        # The request token is the job's own: no other job finds what this one has kept.
        return _digest(f"{self.address} {self.request_token} {self.audience}")


_READING: Final = "Reading the identity token"
_PERMISSION: Final = "Check that the job has `permissions: id-token: write` and still runs."


def request_url(surroundings: Mapping[str, str], origin: str) -> tuple[str, str]:
    """Where the job of GitHub Actions gives identity tokens, and with which token it is asked.

    Raises:
        ConfigError: this is no such job, or it may not ask.
    """
    address, token = (
        surroundings.get("ACTIONS_ID_TOKEN_REQUEST_URL", ""),
        surroundings.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN", ""),
    )
    if not (address and token):
        advice = "give the job `permissions: id-token: write`, or name a file with `identityTokenFile`"
        raise ConfigError(f"{origin}: this is no job of GitHub Actions that may ask for identity tokens: {advice}")
    parts = urlsplit(address)
    check_address(parts._replace(query="", fragment="").geturl(), "environment variable ACTIONS_ID_TOKEN_REQUEST_URL")
    return address, token


def checked(token: str, origin: str) -> str:
    """The token, if it has the form of one.

    Raises:
        Unsigned: it has not.
    """
    if not token:
        raise Unsigned(_READING, f"{origin} is empty")
    if len(token.encode(errors="replace")) > LARGEST:
        raise Unsigned(_READING, f"{origin} is larger than {LARGEST // 1024} KiB, and no identity token is")
    parts = token.split(".")
    if len(parts) != _PARTS or not all(parts) or not (token.isascii() and token.isprintable()) or " " in token:
        raise Unsigned(_READING, f"{origin} is no identity token: one has three parts with dots between them")
    return token


def claims_of(token: str) -> Mapping[str, Any]:
    """What an identity token says, unproved: for words about it, and for how it is sent; empty if it is unreadable."""
    part = token.split(".")[1]
    try:
        return document(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) or {}
    except ValueError:
        return {}


def _digest(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def file_at(path: str, origin: str, learned: Learned) -> FromFile:
    """The file with an identity token, as somebody named it."""
    return FromFile(Path(os.path.expanduser(path)), origin, learned)  # noqa: PTH111 - a home that is unknown is no error here

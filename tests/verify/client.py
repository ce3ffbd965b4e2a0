"""The platforms' own SDKs, in front of a server: what a user's program would send is what is sent."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import anthropic
import httpx
import httpx2
import loopback
import qca
import qca.common._exceptions as qca_errors
from qca.common._types import NOT_GIVEN
from qca.common._utils import make_request_options

from pulumi_managed_agents.declaration.scrubbing import Scrubber
from pulumi_managed_agents.emulator import Emulator

from .wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLATFORMS = ("claude", "qoder")
TAIL = {"claude": "", "qoder": "/api/v1/cloud"}
"""What follows a server's address: the SDK of Claude adds its own."""
OUTSIDE = {"claude": frozenset({"files", "skills", "models", "user_profiles"}), "qoder": frozenset[str]()}
"""Collections that the SDK of Claude has outside its `beta`."""

HTTP: dict[str, Any] = {"claude": httpx2, "qoder": httpx}
"""The HTTP library of each SDK."""

STATUS = (anthropic.APIStatusError, qca.APIStatusError)
UNFIT = (anthropic.APIResponseValidationError, qca_errors.APIResponseValidationError)
UNANSWERED = (anthropic.APIConnectionError, qca_errors.APIConnectionError)
NO_CREDENTIAL = (anthropic.AnthropicError, ValueError, TypeError)
SECONDS = 60.0
NOTHING_MORE: dict[str, Any] = {
    "body": {},
    "query": {},
    "headers": {},
    "extra_headers": None,
    "extra_query": None,
    "extra_body": None,
    "timeout": NOT_GIVEN,
}
"""What Qoder's SDK wants to be told about a request that has none of it."""


class Client:
    """One server of one platform."""

    emulated = False
    """Nothing takes time there."""

    def __init__(self, platform: str, url: str, wire: Wire, key: str | None = None) -> None:
        self.platform = platform
        self.wire = wire
        self.base = url.rstrip("/")
        self._http = HTTP[platform].Client(transport=wire, timeout=SECONDS)
        self._sdk = (_claude if platform == "claude" else _qoder)(self.base, self._http, key, strict=True)
        self._lenient = (_claude if platform == "claude" else _qoder)(self.base, self._http, key, strict=False)

    def at(self, name: str, *, strict: bool = True) -> Any:
        """The SDK's resource of a collection; a strict one complains about what it cannot read."""
        found: Any = self._sdk if strict else self._lenient
        if self.platform == "claude" and name.partition(".")[0] not in OUTSIDE["claude"]:
            found = found.beta
        for part in name.split("."):
            found = getattr(found, part)
        return found

    def bare(self, method: str, path: str, beta: str = "") -> None:
        """A request that no SDK would send, with the SDK's own credential."""
        if self.platform == "qoder":
            self._lenient.request(method, path, cast_to=object, options=make_request_options(**NOTHING_MORE))
        else:
            options = {"headers": {"anthropic-beta": beta}} if beta else {}
            body = {} if method == "GET" else {"body": {}}
            getattr(self._lenient, method.lower())(path, cast_to=object, options=options, **body)

    def scrubbed(self, text: str) -> str:
        """Words without what identified the caller."""
        return Scrubber(self.wire.secrets).text(text)

    def close(self) -> None:
        """Ends its connections."""
        self._http.close()


def _claude(base: str, http: Any, key: str | None, *, strict: bool) -> anthropic.Anthropic:
    # Its own way through variables and profiles, for a key that is not given.
    return anthropic.Anthropic(
        base_url=base, api_key=key, http_client=http, max_retries=0, _strict_response_validation=strict
    )


def _qoder(base: str, http: Any, key: str | None, *, strict: bool) -> qca.Managed:
    return qca.Managed(
        base_url=f"{base}{TAIL['qoder']}/",
        access_token=key,
        http_client=http,
        max_retries=0,
        _strict_response_validation=strict,
    )


@contextmanager
def emulated(platform: str, path: Path, settings: dict[str, Any], limit: int = 10_000) -> Iterator[Client]:
    """An emulator of its own, in a new file, with a client in front of it."""
    with Emulator(path) as emulator:
        emulator.control.settings(**settings)
        client = Client(
            platform,
            "http://emulator.invalid",
            Wire(HTTP[platform].WSGITransport(emulator.wsgi), limit),
            "key-of-nobody",
        )
        client.emulated = True
        try:
            yield client
        finally:
            client.close()


@contextmanager
def served(platform: str, url: str, limit: int, key: str | None = None) -> Iterator[Client]:
    """Whatever answers at an address. Without a key the environment has the credential."""
    plain = url.startswith("http://")
    transport = HTTP[platform].HTTPTransport
    inner = transport(verify=loopback.TRUSTS_NOBODY) if plain else transport()
    client = Client(platform, url, Wire(inner, limit), key)
    try:
        yield client
    finally:
        client.close()

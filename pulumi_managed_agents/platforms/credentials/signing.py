"""Puts the credential on requests, as the HTTP client's own kind of authentication: a generator of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from ..custom_headers import CREDENTIALS
from .federation import OAUTH_BETA

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from .renewal import Renewal

_UNAUTHORIZED: Final = 401
_BETA: Final = "anthropic-beta"


class Static(httpx.Auth):
    """A key, or a token that nobody renews: it is sent as it is, once."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with its credential."""
        request.headers.update(self._headers)
        yield request


class WithHeaders(httpx.Auth):
    """A credential, and the headers that the environment adds. Of the betas, those that a request has count."""

    def __init__(self, auth: httpx.Auth, headers: Mapping[str, str]) -> None:
        self._auth = auth
        self._headers = headers

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with all of them, each time that it is made."""
        own = {_BETA} if _BETA in request.headers else set()
        request.headers.update({name: value for name, value in self._headers.items() if name not in own})
        flow = self._auth.sync_auth_flow(request)
        try:
            made = next(flow)
            while True:
                made.headers.update({name: self._headers[name] for name in CREDENTIALS if self._headers.get(name)})
                made = flow.send((yield made))
        except StopIteration:
            return
        finally:
            flow.close()


class Renewed(httpx.Auth):
    """An access token: where the platform refuses it, the request is made once more with another one.

    A request that was refused so had no effect.
    """

    def __init__(self, renewal: Renewal, headers: Mapping[str, str] | None = None, beta: str = "") -> None:
        self._renewal = renewal
        self._headers = headers or {}
        self._beta = beta

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with the token, and with another one after a refusal."""
        request.headers.update(self._headers)
        if self._beta:
            request.headers[_BETA] = _appended(request.headers.get(_BETA, ""), self._beta)
        token = self._renewal.current()
        request.headers["authorization"] = f"Bearer {token}"
        response = yield request
        if response.status_code != _UNAUTHORIZED:
            return
        request.headers["authorization"] = f"Bearer {self._renewal.after(token)}"
        _drop(response)
        yield request


def _appended(betas: str, beta: str) -> str:
    known = [name.strip() for name in betas.split(",") if name.strip()]
    return ",".join(known if beta in known else [*known, beta])


def _drop(response: httpx.Response) -> None:
    """Nobody reads what the refusal says, be it without end."""
    if isinstance(response.stream, httpx.SyncByteStream):
        response.stream.close()
        response.stream = httpx.ByteStream(b"")


__all__ = ["OAUTH_BETA", "Renewed", "Static", "WithHeaders"]

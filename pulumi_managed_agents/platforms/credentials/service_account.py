"""The key of a Qoder service account becomes access tokens, at an address of their own. Source: the official SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...errors import Unsigned
from ...transport.exchange import Request
from .exchange import OK, AccessToken, TokenDenied, granted, refusal
from .federation import asked

if TYPE_CHECKING:
    from ...declaration.learning import Learned
    from ...transport.transport import Transport

PATH: Final = "/api/v1/serviceToken/exchange"
EXCHANGES: Final = {"global": "https://openapi.qoder.sh", "cn": "https://openapi.qoder.com.cn"}
"""Where the key is exchanged, by place. No other host gets it but one that is named."""

_DENIALS: Final = (400, 401, 403)


class ServiceAccount:
    """A service account, by its key, which no other request carries."""

    def __init__(
        self, key: str, scopes: str, ttl_seconds: int, transport: Transport, origin: str, learned: Learned
    ) -> None:
        learned.learn(key)
        self._learned = learned
        self._key = key
        self._body = {
            "grant_type": "client_credentials",
            "audience": "qoder",
            "scope": " ".join(scopes.split()),
            "ttl_seconds": ttl_seconds,
        }
        self._transport = transport
        self._origin = origin

    def token(self, now: float) -> AccessToken:
        """A new access token.

        Raises:
            Unsigned: there is none.
        """
        attempt = "Exchanging the key of the service account"
        headers = {"authorization": f"Bearer {self._key}"}
        answer = asked(self._transport, Request("POST", PATH, attempt, self._body, headers=headers))
        if answer.status in _DENIALS:
            raise TokenDenied(
                attempt,
                refusal(answer, self._learned),
                f"Check {self._origin}, and the `scopes` of the service account.",
            )
        if answer.status != OK:
            raise Unsigned(attempt, refusal(answer, self._learned))
        return granted(answer, now, attempt)

    @staticmethod
    def early(token: AccessToken) -> float:
        """As the SDK does."""
        return min(60.0, (token.lifetime or 600.0) / 10)

    @staticmethod
    def late(token: AccessToken) -> float:
        """As the SDK does."""
        return min(5.0, (token.lifetime or 100.0) / 20)

"""What an exchange gives: an access token that expires; and what it means where it gives none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from ...declaration.learning import LearningScrubber
from ...errors import Unsigned

if TYPE_CHECKING:
    from ...declaration.learning import Learned
    from ...declaration.values import JSON
    from ...transport.exchange import Answer

LONGEST_WORDS: Final = 256
"""Characters of a refusal's words that are shown: an exchange's answer may hold what nobody expects."""

LONGEST_LIFE: Final = 10**9
"""Seconds: nobody means a token that lives longer, and no clock has a number for it."""

LARGEST_TOKEN: Final = 16 * 1024
"""Characters of an access token: no header may be longer."""

OK: Final = 200


class TokenDenied(Unsigned):
    """Whoever gives access tokens says no, and will again."""


@dataclass(frozen=True)
class AccessToken:
    """A bearer token, and when it expires, in seconds of the Unix clock; None if nobody knows."""

    value: str = field(repr=False)
    expires_at: float | None
    lifetime: float | None = None

    def left(self, now: float) -> float:
        """Seconds until it expires."""
        return float("inf") if self.expires_at is None else self.expires_at - now


class Exchange(Protocol):
    """How an access token is got."""

    def token(self, now: float) -> AccessToken:
        """A new one.

        Raises:
            Unsigned: there is none.
        """

    def early(self, token: AccessToken) -> float:
        """Seconds before its end from which on another one is tried for."""

    def late(self, token: AccessToken) -> float:
        """Seconds before its end from which on it is used no more."""


def granted(answer: Answer, now: float, attempt: str) -> AccessToken:
    """The token in an answer.

    Raises:
        Unsigned: it holds none that can be used.
    """
    body = answer.body if isinstance(answer.body, dict) else {}
    value, type_ = body.get("access_token"), body.get("token_type", "Bearer")
    lifetime = seconds(body.get("expires_in"))
    if not is_token(value) or lifetime is None or str(type_).lower() != "bearer":
        raise Unsigned(attempt, f"{answer.status}: the answer holds no bearer token with a lifetime")
    return AccessToken(str(value), now + lifetime, lifetime)


def is_token(value: JSON) -> bool:
    """Whether a value can be sent as a bearer token."""
    if not isinstance(value, str) or not 0 < len(value) <= LARGEST_TOKEN:
        return False
    return value.isascii() and value.isprintable() and value.strip() == value


def seconds(value: JSON) -> float | None:
    """A number of seconds, or a text that is one."""
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdecimal() and len(value) <= len(str(LONGEST_LIFE)) else None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= LONGEST_LIFE:
        return float(value)
    return None


def refusal(answer: Answer, learned: Learned) -> str:
    """What a refusal says, in the API's envelope or in OAuth's, without a secret, and then no longer than is shown."""
    known = LearningScrubber(learned)
    body: dict[str, Any] = answer.body if isinstance(answer.body, dict) else {}
    error = body.get("error")
    if isinstance(error, dict):
        said = [error.get("type"), error.get("message")]
    else:
        said = [error, body.get("error_description")]
    words = ": ".join(known.text(item)[:LONGEST_WORDS] for item in said if isinstance(item, str))
    request = body.get("request_id") or answer.headers.get("request-id")
    named = f" (request id {known.text(request)[:LONGEST_WORDS]})" if isinstance(request, str) else ""
    return f"{answer.status} {words}".strip() + named

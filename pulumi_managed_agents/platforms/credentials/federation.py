"""An identity token becomes an access token: the exchange of RFC 7523 at Claude's own address.

Source: the platform's reference of workload identity federation, and its official SDK.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from ...declaration.values import without_nulls
from ...errors import CallFailed, LostAnswer, Unsigned
from ...transport.exchange import Request
from .exchange import OK, AccessToken, TokenDenied, granted, refusal
from .identity import claims_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...declaration.learning import Learned
    from ...transport.exchange import Answer
    from ...transport.transport import Transport
    from .identity import IdentitySource

PATH: Final = "/v1/oauth/token"
GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
OAUTH_BETA: Final = "oauth-2025-04-20"
FEDERATION_BETA: Final = "oidc-federation-2026-04-01"
_DENIALS: Final = (400, 401, 403)
_SERVER_ERROR: Final = 500
_TRIES: Final = 2


@dataclass(frozen=True)
class Rule:
    """A federation rule, and what is said beside it in an exchange."""

    id: str
    organization_id: str
    service_account_id: str | None = None
    workspace_id: str | None = None


class Federation:
    """Exchanges an identity token under a rule."""

    def __init__(self, rule: Rule, identity: IdentitySource, transport: Transport, learned: Learned) -> None:
        self._rule = rule
        self._identity = identity
        self._transport = transport
        self._learned = learned
        self._used: str | None = None

    def token(self, now: float) -> AccessToken:
        """A new access token; where the answer was lost, once more with another identity token if there is one.

        Raises:
            Unsigned: there is none.
        """
        for left in reversed(range(_TRIES if self._identity.is_fresh else 1)):
            identity = self._identity.token()
            self._learned.learn(identity)
            try:
                return self._exchanged(identity, now)
            except TokenDenied:
                raise
            except Unsigned as failure:
                if not (left and failure.lost):
                    failure.lost = False
                    raise
        raise AssertionError  # pragma: no cover - the last try returns or raises

    def _exchanged(self, identity: str, now: float) -> AccessToken:
        claims = claims_of(identity)
        # With a `jti`, the platform may take it for one exchange only.
        once = "jti" in claims
        again, self._used = once and identity == self._used, identity
        body = {
            "grant_type": GRANT,
            "assertion": identity,
            "federation_rule_id": self._rule.id,
            "organization_id": self._rule.organization_id,
            "service_account_id": self._rule.service_account_id,
            "workspace_id": self._rule.workspace_id,
        }
        headers = {"anthropic-beta": f"{OAUTH_BETA},{FEDERATION_BETA}"}
        attempt = f"Exchanging the identity token under {self._rule.id}"
        request = Request("POST", PATH, attempt, without_nulls(body), headers=headers, repeatable=not once, makes=once)
        answer = asked(self._transport, request)
        if answer.status in _DENIALS:
            advice = f"{self._advice(answer, once=once, again=again)}{_age(claims, now)}"
            raise TokenDenied(attempt, refusal(answer, self._learned), advice)
        if answer.status != OK:
            failed = Unsigned(attempt, refusal(answer, self._learned))
            failed.lost = answer.status >= _SERVER_ERROR
            raise failed
        return granted(answer, now, attempt)

    def _advice(self, answer: Answer, *, once: bool, again: bool) -> str:
        """What to look up where: the platform itself says nothing."""
        if answer.status == 400:  # noqa: PLR2004 - HTTP
            return (
                "Check `federationRuleId`, `organizationId` and `workspaceId`: one of them has not the form it needs."
            )
        workspace = "" if self._rule.workspace_id else ", and a `workspaceId` where the rule covers several workspaces"
        look = (
            "The reason stands in the Claude Console alone: open the authentication history of the organization. Check "
            f"the rule, its issuer, subject, audience and claims, whether the identity token has expired{workspace}."
        )
        return f"{_AGAIN if again else _ONCE} {look}" if once else look

    @staticmethod
    def early(token: AccessToken) -> float:
        """As the SDK does; of a token that lives for minutes, a part."""
        return min(120.0, (token.lifetime or 600.0) / 5)

    @staticmethod
    def late(token: AccessToken) -> float:
        """As the SDK does; of a token that lives for minutes, a part."""
        return min(30.0, (token.lifetime or 600.0) / 20)


_ONCE: Final = (
    "The identity token has a `jti`, so that it is good for one exchange: if another process has exchanged it, get a "
    "new one for each exchange (`identityTokenSource`: `github-actions`, or a file that is renewed), leave "
    "`tokenCache` on, or set `check_jti: false` on the issuer."
)
_AGAIN: Final = (
    "This identity token was exchanged before, and its `jti` makes it good once: a new one is needed "
    "(`identityTokenSource`: `github-actions`, or a file that is renewed), or `check_jti: false` on the issuer."
)


def _age(claims: Mapping[str, Any], now: float) -> str:
    """That an identity token is over, as far as this machine knows."""
    end = claims.get("exp")
    if not isinstance(end, int | float) or isinstance(end, bool) or not 0 < end < now:
        return ""
    return f" It expired at {datetime.fromtimestamp(end, UTC):%Y-%m-%d %H:%M:%S} UTC, by the clock of this machine."


def asked(transport: Transport, request: Request) -> Answer:
    """The answer to a request for a token.

    Raises:
        Unsigned: there was none; it may have had its effect.
    """
    try:
        return transport.send(request)
    except CallFailed as failure:
        failed = Unsigned(request.attempt, failure.said, failure.advice)
        failed.lost = isinstance(failure, LostAnswer)
        raise failed from None

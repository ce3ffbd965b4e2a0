"""The login of a person (`ant auth login`): a refresh token becomes access tokens.

Where the profile has no client, somebody else keeps the file fresh. Source: the official SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...errors import Unsigned
from ...transport.exchange import Request
from .exchange import OK, AccessToken, TokenDenied, granted, refusal
from .federation import OAUTH_BETA, PATH, Federation, asked

if TYPE_CHECKING:
    from ...declaration.learning import Learned
    from ...transport.transport import Transport
    from .kept import TokenFile
    from .profiles import Profile

_ATTEMPT: Final = "Renewing the login"
_ERROR: Final = 500
_HASTE: Final = 429


class Login:
    """The login of a profile."""

    def __init__(self, profile: Profile, kept: TokenFile, transport: Transport, learned: Learned) -> None:
        self._profile = profile
        self._kept = kept
        self._transport = transport
        self._learned = learned

    def token(self, now: float) -> AccessToken:
        """A new access token; the refresh token may change with it.

        Raises:
            Unsigned: there is none.
        """
        client, refresh = self._profile.text("client_id"), self._kept.refresh_token()
        advice = f"Log in again: `ant auth login --profile {self._profile.name}`."
        if not client or not refresh:
            raise TokenDenied(_ATTEMPT, f"the token of the profile `{self._profile.name}` has expired", advice)
        self._learned.learn(refresh)
        body = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": client}
        request = Request("POST", PATH, _ATTEMPT, body, headers={"anthropic-beta": OAUTH_BETA}, repeatable=False)
        answer = asked(self._transport, request)
        if answer.status != OK:
            passing = answer.status >= _ERROR or answer.status == _HASTE
            raise (Unsigned if passing else TokenDenied)(
                _ATTEMPT, refusal(answer, self._learned), "" if passing else advice
            )
        again = answer.body.get("refresh_token")
        if isinstance(again, str) and again:
            self._learned.learn(again)
            self._kept.renew(again)
        return granted(answer, now, _ATTEMPT)

    early = staticmethod(Federation.early)
    late = staticmethod(Federation.late)

"""How an app proves itself: a JSON web token that it signs (RS256) and that lives for ten minutes at most.

Source: GitHub's page on generating a JWT for an app; the sentences are those that its clients look for.
"""

import time
from typing import Any

import jwt

from .. import clock, settings
from ..platform import Call
from ..world import JSON, Transaction
from . import apps, errors, headers
from .apps import App

_LIFE = 600
# Times are checked apart: by the clock of a setting, and with GitHub's words.
_UNCHECKED: Any = dict.fromkeys(
    ("verify_exp", "verify_nbf", "verify_iat", "verify_aud", "verify_iss", "verify_sub", "verify_jti"), False
)
_UNREADABLE = "A JSON web token could not be decoded"
_ISSUED = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
_EXPIRY = (
    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the "
    "assertion expires"
)
_TOO_FAR = "'Expiration time' claim ('exp') is too far in the future"


def authenticate(tx: Transaction, call: Call) -> App:
    """The app that signed the request, or a refusal."""
    scheme, token = headers.authorization(call) or ("", "")
    claims = _decoded(token, None) if scheme == "bearer" else None  # `token` carries no JWT, as documented
    if claims is None:
        raise errors.Refused(401, _UNREADABLE)
    app = _issuer(tx, claims)
    if _decoded(token, app.public_key) is None:
        raise errors.Refused(401, _UNREADABLE)
    _check_times(claims, _now(tx))
    return app


def _decoded(token: str, key: str | None) -> JSON | None:
    """The claims, of a verified token where there is a key."""
    options = _UNCHECKED | {"verify_signature": key is not None}
    try:
        claims: JSON = jwt.decode(token, key or "", algorithms=["RS256"], options=options)
    except (jwt.InvalidTokenError, UnicodeError):
        return None
    return claims


def _issuer(tx: Transaction, claims: JSON) -> App:
    issuer = claims.get("iss")
    if issuer is None:
        raise errors.Refused(401, "The assertion names no issuer (iss)")
    app = apps.find(tx, str(issuer))
    if app is None:
        raise errors.Refused(settings.value(tx, "github_unknown_app_status"), "Integration not found")
    return app


def _check_times(claims: JSON, now: float) -> None:
    issued: Any = claims.get("iat")
    expires: Any = claims.get("exp")
    if not _is_number(issued, int) or issued > now:
        raise errors.Refused(401, _ISSUED)
    if not _is_number(expires, int, float) or not expires > now:  # what is no number at all is not greater
        raise errors.Refused(401, _EXPIRY)
    if expires > now + _LIFE:
        raise errors.Refused(401, _TOO_FAR)


def _is_number(value: Any, *kinds: type) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


def _now(tx: Transaction) -> float:
    if settings.value(tx, "github_jwt_clock") == "machine":
        return time.time()
    return clock.now(tx).timestamp()

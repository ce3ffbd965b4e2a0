"""POST /api/v1/serviceToken/exchange: the key of a service account becomes an access token. Source: SDK 0.11."""

import json

from .. import access_tokens, federation
from ..platform import Answer, Call
from ..platform.headers import bearer
from ..world import JSON, Transaction
from .errors import Refused

EXCHANGE = "service_tokens.exchange"
PATH = "/api/v1/serviceToken/exchange"
_LONGEST = 43_200


def exchange(tx: Transaction, call: Call) -> Answer:
    """A new access token."""
    account = federation.service_account(tx, bearer(call.headers))
    if account is None:
        raise Refused(401, "The service account key is invalid.")
    body = _document(call)
    seconds, scope = body.get("ttl_seconds"), body.get("scope")
    if body.get("grant_type") != "client_credentials" or body.get("audience") != "qoder":
        raise Refused(400, "grant_type must be client_credentials, and audience qoder.")
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 1 <= seconds <= _LONGEST:
        raise Refused(400, f"ttl_seconds must be from 1 to {_LONGEST}.")
    if not isinstance(scope, str) or not scope.split() or not set(scope.split()) <= set(account["scopes"]):
        raise Refused(403, "The service account does not have this scope.")
    token = access_tokens.mint(tx, "qsat-", seconds, scope)
    return Answer(document={"access_token": token, "token_type": "bearer", "expires_in": seconds})


def _document(call: Call) -> JSON:
    try:
        body = json.loads(call.body or b"{}")
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refused(400, "The body is no JSON object.")
    return body


def admit(tx: Transaction, token: str) -> None:
    """Refuses an access token that has expired or opens something else, and the key of a service account itself."""
    if federation.service_account(tx, token) is not None:
        raise Refused(401, "A service account key opens nothing but the exchange.")
    minted = access_tokens.find(tx, token)
    if minted is None:
        return
    if not minted.is_alive(tx):
        raise Refused(401, "The token has expired.")
    if "qca.access" not in minted.scope.split():
        raise Refused(403, "The token's scope does not open this endpoint.")

"""POST /v1/oauth/token: an identity token under a rule, or a refresh token, becomes an access token.

A denial says nothing: its reason stands in the authentication history. Source: the reference of workload identity
federation, August 2026, and the official SDK.
"""

import json
import re
import secrets
import time
from typing import Any

from .. import access_tokens, clock, federation, settings
from ..federation import Mismatch, Rule
from ..platform import Answer, Call, Refusal
from ..platform.headers import values
from ..world import JSON, Transaction
from . import errors

EXCHANGE = "oauth.token"
PREFIX = "sk-ant-oat01-"
FEDERATED = "urn:ietf:params:oauth:grant-type:jwt-bearer"
REFRESH = "refresh_token"
_RULE = re.compile(r"fdrl_[A-Za-z0-9]+")
_WORKSPACE = re.compile(r"wrkspc_[A-Za-z0-9]+|default")
_LARGEST = 16 * 1024
_SHORTEST_LIFE = 60
_OPENS = "workspace:developer"
_TUNNELS = ("workspace:manage_tunnels", "org:manage_tunnels")
EMBEDDED = "emulator"
"""What is sent where no credential is configured, since the emulator is embedded."""
_DENIED = "Authentication failed"


def exchange(tx: Transaction, call: Call) -> Answer:
    """A new access token, or a denial; what is noted of one stays noted."""
    body = _document(call)
    if call.headers.get("x-api-key") or call.headers.get("authorization"):
        # The assertion alone says who asks; a client that sends another credential here hands it to the wrong place.
        raise errors.invalid("an exchange carries no x-api-key and no authorization")
    if body.get("grant_type") == REFRESH:
        return _renewed(tx, call, body)
    if body.get("grant_type") != FEDERATED:
        raise errors.invalid("grant_type: must be jwt-bearer or refresh_token")
    _check_form(body)
    try:
        document = _granted(tx, body)
    except Mismatch as mismatch:
        federation.note(tx, body["federation_rule_id"], str(mismatch))
        return errors.document(Refusal(settings.value(tx, "denied_exchange_status"), _DENIED), call.request_id)
    federation.note(tx, body["federation_rule_id"], "success")
    return Answer(document=document)


def _document(call: Call) -> JSON:
    try:
        body = json.loads(call.body or b"{}")
    except (ValueError, RecursionError):
        raise errors.invalid("the body is no JSON") from None
    if not isinstance(body, dict):
        raise errors.invalid("the body is no JSON object")
    return body


def _check_form(body: JSON) -> None:
    for name in ("assertion", "federation_rule_id", "organization_id"):
        if not isinstance(body.get(name), str) or not body[name]:
            raise errors.invalid(f"{name}: field is required")
    if len(body["assertion"]) > _LARGEST:
        raise errors.invalid("assertion: at most 16 KiB")
    if not _RULE.fullmatch(body["federation_rule_id"]):
        raise errors.invalid("federation_rule_id: must begin with fdrl_")
    workspace = body.get("workspace_id")
    if workspace is not None and not (isinstance(workspace, str) and _WORKSPACE.fullmatch(workspace)):
        raise errors.invalid("workspace_id: must be wrkspc_... or default")


def _granted(tx: Transaction, body: JSON) -> JSON:
    rule = federation.rule(tx, body["federation_rule_id"])
    if rule is None:
        raise Mismatch("unknown_rule")
    if body["organization_id"] != (rule.organization_id or settings.value(tx, "organization_id")):
        raise Mismatch("match_organization")
    account = body.get("service_account_id")
    if account is not None and account != rule.service_account_id:
        raise Mismatch("match_service_account")
    workspace = _workspace(tx, rule, body.get("workspace_id"))
    now = _now(tx)
    claims = federation.claims_of(tx, rule, body["assertion"], now)
    life = max(_SHORTEST_LIFE, min(rule.token_lifetime_seconds, int(2 * (claims["exp"] - now))))
    return _token(tx, life, rule.oauth_scope, workspace, rule.service_account_id)


def _workspace(tx: Transaction, rule: Rule, wanted: str | None) -> str:
    """The workspace that a token is bound to; one that covers several wants to be told."""
    usual: str = settings.value(tx, "workspace_id")
    covered = rule.workspaces if isinstance(rule.workspaces, list) else None
    known = None if covered is None else {usual if name == "default" else name for name in covered}
    if wanted is None:
        if known is not None and len(known) == 1:
            return min(known)
        if settings.value(tx, "unnamed_workspace") == "default" and (known is None or usual in known):
            return usual
        raise Mismatch("workspace_id_required")
    chosen = usual if wanted == "default" else wanted
    if known is not None and chosen not in known:
        raise Mismatch("match_workspace")
    return chosen


def _renewed(tx: Transaction, call: Call, body: JSON) -> Answer:
    sent = values(call.headers, "anthropic-beta")
    if "oauth-2025-04-20" not in sent or "oidc-federation-2026-04-01" in sent:
        raise errors.invalid("anthropic-beta: a refresh wants oauth-2025-04-20, and no federation")
    token = body.get("refresh_token")
    login = federation.login(tx, token) if isinstance(token, str) else None
    if login is None or login["client_id"] != body.get("client_id"):
        return errors.document(Refusal(401, _DENIED), call.request_id)
    workspace = settings.value(tx, "workspace_id")
    document = _token(tx, login["token_lifetime_seconds"], "workspace:developer", workspace, None)
    if login["rotates"] and isinstance(token, str):
        again = f"sk-ant-ort01-{secrets.token_urlsafe(48)}"
        federation.rotate(tx, token, again)
        document["refresh_token"] = again
    return Answer(document=document)


def _token(tx: Transaction, life: int, scope: str, workspace: str, account: str | None) -> JSON:
    value = access_tokens.mint(tx, PREFIX, life, scope, workspace, account)
    return {"access_token": value, "token_type": "Bearer", "expires_in": life, "scope": scope}


def _now(tx: Transaction) -> float:
    moment: Any = settings.value(tx, "federation_jwt_clock")
    return time.time() if moment == "machine" else clock.now(tx).timestamp()


def admit(tx: Transaction, token: str, sent: set[str], path: str) -> None:
    """Refuses an access token that was not given out, has expired or opens something else; a key opens no tunnel."""
    is_tunnel = path.split("/")[2] == "tunnels"
    if not token.startswith(PREFIX):
        status = settings.value(tx, "tunnel_api_keys")
        if is_tunnel and token != EMBEDDED and status != "accept":
            raise Refusal(status, "API keys are not accepted here.")
        return
    minted = access_tokens.find(tx, token)
    if minted is None or not minted.is_alive(tx):
        raise Refusal(401, "The access token is invalid or has expired.")
    if settings.value(tx, "oauth_beta") == "required" and "oauth-2025-04-20" not in sent:
        raise Refusal(401, "OAuth authentication wants the beta oauth-2025-04-20.")
    if minted.scope not in (_TUNNELS if is_tunnel else (_OPENS,)):
        raise Refusal(403, f"The scope {minted.scope} does not open this endpoint.")

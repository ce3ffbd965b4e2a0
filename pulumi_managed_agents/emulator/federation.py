"""Whom the organization trusts: issuers of identity tokens, rules, logins, service accounts, as a test describes them.

Source: the platforms' references and the types of their SDKs, autumn 2026. An issuer has its keys inline; no other
server is asked.
"""

import json
import math
from typing import Annotated, Any, Literal

import jwt
from pydantic import Field, field_validator, model_validator

from . import clock, github, github_access, settings
from .github_access import Described
from .world import JSON, Transaction

ISSUERS, RULES, LOGINS, ACCOUNTS = "federation issuers", "federation rules", "logins", "qoder service accounts"
HISTORY = "authentication history"
"""What the Console shows of exchanges, and nobody else hears."""
USED = "used identity tokens"

ALGORITHMS = [f"{family}{size}" for family in ("RS", "ES", "PS") for size in (256, 384, 512)]
LEEWAY = 30.0
_LONGEST_HISTORY = 1000


class Issuer(Described):
    """Who signs identity tokens."""

    issuer_url: Annotated[str, Field(min_length=1)]
    """The `iss` of its tokens, byte for byte."""
    keys: list[dict[str, Any]]
    """Public keys as a JWK set has them; the platform's `jwks` of the type `inline` is understood too."""
    max_jwt_lifetime_seconds: Annotated[int, Field(ge=1, le=176_400)] = 3600
    check_jti: bool = True
    archived: bool = False

    @model_validator(mode="before")
    @classmethod
    def _inline(cls, entry: Any) -> Any:
        if not isinstance(entry, dict) or "keys" in entry:
            return entry
        keys = entry.get("jwks")
        if not isinstance(keys, dict) or keys.get("type") != "inline" or "keys" not in keys:
            raise ValueError("the emulator asks no other server for keys: give them inline, as `keys`")
        return {name: value for name, value in entry.items() if name != "jwks"} | {"keys": keys["keys"]}

    @field_validator("keys")
    @classmethod
    def _public(cls, keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if any("d" in key or "k" in key for key in keys):
            raise ValueError("a private key is none of the emulator's business: give the public key")
        return keys


class Rule(Described):
    """Which identity tokens become which access tokens."""

    id: Annotated[str, Field(pattern=r"^fdrl_[A-Za-z0-9]+$")]
    issuer_url: str
    organization_id: str | None = None
    """The organization of every key, if it is not named."""
    subject_prefix: str = ""
    """The whole subject, unless a `*` at its end makes a prefix of it."""
    audience: str | None = None
    """That of the platform itself, if it is not named."""
    claims: dict[str, str] = Field(default_factory=dict)
    """Claims that are texts."""
    condition: None = None
    """The platform also takes a CEL expression."""
    service_account_id: Annotated[str, Field(pattern=r"^svac_")] = "svac_01emulator"
    oauth_scope: Literal[
        "workspace:developer", "workspace:inference", "workspace:manage_tunnels", "org:manage_tunnels", "org:admin"
    ] = "workspace:developer"
    token_lifetime_seconds: Annotated[int, Field(ge=60, le=86_400)] = 3600
    workspaces: list[str] | Literal["all"] = Field(default_factory=lambda: ["default"])
    """`default` is the workspace of every key."""
    archived: bool = False

    @field_validator("condition", mode="before")
    @classmethod
    def _no_condition(cls, condition: Any) -> None:
        if condition is not None:
            raise ValueError(
                "the emulator evaluates no CEL conditions: say it with subject_prefix, audience and claims"
            )

    @model_validator(mode="after")
    def _is_for_somebody(self) -> "Rule":
        if not self.subject_prefix.strip("*") and not self.claims:
            raise ValueError("the rule wants a subject_prefix or claims: an audience alone says nothing of who asks")
        return self


class Login(Described):
    """A person's login, as the CLI makes it."""

    client_id: str
    refresh_token: str
    token_lifetime_seconds: Annotated[int, Field(ge=1)] = 3600
    rotates: bool = True
    """Whether each renewal gives another refresh token."""


class ServiceAccount(Described):
    """A service account of Qoder."""

    key: str
    scopes: list[str] = Field(default_factory=lambda: ["qca.access"])


def describe(tx: Transaction, parts: JSON) -> None:
    """Adds what is described; what has the same name is replaced. Secrets are kept as fingerprints."""
    github_access.parsed(_World, parts, "Federation")
    for entry in parts.get("issuers", []):
        issuer = github_access.parsed(Issuer, entry, "Issuer")
        _put(tx, ISSUERS, issuer.issuer_url, issuer.model_dump())
    for entry in parts.get("rules", []):
        rule = github_access.parsed(Rule, entry, "Rule")
        _put(tx, RULES, rule.id, rule.model_dump())
    for entry in parts.get("logins", []):
        login = github_access.parsed(Login, entry, "Login")
        _put(tx, LOGINS, github.fingerprint(tx, login.refresh_token), login.model_dump(exclude={"refresh_token"}))
    for entry in parts.get("service_accounts", []):
        account = github_access.parsed(ServiceAccount, entry, "ServiceAccount")
        _put(tx, ACCOUNTS, github.fingerprint(tx, account.key), account.model_dump(exclude={"key"}))


class _World(Described):
    issuers: list[Any] = Field(default_factory=list)
    rules: list[Any] = Field(default_factory=list)
    logins: list[Any] = Field(default_factory=list)
    service_accounts: list[Any] = Field(default_factory=list)


def _put(tx: Transaction, table: str, name: str, body: JSON) -> None:
    tx.set_state(table, tx.state(table, {}) | {name: body})


def login(tx: Transaction, refresh_token: str) -> JSON | None:
    """The login that a refresh token renews."""
    found: JSON | None = tx.state(LOGINS, {}).get(github.fingerprint(tx, refresh_token))
    return found


def rotate(tx: Transaction, refresh_token: str, new: str) -> None:
    """Another refresh token in place of one."""
    table: JSON = tx.state(LOGINS, {})
    body = table.pop(github.fingerprint(tx, refresh_token))
    tx.set_state(LOGINS, table | {github.fingerprint(tx, new): body})


def service_account(tx: Transaction, key: str) -> JSON | None:
    """The service account of a key."""
    found: JSON | None = tx.state(ACCOUNTS, {}).get(github.fingerprint(tx, key))
    return found


def rule(tx: Transaction, rule_id: str) -> Rule | None:
    """A rule that is there and not archived."""
    body = tx.state(RULES, {}).get(rule_id)
    found = Rule.model_validate(body) if body else None
    return None if found is None or found.archived else found


class Mismatch(Exception):
    """Why a rule does not take an identity token, in the word of the authentication history."""


def claims_of(tx: Transaction, wanted: Rule, assertion: str, now: float) -> JSON:
    """The claims of an identity token that the rule takes.

    Raises:
        Mismatch: it does not.
    """
    body = tx.state(ISSUERS, {}).get(wanted.issuer_url)
    if body is None or body["archived"]:
        raise Mismatch("unknown_issuer")
    issuer = Issuer.model_validate(body)
    claims = _verified(issuer, assertion)
    _check_times(issuer, claims, now)
    _check_match(tx, wanted, claims)
    if issuer.check_jti and "jti" in claims:
        _use(tx, issuer, str(claims["jti"]))
    return claims


def _verified(issuer: Issuer, assertion: str) -> JSON:
    try:
        head = jwt.get_unverified_header(assertion)
        key = next((each for each in issuer.keys if head.get("kid") and each.get("kid") == head["kid"]), None)
        if key is None:
            raise Mismatch("unknown_key")
        options: Any = {"verify_signature": True, "verify_aud": False, "verify_exp": False, "verify_nbf": False}
        options |= {"verify_iat": False, "verify_jti": False, "verify_sub": False}
        claims: JSON = jwt.decode(assertion, jwt.PyJWK(key), algorithms=ALGORITHMS, options=options)
    except (jwt.PyJWTError, ValueError, TypeError):
        raise Mismatch("invalid_signature") from None
    if claims.get("iss") != issuer.issuer_url:
        raise Mismatch("match_issuer")
    if not isinstance(claims.get("sub"), str):
        raise Mismatch("missing_claim")
    return claims


def _check_times(issuer: Issuer, claims: JSON, now: float) -> None:
    issued: Any = claims.get("iat")
    expires: Any = claims.get("exp")
    begins: Any = claims.get("nbf")
    if not (_is_number(issued) and _is_number(expires)):
        raise Mismatch("missing_claim")
    if expires + LEEWAY <= now:
        raise Mismatch("expired")
    if issued - LEEWAY > now or (_is_number(begins) and begins - LEEWAY > now):
        raise Mismatch("not_yet_valid")
    if expires - issued > issuer.max_jwt_lifetime_seconds:
        raise Mismatch("jwt_lifetime")


def _check_match(tx: Transaction, wanted: Rule, claims: JSON) -> None:
    if wanted.subject_prefix and not _is_like(str(claims["sub"]), wanted.subject_prefix):
        raise Mismatch("match_subject_prefix")
    audience = claims.get("aud")
    expected = wanted.audience or settings.value(tx, "federation_audience")
    if expected not in (audience if isinstance(audience, list) else [audience]):
        raise Mismatch("match_audience")
    if any(claims.get(name) != value for name, value in wanted.claims.items()):
        raise Mismatch("match_claims")


def _is_like(subject: str, wanted: str) -> bool:
    return subject.startswith(wanted[:-1]) if wanted.endswith("*") else subject == wanted


def _use(tx: Transaction, issuer: Issuer, jti: str) -> None:
    mark = github.fingerprint(tx, json.dumps([issuer.issuer_url, jti]))
    used = tx.state(USED, [])
    if mark in used:
        raise Mismatch("jti_used")
    tx.set_state(USED, [*used, mark])


def note(tx: Transaction, rule_id: str, reason: str) -> None:
    """Writes an exchange into the authentication history."""
    entry = {"time": clock.stamp(tx), "federation_rule_id": rule_id, "result": reason}
    tx.set_state(HISTORY, [*tx.state(HISTORY, []), entry][-_LONGEST_HISTORY:])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)

"""The headers of GitHub's API: who calls, in which version of the API, with which credential."""

from .. import clock, github
from ..github_access import Bearer
from ..platform import Call, Refusal
from ..world import Transaction
from . import errors

VERSIONS = ("2022-11-28", "2026-03-10")
"""The documented versions; without a header the first one answers."""
_SCHEMES = ("bearer", "token")


def admit(call: Call) -> None:
    """Refuses a request whose headers GitHub would refuse, before anything else is looked at."""
    if not call.headers.get("user-agent"):
        raise Refusal(403, "", errors.USER_AGENT)
    if call.headers.get("x-github-api-version", VERSIONS[0]) not in VERSIONS:
        # The documentation promises a message of this sense, not its words.
        raise errors.Refused(
            400, "The API version of the request is not a supported version.", "/overview/api-versions"
        )
    scheme, token = authorization(call) or ("token", "?")
    if scheme not in _SCHEMES or not token:
        raise errors.bad_credentials()


def version(call: Call) -> str:
    """The version of the API that answers a request."""
    asked = call.headers.get("x-github-api-version")
    return asked if asked in VERSIONS else VERSIONS[0]


def authorization(call: Call) -> tuple[str, str] | None:
    """Scheme and credential, or nothing where the request has none."""
    header = call.headers.get("authorization")
    if header is None:
        return None
    scheme, _, credential = header.strip().partition(" ")
    return scheme.lower(), credential.strip()


def mark(tx: Transaction, call: Call) -> str | None:
    """The fingerprint of a request's token."""
    scheme, token = authorization(call) or ("", "")
    return github.fingerprint(tx, token) if scheme in _SCHEMES and token else None


def address(call: Call) -> str:
    """The address of the repository in a request's path, as people write it."""
    return f"https://github.com/{call.ids['owner']}/{call.ids['repo']}" if "repo" in call.ids else ""


def bearer(tx: Transaction, call: Call) -> Bearer | None:
    """Who sends a request, if it has a token."""
    sent = mark(tx, call)
    return None if sent is None else github.bearer(tx, sent, address(call))


def of_token(tx: Transaction, call: Call, permission: str | None) -> dict[str, str]:
    """What an answer says of the token: its scopes or what it needs, and when it expires."""
    who = bearer(tx, call)
    if who is None or who.state != "live":
        return {}
    if who.kind == "classic":
        known = {"x-oauth-scopes": ", ".join(who.scopes), "x-accepted-oauth-scopes": "repo" if permission else ""}
    else:
        known = {"x-accepted-github-permissions": f"{permission}=read"} if permission else {}
    if who.expires_at is not None:
        until = clock.parse(who.expires_at)
        known["github-authentication-token-expiration"] = f"{until:%Y-%m-%d %H:%M:%S} UTC"
    return known

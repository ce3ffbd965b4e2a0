"""The identity of a GitHub App: a token that it signs for itself, to ask for tokens of its installations."""

from __future__ import annotations

from functools import lru_cache

from ...errors import ManagedAgentsError

SKEW_SECONDS = 60
"""GitHub refuses what was signed in its future, so the signature is dated a little back."""

LIFE_SECONDS = 540
"""GitHub takes up to ten minutes."""


class UnusableKey(ManagedAgentsError):
    """The private key cannot sign; the text never shows it."""


def pem(key: str) -> str:
    r"""The key with its lines: a variable of a pipeline often holds `\n` in their place, and quotes around all."""
    lines = key.strip().strip("\"'").replace("\\r", "").replace("\\n", "\n").replace("\r", "")
    return f"{lines.strip()}\n"


@lru_cache(maxsize=4)
def cannot_sign(key: str) -> str | None:
    """Why a key cannot sign, in words that go on from its name and never show it.

    To judge a key takes tens of milliseconds, and the tokens of one app's installations all have the same.
    """
    if "-----BEGIN" not in key:
        return "is no private key in PEM: it begins with `-----BEGIN`"
    if "PRIVATE KEY-----" not in key:
        return "is no private key: GitHub gives one when it is generated on the app's page, in a file `.pem`"
    try:
        app_token("0", key, 0.0)
    except UnusableKey as problem:
        return str(problem).removeprefix("`privateKey` ")
    return None


def app_token(app_id: str, private_key: str, now: float) -> str:
    """A JSON web token of the app, signed with RS256; `now` is in seconds since 1970.

    Raises:
        UnusableKey: the key is no RSA key in PEM.
    """
    import jwt  # noqa: PLC0415 - it loads a cryptography library that few processes need

    claims = {"iss": app_id, "iat": int(now) - SKEW_SECONDS, "exp": int(now) + LIFE_SECONDS}
    try:
        return jwt.encode(claims, pem(private_key), algorithm="RS256")
    except Exception as error:  # noqa: BLE001 - the libraries below raise what they like, and may quote the key
        raise UnusableKey(f"`privateKey` cannot sign: it is no RSA key in PEM ({type(error).__name__})") from None

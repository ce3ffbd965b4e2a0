"""What secrets look like: forms by which a text shows that it is one, or holds one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from .scrubbing import HIDDEN, SHORTEST

if TYPE_CHECKING:
    from .values import JSON

_BROAD = re.compile(r"(?<![A-Za-z0-9])gh[opru]_[A-Za-z0-9]")
_OF_OLD = re.compile(r"\W*(?:(?:bearer|basic|token)\W+)?[0-9a-f]{40}\W*", re.IGNORECASE)
_WORDS = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_OF_CONTENT = frozenset(("commit", "sha", "rev", "revision", "ref", "hash", "digest", "checksum"))
_FOR_A_SECRET = re.compile(r"token|secret|passw|pwd|api.?key|private.?key|credential", re.IGNORECASE)
_LONG = re.compile(r"(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{24,}|[A-Za-z0-9]{40,}")
_RANDOM = re.compile(r"(?=\S*[0-9])(?=\S*[A-Za-z])[A-Za-z0-9+=]{20,}")

_FORMS: Final = (
    r"gh[opsru]_[A-Za-z0-9_]{16,}",
    r"github_pat_[A-Za-z0-9_]{16,}",
    r"glpat-[A-Za-z0-9_-]{16,}",
    r"sk-ant-[A-Za-z0-9_-]{16,}",
    r"sk-(?:proj-|svcacct-)?[A-Za-z0-9]{20,}",
    r"[rs]k_live_[A-Za-z0-9]{16,}",
    r"pt-[A-Za-z0-9]{32,}",
    r"(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])",
    r"AIza[A-Za-z0-9_-]{35}",
    r"xox[abeoprs]-[A-Za-z0-9-]{10,}",
    r"npm_[A-Za-z0-9]{36}",
    r"pypi-[A-Za-z0-9_-]{32,}",
    r"whsec_[A-Za-z0-9+/=_-]{20,}",
    r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}",
    r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----",
    r"[A-Za-z][A-Za-z0-9+.-]{0,20}://[^/\s:@]{1,256}:[^/\s@]{1,256}@",
)
"""Tokens of GitHub, GitLab, Claude and others, keys of clouds, signed tokens, private keys, passwords in addresses."""

_SECRET = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(_FORMS)})")


def is_like_a_token(user: str) -> bool:
    """Whether the name of a user, as an address has it, is a token rather than a name."""
    name = unquote(user)
    return holds_secret(name) or _OF_OLD.fullmatch(name) is not None or _LONG.search(name) is not None


_ISSUERS: Final = {
    "Claude": re.compile(r"sk-ant-[A-Za-z0-9_-]{16,}"),
    "Qoder": re.compile(r"pt-[A-Za-z0-9]{32,}"),
    "GitHub": re.compile(r"(?:gh[opsru]_|github_pat_)[A-Za-z0-9_]{16,}"),
}


def issuer(text: str) -> str | None:
    """Who surely gave a token out; None where its form does not tell."""
    return next((name for name, form in _ISSUERS.items() if form.match(text)), None)


def is_classic(text: str, name: str = "") -> bool:
    """Whether a text that is used as a secret has a token of GitHub that opens all that its owner can open.

    Such are classic ones (`ghp_`, or 40 hex digits), those of OAuth apps (`gho_`), of users (`ghu_`) and what renews
    them (`ghr_`); not those of an installation (`ghs_`), and not fine-grained ones (`github_pat_`). Under the name of a
    commit or a checksum 40 hex digits are one.
    """
    of_old = _OF_OLD.fullmatch(text) is not None and not _names_content(name)
    return of_old or _BROAD.search(text) is not None


def _names_content(name: str) -> bool:
    words = {word.lower() for word in _WORDS.split(name)}
    return bool(_OF_CONTENT & words) and _FOR_A_SECRET.search(name) is None


def holds_secret(text: str, name: str = "") -> bool:
    """Whether a text holds something that has the form of a secret, or has a name that says so and looks random."""
    named = _FOR_A_SECRET.search(name) is not None and _RANDOM.fullmatch(text.strip()) is not None
    return named or _SECRET.search(text) is not None


_KEY: Final = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[^-]{0,20}-----.*?(?:-----END [^-]*-----|\Z)", re.DOTALL
)
_ASSIGNED: Final = re.compile(
    r"(?P<name>[A-Za-z0-9_.-]*(?:token|secret|passw|pwd|api.?key|private.?key|credential)[A-Za-z0-9_.-]*[\"']?\s*[=:]\s*)"
    r"(?P<quote>[\"']?)(?=[^\s\"']*\d)[^\s\"']{8,}",
    re.IGNORECASE,
)
"""A value behind a name that speaks of one, as commands and files have it; without a digit it is more likely a word."""


_ABOUT_ONE: Final = re.compile(r"(?:id|ids|name|url|type)$", re.IGNORECASE)
"""Ends of names of what is said about a secret."""


def opened(value: JSON, name: str = "") -> JSON:
    """What others said, for everybody to read: what has the form of a secret, or a name that says so, is hidden."""
    if isinstance(value, dict):
        return {key: opened(item, str(key)) for key, item in value.items()}
    if isinstance(value, list):
        return [opened(item, name) for item in value]
    if not isinstance(value, str):
        return value
    if _FOR_A_SECRET.search(name) and not _ABOUT_ONE.search(name) and len(value) >= SHORTEST and " " not in value:
        return HIDDEN
    text = _SECRET.sub(HIDDEN, _KEY.sub(HIDDEN, value))
    return _ASSIGNED.sub(rf"\g<name>\g<quote>{HIDDEN}", text)

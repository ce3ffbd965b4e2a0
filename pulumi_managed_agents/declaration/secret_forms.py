"""What secrets look like: forms by which a text shows that it is one, or holds one."""

from __future__ import annotations

import re
from typing import Final

_CLASSIC = re.compile(r"gh[opru]_.*|[0-9A-Fa-f]{40}", re.DOTALL)

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


def is_classic(text: str) -> bool:
    """Whether a token of GitHub is one that opens all that its owner can open.

    Such are classic ones (`ghp_`, or 40 hex digits), those of OAuth apps (`gho_`), of users (`ghu_`) and what renews
    them (`ghr_`); not those of an installation (`ghs_`), and not fine-grained ones (`github_pat_`).
    """
    return _CLASSIC.fullmatch(text.strip()) is not None


def holds_secret(text: str) -> bool:
    """Whether a text holds something that has the form of a secret."""
    return _SECRET.search(text) is not None

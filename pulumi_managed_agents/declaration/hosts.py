"""Names of hosts, in one spelling: small letters, and no dot at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_LONGEST = 253
_BELOW = "*."


def host_name(text: str) -> str | None:
    """The name of a host; None where the text is none. One with letters beyond ASCII has to be written in punycode."""
    return text.removesuffix(".").lower() if _NAME.fullmatch(text) and len(text) <= _LONGEST else None


@dataclass(frozen=True)
class HostPattern:
    """A host, or all hosts below a domain."""

    name: str
    below: bool

    def holds(self, host: str) -> bool:
        """Whether a host, in its one spelling, is one of these."""
        return host.endswith(f".{self.name}") if self.below else host == self.name


def host_pattern(text: str) -> HostPattern | None:
    """What `example.com` or `*.example.com` stands for; None where the text is neither."""
    text = text.strip(" ")
    below = text.startswith(_BELOW)
    name = host_name(text.removeprefix(_BELOW))
    return HostPattern(name, below) if name else None

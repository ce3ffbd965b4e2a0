"""Text that a terminal would obey, and how to find it in what is told."""

from __future__ import annotations

from hypothesis import strategies as st

FORGED = "ok   FORGED"
"""How a line would begin that somebody else wrote."""

NOISE = f"a\x1b]0;owned\x07\x1b[2J\r\n{FORGED}\u202eb\u2066c\x9b1m\u2028d\x85e\u200f\x00\x7f"
"""Escape sequences, control characters of both sets, line breaks of every kind, and what turns text around."""

SIGNS = (
    "\x1b[31m",
    "\x1b]8;;https://evil.example.com\x07",
    "\r",
    "\n",
    "\x08",
    "\x85",
    "\u2028",
    "\u2029",
    "\x9b",
    "\u202e",
)
SIGNS += ("\u2066", "\u200f", "\x00", "\x7f", "\ud800", "\U000e0041", "\ufeff", "a", " ", "\u00e4", "`", "%s", "{}")

NOISES = st.lists(st.sampled_from(SIGNS) | st.characters(), min_size=1, max_size=8).map("".join)
"""Any such text."""


def obeyed(text: str) -> list[str]:
    """What of the text a terminal would obey, and lines that are none of ours."""
    signs = [ascii(sign) for sign in text if not sign.isprintable() and sign != "\n"]
    return [*signs, *(line for line in text.split("\n") if line.startswith(FORGED))]

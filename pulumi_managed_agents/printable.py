"""Text as a terminal may show it.

What others say, be it a platform, a state, a file or a program, may hold signs that a terminal obeys: it would clear
the screen, hide what stands there or forge a line. Such a text passes here where it becomes an error, a warning or
output.
"""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """The text on one line: each sign that is not to be seen, a line break too, stands there as an escape."""
    return text if text.isprintable() else "".join(map(_shown, text))


def escape(sign: str) -> str:
    """The sign in Python's and YAML's own notation."""
    return sign.encode("unicode_escape").decode()


def _shown(sign: str) -> str:
    if sign.isprintable():
        return sign
    # Blanks of other widths do no harm.
    return " " if unicodedata.category(sign) == "Zs" else escape(sign)

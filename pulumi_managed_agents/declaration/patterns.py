"""What the patterns of declarations ask for, in words: nobody who meets one in an error should have to read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .money import CENTS

IN_WORDS: Final[Mapping[str, str]] = {
    r"^[0-9]+$": "must be digits alone",
    r"^[0-9a-fA-F]+$": "must be the commit's SHA, in hexadecimal digits",
    CENTS: "must be whole cents above 0, such as `250` for 2.50",
    r"^[A-Za-z_][A-Za-z0-9_]*$": "must be letters, digits and `_`, and begin with no digit",
    r"^[A-Za-z0-9._-]+$": "must be the name alone, without its owner: letters, digits, `.`, `_` and `-`",
    r"^[A-Za-z0-9_-]+$": "must be letters, digits, `_` and `-`",
    r"^[a-z][a-z_]*$": "must be in GitHub's words, small letters and `_`, such as `pull_requests`",
    r"^[^/\\]+$": "must be a name, without `/` and `\\`",
    r"^[A-Z]{2}$": "must be two capital letters, such as `DE`",
    r"^[0-9*,/-]+( [0-9*,/-]+){4}$": "must be five fields of numbers, ranges, lists or `*`, such as `0 9 * * 1-5`",
}

"""Tests that `make test` leaves to `make test-all`: each has a twin, and a line in TWINS.md says which."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

TABLE = Path(__file__).with_name("TWINS.md")
ROW = re.compile(r"^\| `(?P<moved>[^`]+)` \| `(?P<stays>[^`]+)` \|")


@dataclass(frozen=True)
class Row:
    """A test, or those that match, and the one that stays."""

    moved: str
    stays: str

    @cached_property
    def _start(self) -> str:
        return self.moved.partition("*")[0]

    def twin(self, test: str) -> str | None:
        """The twin of a test, if the row is about it."""
        found = test.startswith(self._start) and re.fullmatch(_pattern(self.moved), test)
        if not found:
            return None
        parts = iter(found.groups())
        # A `*` without a like on the left is whatever the one test there is called.
        return re.sub(r"\*", lambda _: next(parts, "*"), self.stays)


@cache
def rows() -> tuple[Row, ...]:
    """The table."""
    found = (ROW.match(line) for line in TABLE.read_text().splitlines())
    return tuple(Row(match["moved"], match["stays"]) for match in found if match)


def twin_of(test: str) -> str | None:
    """The twin that stays, for a test that is left to `make test-all`."""
    return next((twin for row in rows() if (twin := row.twin(test))), None)


def slice_of(test: str, slices: int) -> int:
    """The number of the slice that a test is in: always the same one of so many, whatever other tests there are."""
    return int.from_bytes(hashlib.sha256(test.encode()).digest()[:8], "big") % slices


def one_of(tests: set[str], pattern: str) -> bool:
    """Whether a twin is among the tests."""
    return any(re.fullmatch(_pattern(pattern), test) for test in tests) if "*" in pattern else pattern in tests


def _pattern(words: str) -> str:
    return re.escape(words).replace(r"\*", "(.*)")

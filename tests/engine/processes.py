"""What every process of the machine may read of the others, while something runs: the words of their commands."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROC = Path("/proc")
PAUSE = 0.02


class Words:
    """The commands that were seen."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    @property
    def text(self) -> str:
        """All of them."""
        return "\n".join(sorted(self.seen))

    def look(self) -> None:
        """Reads what there is now."""
        for process in PROC.glob("[0-9]*/cmdline"):
            try:
                self.seen.add(process.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
            except OSError:
                # It has ended meanwhile.
                continue


@contextmanager
def watched() -> Iterator[Words]:
    """Looks again and again, until the end; where there is no such folder, nothing is seen."""
    words, done = Words(), threading.Event()

    def look() -> None:
        while not done.wait(PAUSE):
            words.look()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield words
    finally:
        done.set()
        thread.join(timeout=60)

"""Says on stderr which step runs, how long it has taken and how far it is."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

TERMINAL_SECONDS = 0.2
LOG_SECONDS = 15.0


class Step:
    """One step of a build; `detail` is what can be counted in it."""

    def __init__(self, label: str, hint: str, stream: TextIO) -> None:
        self.detail = ""
        self._label = label
        self._hint = hint
        self._stream = stream
        self._started = time.monotonic()
        self._live = stream.isatty()
        self._shown = self._started

    def begin(self) -> None:
        """Say that the step starts."""
        self._write(self._line([self._hint]))

    def show(self) -> None:
        """Say how far it is, if the last word is long enough ago: in place on a terminal, as a line in a log."""
        now = time.monotonic()
        if now - self._shown >= (TERMINAL_SECONDS if self._live else LOG_SECONDS):
            self._shown = now
            self._write(self._line([f"{self._elapsed()} so far", self.detail, self._hint]))

    def end(self) -> None:
        """Say how long it took."""
        self._write(self._line([f"done in {self._elapsed()}", self.detail]), last=True)

    def leave(self) -> None:
        """Go to a new line, so that an error does not stand in the middle of the progress."""
        if self._live:
            self._stream.write("\n")

    def _line(self, notes: list[str]) -> str:
        said = "; ".join(note for note in notes if note)
        return f"{self._label} ({said})" if said else self._label

    def _write(self, line: str, *, last: bool = False) -> None:
        if self._live:
            # A line that wraps cannot be taken back, so it is cut to the width of the terminal.
            line = "\r\033[K" + line[: _width(self._stream) - 1]
        self._stream.write(line if self._live and not last else line + "\n")
        self._stream.flush()

    def _elapsed(self) -> str:
        minutes, seconds = divmod(int(time.monotonic() - self._started), 60)
        return f"{minutes}:{seconds:02d}"


def _width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80


class Progress:
    """Numbers the steps of one build."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._total = total
        self._number = 0
        self._stream = stream or sys.stderr

    @contextmanager
    def step(self, title: str, hint: str = "") -> Iterator[Step]:
        """Announce a step, and its end when all went well."""
        self._number += 1
        step = Step(f"[{self._number}/{self._total}] {title}", hint, self._stream)
        step.begin()
        try:
            yield step
        except BaseException:
            step.leave()
            raise
        step.end()

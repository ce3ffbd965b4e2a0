"""What the page shows of stacks: looked at again and again, for as long as somebody has it open.

A platform is not asked because a page asks: one look answers all of them, and nobody who looks waits for the next.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ..errors import ManagedAgentsError
from ..page.overview import SESSION, Overview
from .events import newest
from .look import look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..apply.exported import Exported
    from ..page.overview import Event, Thing
    from ..provider.configured import ConfiguredProvider

IDLE_SECONDS: Final = 60.0
"""After so long without a reader nothing is looked at."""

SHARE: Final = 4
"""Looks take at most one part in so many of the time."""

EVENTS: Final = 50


class Live:
    """Stacks as they are; a source of the page."""

    title = "Managed Agents"

    def __init__(
        self,
        states: Callable[[], Sequence[Exported]],
        provider: ConfiguredProvider,
        every: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._states = states
        self._provider = provider
        self._every = every
        self._clock = clock
        self._asked = clock()
        self._wanted = threading.Condition()
        self._seen: Overview | None = None
        self._looks = 0
        self._ended = False
        self._events: dict[str, tuple[str, tuple[Event, ...]]] = {}
        self._thread = threading.Thread(target=self._go_on, name="look", daemon=True)
        self._thread.start()

    def now(self) -> str:
        """The time here."""
        return datetime.now(UTC).isoformat(timespec="milliseconds")

    def number(self) -> str:
        """Another text whenever a look found something new."""
        return self._latest().number

    def overview(self) -> Overview:
        """What the last look found."""
        return self._latest()

    def events(self, thing: Thing) -> tuple[Event, ...]:
        """The newest events of a session: one request after each look that found something new."""
        if thing.kind != SESSION or thing.state:
            return ()
        number = self.number()
        known = self._events.get(thing.key)
        if known and known[0] == number:
            return known[1]
        try:
            found = newest(thing.id, EVENTS, self._provider.context)
        except ManagedAgentsError:
            found = known[1] if known else ()
        self._events = {**dict(list(self._events.items())[-_KEPT:]), thing.key: (number, found)}
        return found

    def document(self, thing: Thing) -> str:
        """Nothing: states and platforms are no documents for a page."""
        del thing
        return ""

    def close(self) -> None:
        """Looks no more."""
        with self._wanted:
            self._ended = True
            self._wanted.notify_all()
        self._provider.cancellation.cancel()
        self._thread.join(_END_SECONDS)

    def _latest(self) -> Overview:
        with self._wanted:
            self._asked = self._clock()
            self._wanted.notify_all()
            self._wanted.wait_for(lambda: self._seen is not None or self._ended, _FIRST_SECONDS)
            return self._seen or Overview(self.now(), (), notes=("The first look is not done yet.",), number="-")

    def _go_on(self) -> None:
        while True:
            began = self._clock()
            found = self._look()
            with self._wanted:
                self._seen = self._numbered(found)
                self._wanted.notify_all()
                pause = max(self._every, (self._clock() - began) * SHARE)
                self._wanted.wait_for(lambda: self._ended, pause)
                self._wanted.wait_for(lambda: self._ended or self._clock() - self._asked < IDLE_SECONDS)
                if self._ended:
                    return

    def _look(self) -> Overview:
        try:
            return look(self._states(), self._provider)
        except ManagedAgentsError as problem:
            text = self._provider.context.secrets.text(str(problem))
        except Exception as error:  # noqa: BLE001 - the page says so, rather than to stand still
            text = f"The last look failed: an unexpected {type(error).__name__}."
        return replace(self._seen or Overview(self.now(), ()), now=self.now(), notes=(text,))

    def _numbered(self, found: Overview) -> Overview:
        """The look with a number: that of the one before, where nothing else but the time is new."""
        before = self._seen
        if before is not None and replace(found, now="", number="") == replace(before, now="", number=""):
            return replace(found, number=before.number)
        self._looks += 1
        return replace(found, number=f"{id(self):x}-{self._looks}")


_KEPT: Final = 50
_FIRST_SECONDS: Final = 60.0
_END_SECONDS: Final = 2.0

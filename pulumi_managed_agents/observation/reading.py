"""What objects are now, each as a refresh reads it: list pages where there are many, and a bounded number of requests.

Looking settles nothing and warns of nothing: the journal of what was being made is left alone.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from .. import apply
from ..apply.intents import Unkept
from ..apply.known import KnownIds
from ..apply.listing import Listing
from ..errors import ManagedAgentsError
from ..lifecycle.steps import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..declaration.capabilities import Capabilities
    from ..declaration.values import Bag
    from ..lifecycle.steps import Call, State
    from ..platforms.service import Backend
    from .kept import Kept

WORKERS: Final = 8
"""Requests under way at once."""

LOOKED_INTO: Final = 200
"""Sessions of which the events are looked at: each costs a request of its own."""

_EVENTS: Final = Operation("sessions.events", "list")


@dataclass(frozen=True)
class Reading:
    """What became of one object."""

    kept: Kept
    state: State | None = None
    unread: str = ""
    """Why it could not be looked at."""
    skipped: bool = False
    """Whether there was nothing to ask of the platform."""
    half: bool = False
    """Whether its events were not looked at."""


@dataclass
class Bounded:
    """A platform that gives the events of so many sessions, and of no more. Safe to share between threads."""

    inner: Backend
    most: int
    left_out: set[str] = field(default_factory=set)
    _asked: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do."""
        return self.inner.capabilities

    @property
    def account(self) -> str | None:
        """The account of the key, as far as answers have told."""
        return getattr(self.inner, "account", None)

    def has(self, operation: Operation) -> bool:
        """Whether the platform knows the operation."""
        return self.inner.has(operation)

    def close(self) -> None:
        """Closes nothing: whoever looks has only borrowed it."""

    def send(self, call: Call) -> Bag:
        """Makes the call, unless it is one too many."""
        if call.operation == _EVENTS:
            with self._lock:
                self._asked += 1
                if self._asked > self.most:
                    self.left_out.update(call.ids.values())
                    return {"data": []}
        return self.inner.send(call)


def looking(context: apply.Context, most: int) -> apply.Context:
    """The context of one look: it shares pages between all that is looked at, and nothing with looks before it."""
    bounded = Bounded(context.backend, most)
    return replace(
        context,
        backend=bounded,
        warn=lambda _: None,
        note=lambda _: None,
        intents=Unkept(),
        known=KnownIds(),
        listing=Listing(bounded),
    )


def read(objects: Sequence[Kept], context: apply.Context) -> list[Reading]:
    """What they are now, in the same order."""
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="look") as pool:
        found = list(pool.map(lambda kept: _read(kept, context), objects))
    left_out = context.backend.left_out if isinstance(context.backend, Bounded) else set()
    return [replace(reading, half=reading.kept.id in left_out) for reading in found]


def _read(kept: Kept, context: apply.Context) -> Reading:
    if not _is_on_a_platform(kept):
        return Reading(kept, skipped=True)
    try:
        return Reading(kept, apply.read(kept.kind, kept.id, kept.outputs, context))
    except ManagedAgentsError as problem:
        return Reading(kept, unread=context.secrets.text(str(problem)))


def _is_on_a_platform(kept: Kept) -> bool:
    """Whether the platform has something to tell; a repository that is only declared lives in no collection."""
    life = kept.kind.lifecycle
    return life.kept(kept.outputs) if life.listed or life.collection == "sessions.resources" else False

"""What carrying out needs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..declaration.scrubbing import NOTHING_KNOWN, Scrubber
from ..errors import CallFailed
from ..lifecycle.steps import GITHUB, Call
from ..plan.files import LocalFiles
from .intents import Intent, Intents, Unkept
from .known import KnownIds
from .listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..declaration.marks import Files
    from ..declaration.values import Bag
    from ..platforms.service import Backend, Service


@dataclass(frozen=True)
class Context:
    """What effects need: the platform, a way to tell the user, time, and the user's files."""

    backend: Backend
    warn: Callable[[str], None]
    sleep: Callable[[float], None] = time.sleep
    files: Files = field(default_factory=LocalFiles)
    github: Service | None = None
    """GitHub, for what is asked of it directly."""
    clock: Callable[[], float] = time.time
    intents: Intents = field(default_factory=Unkept)
    """The journal of what is being made."""
    intent: Intent | None = None
    """What is being made in this context."""
    listing: Listing = field(default=None)  # type: ignore[assignment]  # made below
    known: KnownIds = field(default_factory=KnownIds)
    note: Callable[[str], None] = lambda text: None  # noqa: ARG005 - nobody looks
    """Tells how far something has got."""
    moved: set[str] = field(default_factory=set)
    """The ids of objects that change in this run: others follow them."""
    secrets: Scrubber = NOTHING_KNOWN
    """The secrets that nobody is told, whoever repeats them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "listing", self.listing or Listing(self.backend))

    def send(self, call: Call) -> Bag:
        """Makes the call of whoever it is for; a failure repeats no secret of the operation.

        Raises:
            CallFailed: it did not do what was asked.
        """
        service = self.github if self.github and call.operation.root == GITHUB else self.backend
        try:
            return service.send(call)
        except CallFailed as failure:
            raise failure.reworded(self.secrets.text) from None

    def tell(self, text: str) -> None:
        """Warns the user."""
        self.warn(self.secrets.text(text))

    def progress(self, text: str) -> None:
        """Tells how far something has got."""
        self.note(self.secrets.text(text))

    def knowing(self, *secrets: Iterable[str]) -> Context:
        """The same for an operation with secrets of its own."""
        return replace(self, secrets=self.secrets.knowing(*secrets))

    def intending(self, intent: Intent) -> Context:
        """The same for what makes one object."""
        return replace(self, intent=intent)

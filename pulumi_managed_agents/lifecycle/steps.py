"""The steps of a lifecycle, which somebody else carries out: calls, waits, looks at the clock and at files.

A lifecycle is a generator: it yields a step and is sent its result (or has the failure thrown into it).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from ..declaration.values import JSON, Bag, Secret
from ..errors import CallFailed, LostAnswer, NotFound

if TYPE_CHECKING:
    from ..declaration.content import Content
    from ..declaration.marks import Files


GITHUB: Final = "github"
"""The outermost collection of what GitHub is asked for, rather than the platform."""


ROUNDS = 3
"""How often a call is made whose effect is not there after its answer was lost."""

Known: TypeAlias = frozenset[str]
"""Ids of what was there before a call was made."""


@dataclass(frozen=True, order=True)
class Operation:
    """What can be asked of a collection, as the platform's SDK names both: `sessions.resources` and `update`."""

    collection: str
    verb: str

    def __str__(self) -> str:
        return f"{self.collection}.{self.verb}"

    @property
    def root(self) -> str:
        """The outermost collection: `sessions` for what is in a session."""
        return self.collection.partition(".")[0]

    @property
    def creates(self) -> bool:
        """Whether it makes an object."""
        return self.verb == "create"

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing."""
        return self.verb in ("retrieve", "list", "stream")

    @property
    def group(self) -> str:
        """What it does to objects, in a word: platforms limit each of them by itself."""
        return "create" if self.creates else "read" if self.only_reads else "write"


@dataclass(frozen=True)
class Call:
    """One request in the platform's own words, with ids by path parameter."""

    operation: Operation
    ids: Mapping[str, str] = field(default_factory=dict)
    body: Bag | None = None
    query: Mapping[str, Any] = field(default_factory=dict)
    effect: Effect | None = None
    """How it is found out, after a lost answer, whether the call had its effect; None where repeating does no harm."""
    doubted: bool = False
    """Whether a former attempt may have had the effect already: it is looked for first."""
    once: str | None = None
    """For what must not be done twice: a text of this very doing, by which a platform can tell a repetition."""
    files: tuple[Upload, ...] = ()
    """Files to upload; the body's fields stand beside them in the form."""
    credential: Secret | None = None
    """The token that this very request is made with, where it is not the provider's own."""
    shared: str = ""
    """The id of whatever is looked after, where a page of the list, read a moment ago, may answer: once for each."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a call does, as somebody sees it who looks afterwards."""

    look: Callable[[Known], Steps[Bag | None]]
    """Gives what the call's answer would have said; None where nothing was done. What was known is not it."""

    unsure: tuple[type[CallFailed], ...] = (LostAnswer,)
    """The failures after which it may be there all the same."""

    rounds: int = ROUNDS
    """How often the call is made; requests that may be repeated without a look are repeated on the way."""

    trace: str = ""
    """In words, by what people find it."""

    missing: str = "It was not found on the platform"
    """In words, that it is not there."""

    novelty: Novelty | None = None
    """For things that only their novelty tells from others like them."""

    bears_nothing: bool = True
    """Whether what was made holds nothing yet that is told by its novelty."""


@dataclass(frozen=True)
class Novelty:
    """Things of which nothing but their ids tells which are new."""

    at: str
    """The id of the object in which they are made."""

    known: Known
    """Those that whoever makes the call knows."""

    listing: Call
    """The list of them."""

    asked: bool
    """Whether the list is asked for what is there before the call is made."""

    ids: Callable[[Bag], list[str]]
    """The ids of those that were made, in the answer."""


@dataclass(frozen=True)
class Upload:
    """A file in a request, under the platform's name for it; `filename` may be a path in a folder."""

    name: str
    filename: str
    content: Content = field(repr=False)


@dataclass(frozen=True)
class Contents:
    """Read the local files that `read` asks for; its result is sent back."""

    read: Callable[[Files], Any]


@dataclass(frozen=True)
class Now:
    """Look at the clock: seconds since 1970 are sent back."""


@dataclass(frozen=True)
class Wait:
    """Let time pass before the next call; `apply` may cut it short when the user cancels."""

    seconds: float
    why: str = ""
    """What is waited for and for how long so far, for whoever looks on."""


@dataclass(frozen=True)
class Reached:
    """The object exists now: whatever fails later, this much is kept."""

    state: State


@dataclass(frozen=True)
class Missing:
    """The platform says that the object is not there; whoever knows of which account it is may know better."""

    answer: NotFound


@dataclass(frozen=True)
class Warned:
    """Something that the user should know and that stops nothing."""

    text: str


@dataclass(frozen=True)
class State:
    """An object as the engine keeps it: `pending` says what is still to be done before it is as declared."""

    id: str
    outputs: Bag = field(repr=False)  # tokens stand in there, and no wrapper marks them
    pending: tuple[str, ...] = ()


Step: TypeAlias = Call | Contents | Now | Wait | Reached | Missing | Warned


T = TypeVar("T")


Steps: TypeAlias = Generator[Step, JSON, T]

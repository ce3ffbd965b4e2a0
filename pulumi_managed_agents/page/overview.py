"""What is looked at, at one moment: objects of stacks or of an emulator's world, and what of them needs somebody.

Plain values without a secret, whoever made them. `status` prints them, the page shows them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Severity = Literal["bad", "warn", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("bad", "warn", "note")
"""The worst first."""


@dataclass(frozen=True)
class Problem:
    """What went wrong."""

    type: str
    message: str = ""
    at: str = ""
    is_past: bool = False
    """Whether something happened since that may well have repaired it."""


@dataclass(frozen=True)
class Waiting:
    """Whom a session waits for, and which events."""

    what: str
    events: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class Spend:
    """What was spent, of how much at most."""

    spent: float
    limit: float | None
    unit: str

    @property
    def share(self) -> float | None:
        """The part of the budget that is spent."""
        return self.spent / self.limit if self.limit else None

    def words(self) -> str:
        """As people write it."""
        amounts = [_amount(self.spent, self.unit)] + ([_amount(self.limit, self.unit)] if self.limit else [])
        return " of ".join(amounts)


def _amount(value: float, unit: str) -> str:
    return f"${value:,.2f}" if unit == "USD" else f"{value:,.2f} {unit}"


@dataclass(frozen=True)
class Rotation:
    """A token took another one's place."""

    at: str
    mark: str = ""
    """Tells two tokens apart, where it is known."""


@dataclass(frozen=True)
class Mount:
    """A repository in a session, or a secret in a credential."""

    url: str
    path: str = ""
    checkout: str = ""
    id: str = ""
    rotated_at: str = ""
    """When its token was last rotated, or it was mounted."""
    expires_at: str = ""
    mark: str = ""
    rotations: tuple[Rotation, ...] = ()


@dataclass(frozen=True)
class Run:
    """A run of a deployment."""

    at: str
    deployment: str
    """The key of the deployment."""
    session: str = ""
    error: str = ""
    id: str = ""


@dataclass(frozen=True)
class Rotated:
    """A rotation, and what it happened to."""

    at: str
    key: str
    """The object that has the token."""
    what: str
    mark: str = ""


@dataclass(frozen=True)
class Asked:
    """A request that an emulator got."""

    number: int
    at: str
    method: str
    path: str
    operation: str = ""
    status: int | None = None
    """None for one that was dropped."""
    fault: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happened to an object."""

    at: str
    type: str
    text: str = ""
    id: str = ""
    document: str = ""


@dataclass(frozen=True)
class Thing:
    """An object, as its stack has it and as it is."""

    key: str
    """Tells it from every other one: its URN, or its id."""
    kind: str
    id: str
    name: str
    stack: str
    urn: str = ""
    status: str = ""
    state: str = ""
    """`gone`, `archived` or `deleted`; empty for one that is there."""
    remark: str = ""
    """What else is to be known of its status."""
    unread: str = ""
    """Why it could not be looked at."""
    error: Problem | None = None
    waiting: Waiting | None = None
    spend: Spend | None = None
    drift: tuple[str, ...] = ()
    mounts: tuple[Mount, ...] = ()
    uses: tuple[str, ...] = ()
    """The keys of what it is made of."""
    facts: tuple[tuple[str, str], ...] = ()
    next_run: str = ""
    last_run: str = ""
    expires_at: str = ""
    created_at: str = ""
    changed_at: str = ""
    link: str = ""
    """Where the place's own console shows it."""

    @property
    def is_there(self) -> bool:
        """Whether it lives, as far as is known."""
        return not self.state

    @property
    def is_past(self) -> bool:
        """Whether somebody is done with it."""
        return self.state in ("archived", "deleted")


@dataclass(frozen=True)
class Concern:
    """Something that somebody should look at."""

    severity: Severity
    what: str
    """In a word: `waits`, `failed`, `gone`, `drifted`, `old token`, `expires`, `unread`."""
    text: str
    key: str = ""
    """The object that it is about."""
    at: str = ""


@dataclass(frozen=True)
class Overview:
    """All of it, at a moment."""

    now: str
    things: tuple[Thing, ...]
    concerns: tuple[Concern, ...] = ()
    runs: tuple[Run, ...] = ()
    rotations: tuple[Rotated, ...] = ()
    """The newest first."""
    requests: tuple[Asked, ...] = ()
    """The newest first."""
    stacks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """What could not be looked at, in sentences."""
    notes: tuple[str, ...] = ()
    """What else is to be known of this look."""
    number: str = ""
    """Another text whenever there is something new."""
    group: str = "stack"
    """What its `stacks` are, in a word."""
    by_key: dict[str, Thing] = field(default_factory=dict, repr=False, compare=False)
    ids: dict[str, Thing] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.by_key.update((thing.key, thing) for thing in self.things)
        self.ids.update((thing.id, thing) for thing in self.things)

    def named(self, key: str) -> str:
        """What people call the object with a key or an id."""
        found = self.by_key.get(key)
        return found.name if found else key

    def of(self, kind: str) -> Iterator[Thing]:
        """The objects of a kind."""
        return (thing for thing in self.things if thing.kind == kind)

    def kinds(self) -> dict[str, int]:
        """How many there are of each kind, sessions first."""
        found: dict[str, int] = {}
        for thing in self.things:
            found[thing.kind] = found.get(thing.kind, 0) + thing.is_there
        return dict(sorted(found.items(), key=lambda kind: (kind[0] != SESSION, kind[0])))

    def statuses(self) -> dict[str, int]:
        """How many sessions there are in each status."""
        found: dict[str, int] = {}
        for thing in self.of(SESSION):
            status = thing.state or thing.status or "not looked at"
            found[status] = found.get(status, 0) + 1
        return dict(sorted(found.items()))

    def told(self) -> dict[str, Any]:
        """The whole of it as a document for programs, without what is empty."""
        document: dict[str, Any] = _told(self)
        return {name: document.get(name, []) for name in _ALWAYS} | document


SESSION: Final = "Session"
DEPLOYMENT: Final = "Deployment"
_ALWAYS: Final = ("stacks", "concerns", "things", "runs", "unread", "notes")
_UNTOLD: Final = ("by_key", "ids", "number", "key", "group")


def _told(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        members = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
        return {
            _camel(name): _told(item) for name, item in members.items() if name not in _UNTOLD and not _is_empty(item)
        } | ({"urn": value.key} if isinstance(value, Concern) and value.key else {})
    if isinstance(value, tuple):
        return [_told(item) for item in value]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", ())


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def moment(text: str) -> datetime | None:
    """A time in RFC 3339; None where a text is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def seconds_between(before: str, after: str) -> float | None:
    """The time from one moment to another one, where both are known."""
    one, other = moment(before), moment(after)
    return (other - one).total_seconds() if one and other else None


_UNITS: Final = ((86_400, "d"), (3600, "h"), (60, "min"))


_NOW: Final = 5.0


def distance(seconds: float) -> str:
    """A length of time in a few letters."""
    length = abs(seconds)
    for size, unit in _UNITS:
        if length >= size:
            return f"{int(length // size)} {unit}"
    return f"{int(length)} s"


def ago(at: str, now: str) -> str:
    """A moment as its distance from now."""
    seconds = seconds_between(at, now)
    if seconds is None:
        return at
    if abs(seconds) < _NOW:
        return "just now"
    return f"{distance(seconds)} ago" if seconds >= 0 else f"in {distance(seconds)}"
